// What a transform is: data that describes it, and one function.
//
// Everything that the tool says about a transform (`dfix explain`, `dfix
// rules`, transforms/README.md) comes from this struct, and so does everything
// that the engine holds it to.
#ifndef DFIX_TRANSFORM_TRANSFORM_H_
#define DFIX_TRANSFORM_TRANSFORM_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "src/context/build_context.h"
#include "src/edit/change.h"
#include "src/equivalence/effects.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"
#include "src/syntax/document.h"
#include "src/text/short_list.h"
#include "src/transform/option.h"

namespace dfix {

class Sink;

// When a transform runs. Phases run in this order.
enum class Phase : uint8_t {
  kCleanUp,    // Removes what has no effect.
  kContent,    // Changes what single commands do.
  kStructure,  // Changes which instructions and layers there are.
  kLayout,     // Changes how things are written.
};

std::string_view Name(Phase phase);

// What a transform reads.
struct Input {
  const Document& document;
  const Facts& facts;
  const TransformOptions& options;
  // What the build is sent, or null if that is not known.
  const BuildContext* context = nullptr;
  // What programs run on, by what they are built on.
  std::span<const RuntimeEntry> runtime_images = RuntimeEntries();
};

struct Transform {
  std::string_view id;     // `clean-package-cache`
  std::string_view title;  // One line: what it does.
  std::string_view why;    // A paragraph: why that is good.
  Level level;             // A change may state a higher level, never a lower.
  Phase phase;
  // Orders the transforms of a phase, ascending; equal ranks by id.
  int rank;
  // Ids of other tools' rules that select and suppress it, too.
  ShortList<std::string_view, 10> aliases;
  // What a rewrite may do to the build; the engine takes back all else.
  EffectSet effects;
  std::string_view before;      // A small Dockerfile,
  std::string_view after;       // and what becomes of it.
  std::string_view left_alone;  // A paragraph: when nothing is changed.
  // The files of the example's build context, one path a line, folders with a
  // slash; and the ignore file that the transform writes for it. Empty if the
  // example needs none.
  std::string_view example_files = {};
  std::string_view example_ignore = {};
  // Outlives all use: a constant of the transform's file.
  std::span<const Option> options = {};
  // Runs only where its id or an alias selects it: people differ about it.
  bool opt_in = false;
  void (*run)(const Input& input, Sink& sink);
};

// Whether `name` is the transform's id or one of its aliases, in any case.
bool IsNamed(const Transform& transform, std::string_view name);

// Whether it is so named, or `name` is `all`.
bool Matches(const Transform& transform, std::string_view name);

}  // namespace dfix

#endif  // DFIX_TRANSFORM_TRANSFORM_H_
