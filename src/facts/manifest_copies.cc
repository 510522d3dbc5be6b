#include "src/facts/manifest_copies.h"

#include <algorithm>
#include <utility>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// How an instruction at `index` names the folder `target` of the image.
std::string PlaceOf(const Facts& facts, uint32_t index,
                    const std::string& target) {
  const auto workdir = WorkdirAt(facts, index);
  const auto below =
      workdir ? PathBelow(target, CleanPath(*workdir)) : std::nullopt;
  if (!below) return target == "/" ? "/" : target + '/';
  return *below == "." ? "./" : "./" + *below + '/';
}

// Sources that go to one place.
struct Group {
  std::string flags;
  std::string place;
  std::string sources;
};

}  // namespace

std::string FlagsOf(const Facts& facts, uint32_t index) {
  const Document& document = facts.document();
  std::string flags;
  for (const InstructionFlag& flag :
       Instruction(document, facts.instructions()[index].node).Flags()) {
    flags += std::string(document.Text(flag.node)) + ' ';
  }
  return flags;
}

std::vector<std::string> ManifestCopies(const Facts& facts, uint32_t index,
                                        std::span<const ImageFile> files,
                                        std::span<const uint32_t> moved,
                                        std::vector<std::string>& given) {
  std::vector<Group> groups;
  for (const ImageFile& file : files) {
    const bool is_moved =
        std::find(moved.begin(), moved.end(), file.instruction) != moved.end();
    const bool is_given =
        std::find(given.begin(), given.end(), file.target) != given.end();
    if (!is_moved || is_given) continue;
    given.push_back(file.target);
    const bool is_folder = file.kind == EntryKind::kFolder ||
                           file.kind == EntryKind::kUnlistedFolder;
    const Group group = {
        FlagsOf(facts, file.instruction),
        PlaceOf(facts, index,
                is_folder ? file.target : ParentPath(file.target)),
        file.source};
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const Group& each) {
          return each.flags == group.flags && each.place == group.place;
        });
    if (is_folder || known == groups.end()) {
      groups.push_back(group);
    } else {
      known->sources += ' ' + file.source;
    }
  }
  std::vector<std::string> copies;
  for (const Group& group : groups) {
    copies.push_back("COPY " + group.flags + group.sources + ' ' + group.place);
  }
  return copies;
}

std::string NamingProblem(std::span<const ImageFile> files) {
  for (const ImageFile& file : files) {
    for (const std::string& path : {file.source, file.target}) {
      const bool plain =
          path.find_first_of(" \t$\\\"'*?[]<>#`") == std::string::npos;
      if (!plain) return "`" + path + "` needs quotes in a COPY";
    }
    if (Basename(file.target) != Basename(file.source) &&
        file.kind == EntryKind::kFile) {
      return "`" + file.source + "` gets another name in the image";
    }
  }
  return "";
}

}  // namespace dfix
