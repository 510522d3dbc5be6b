// Stages on images of ecosystems that are not split: why the tools that build
// stay in the image.
#include <algorithm>
#include <iterator>

#include "src/facts/base_image.h"
#include "src/facts/stage_split.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

struct KeptTools {
  std::string_view image;    // The last part of its name.
  std::string_view manager;  // What builds,
  PackageVerb verb;          // and how.
  std::string_view word;     // A word of the call; empty for any.
  std::string_view stays;
  std::string_view problem;
};

constexpr KeptTools kKept[] = {
    {"elixir", "mix", PackageVerb::kBuild, "release", "Elixir stays",
     "the virtual machine in a release is linked with libraries of this image, "
     "and nothing in the file tells which ones another image has to have"},
    {"php", "composer", PackageVerb::kSync, "", "Composer stays",
     "its packages are chosen and checked for the version and the extensions "
     "of PHP that this image has, those of an image of Composer may be others, "
     "and compilers are in every image of PHP"},
};

}  // namespace

StageSplit KeepToolsOfStage(const Facts& facts, uint32_t stage) {
  StageSplit split;
  const Stage& of = facts.stages()[stage];
  const std::string repository = BaseRepository(facts, stage);
  for (const PackageCommand& call : facts.package_commands()) {
    if (call.instruction < of.first || call.instruction >= of.end ||
        of.parent != kNoStage) {
      continue;
    }
    const auto kept = std::find_if(
        std::begin(kKept), std::end(kKept), [&](const KeptTools& each) {
          return Basename(repository) == each.image &&
                 call.manager->name == each.manager &&
                 call.verb == each.verb &&
                 (each.word.empty() ||
                  HasText(facts.document().Text(call.command), each.word));
        });
    if (kept == std::end(kKept)) continue;
    split.applies = true;
    split.stays = kept->stays;
    split.problem = kept->problem;
    split.problem_at = call.instruction;
  }
  return split;
}

}  // namespace dfix
