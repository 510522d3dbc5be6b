// Any bytes at all are parsed into a tree that holds them.
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const dfix::Document document = dfix::CheckParse(text);
  dfix::DumpTokens(document);
  dfix::DumpTree(document);
  return 0;
}
