// Whatever the file, its rewrite holds what DESIGN promises.
#include <cstddef>
#include <cstdint>
#include <string>

#include "src/report/diff.h"
#include "src/transform/registry.h"
#include "tests/fuzz/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const dfix::EngineOptions options = {dfix::Level::kBold,
                                              dfix::TransformsInOrder()};
  const std::string text(reinterpret_cast<const char*>(data), size);
  dfix::CheckPipeline(text, options);
  const dfix::Report report = dfix::Fix(text, options);
  dfix::UnifiedDiff("Dockerfile", report.original, report.fixed, 3);
  return 0;
}
