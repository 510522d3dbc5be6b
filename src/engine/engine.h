// Runs the transforms over one Dockerfile and the ignore file of its build
// context: select, order, run, check, roll back, until nothing changes.
//
// Invariant: the text that comes out parses if the text that came in did, has
// all its comments, builds the same but for the effects that the transforms
// declare, and goes through unchanged when it is run again.
#ifndef DFIX_ENGINE_ENGINE_H_
#define DFIX_ENGINE_ENGINE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "src/context/build_context.h"
#include "src/edit/change.h"
#include "src/facts/package_manager.h"
#include "src/facts/runtime_base.h"
#include "src/text/source_text.h"
#include "src/text/text_range.h"
#include "src/transform/transform.h"

namespace dfix {

struct EngineOptions {
  // Changes above this level are counted, not applied.
  Level level = Level::kReview;
  // What to run, in order.
  std::vector<const Transform*> transforms;
  // What options of transforms are set to.
  OptionValues option_values = {};
  // Those that are known, a better match first. They outlive the run.
  std::span<const PackageManager> managers = PackageManagers();
  // Likewise what programs run on.
  std::span<const RuntimeEntry> runtime_images = RuntimeEntries();
  // Changes that need another file are left alone.
  bool only_dockerfile = false;
};

enum class Outcome : uint8_t {
  kUnchanged,
  kChanged,
  kUnparsable,  // BuildKit would refuse it: nothing was tried.
  kNotASource,  // A template, or generated: nothing was tried.
};

// One decision about the file, with the place in the original text.
struct Decision {
  const Transform* transform;
  Level level;
  std::string message;  // What and why, or the reason why not.
  TextRange range;      // What it is about.
  LineColumn begin;
  uint32_t first_line;  // Of what it edits, or else of what it is about.
  uint32_t last_line;
};

// What is wrong with the file itself.
struct Problem {
  std::string message;
  LineColumn begin;
};

// A transform whose result was thrown away: a bug of ours.
struct Rollback {
  const Transform* transform;
  std::string reason;
  // What the file made a builder do, and would have made it do.
  std::string trace_before;
  std::string trace_after;
};

// A file beside the Dockerfile that is part of the rewrite.
struct OtherFile {
  std::string path;                     // As the context names it.
  std::optional<std::string> original;  // Absent for a new file.
  std::string fixed;
};

struct Report {
  Outcome outcome = Outcome::kUnchanged;
  std::string original;
  std::string fixed;              // The original unless kChanged, or even then.
  std::vector<OtherFile> others;  // Only with kChanged.
  std::vector<Decision> applied;
  std::vector<Decision> available;   // Would be applied at a higher level.
  std::vector<Decision> left_alone;  // Looked at, with the reason.
  std::vector<Decision> suppressed;  // A comment in the file says no.
  std::vector<Decision> advice;      // For a person to do, or not.
  std::vector<Problem> problems;     // Only of a file that is kUnparsable.
  std::string not_a_source;          // Why it is kNotASource.
  std::vector<Rollback> rollbacks;
  bool settled = true;  // False if changes kept coming: none was made.
};

// The report on `text`, which is built in `context` if that is known. Never
// fails; whatever the bytes are, `fixed` and all of `others` together may be
// written in place of what was there.
Report Fix(std::string text, const EngineOptions& options,
           const std::optional<BuildContext>& context = std::nullopt);

// What would be lost or broken if `before` were replaced by `after`: a new
// parse error, a script that is no longer understood, a comment. Empty if
// nothing. Part of every run; public for tests.
std::string FindDamage(const Document& before, const Document& after);

}  // namespace dfix

#endif  // DFIX_ENGINE_ENGINE_H_
