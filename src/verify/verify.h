// Builds a file as it is and as dfix rewrites it, and compares what comes out.
#ifndef DFIX_VERIFY_VERIFY_H_
#define DFIX_VERIFY_VERIFY_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/engine/engine.h"
#include "src/text/result.h"
#include "src/verify/comparison.h"
#include "src/verify/container_engine.h"
#include "src/verify/measurement.h"

namespace dfix {

struct VerifyOptions {
  EngineChoice engine;
  // The file to edit before the rebuild, relative to the context; empty to
  // choose one.
  std::string touch;
  std::vector<std::string> build_args;
  std::string target;
  std::string platform;
  std::string network;
  std::chrono::seconds time_limit = std::chrono::hours(1);
  std::chrono::milliseconds time_to_get_ready{10000};
  bool per_transform = false;
  bool keep = false;
};

// One version on the way from the file to its rewrite: the first transforms,
// all in order, up to and including `id`.
struct TransformStep {
  std::string id;
  size_t changes = 0;
  uint64_t size_before = 0;
  uint64_t size_after = 0;
  BuildResult cold_before;
  BuildResult cold_after;
  std::optional<BuildResult> rebuild_before;
  std::optional<BuildResult> rebuild_after;
};

// What came of one file at one level.
struct Verification {
  std::string path;
  // Why there is nothing to compare: an error; empty if there is none.
  std::string error;
  std::string detail;         // More lines about the error.
  std::string nothing_to_do;  // Why there is nothing to compare, without error.
  Level level = Level::kReview;
  std::string engine;
  std::string context;  // The folder that was built in.
  size_t changes = 0;
  std::vector<std::string> applied;  // Ids of transforms, in order, each once.
  std::string touched;  // The file that was edited; empty if none was.
  Measurement before;
  Measurement after;
  TreeComparison files;
  std::vector<Aspect> config;
  std::vector<Aspect> run;
  std::vector<TransformStep> transforms;
  std::vector<std::string> notes;  // What could not be measured, and why.
  std::vector<std::string> kept;   // Images that stay.

  // Whether both were built, and nothing differs.
  bool same() const;
};

// Called with what is being done, about ten times a second.
using ProgressListener = std::function<void(const std::string& doing)>;

// A file, and the ways to rewrite it that are to be compared with it.
struct VerifyRequest {
  std::string path;
  // The build context; empty for the folder that the file is in.
  std::string context;
  std::vector<EngineOptions> rewrites;
  // Rewrites the file and those that belong to it; does not write them.
  std::function<Report(const EngineOptions& options)> rewrite;
};

// Verifies each rewrite of the file; the original is built once. Everything
// that is made is removed before this returns. The file and its context are
// only read.
std::vector<Verification> Verify(const VerifyRequest& request,
                                 const VerifyOptions& options,
                                 ContainerEngine& engine,
                                 const ProgressListener& progress);

}  // namespace dfix

#endif  // DFIX_VERIFY_VERIFY_H_
