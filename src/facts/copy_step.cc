#include "src/facts/copy_step.h"

#include <algorithm>
#include <span>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"

namespace dfix {
namespace {

bool IsRemote(std::string_view source) {
  return source.find("://") != std::string_view::npos ||
         source.starts_with("git@");
}

// Whether a step before `index` makes `path` a folder of the image.
bool IsFolderAt(const Facts& facts, uint32_t index, std::string_view path) {
  if (path == "/") return true;
  const uint32_t stage = facts.instructions()[index].stage;
  for (uint32_t i = index; i-- > 0;) {
    const InstructionFacts& instruction = facts.instructions()[i];
    if (instruction.stage != stage) break;
    if (instruction.kind != InstructionKind::kWorkdir) continue;
    const auto workdir = WorkdirAt(facts, i + 1);
    if (workdir && PathBelow(CleanPath(*workdir), path)) return true;
  }
  return false;
}

// Fills in the sources, or the problem.
void AddSources(const Facts& facts, std::span<const std::string> arguments,
                CopyStep& step) {
  for (const std::string& argument : arguments) {
    const auto path = ExpandAt(facts, step.instruction, argument);
    if (!path || path->empty()) {
      step.problem = "`" + argument + "` has no value that is known here";
      return;
    }
    if (IsRemote(*path)) {
      step.problem = "`" + *path + "` is not in the build context";
      return;
    }
    const std::string source = CleanPath("/" + *path);
    step.sources.push_back(source == "/" ? "." : source.substr(1));
  }
}

// Fills in the paths, or the problem.
void AddPaths(const Facts& facts, const Instruction& instruction,
              CopyStep& step) {
  const auto arguments = instruction.Arguments();
  if (arguments.size() < 2) {
    step.problem = "it names no source";
    return;
  }
  if (!instruction.Heredocs().empty()) {
    step.problem = "it has a heredoc";
  } else {
    AddSources(facts, std::span(arguments).first(arguments.size() - 1), step);
  }
  const auto path = ExpandAt(facts, step.instruction, arguments.back());
  if (!path || path->empty()) {
    step.problem = "`" + arguments.back() + "` has no value that is known here";
    return;
  }
  const auto workdir = WorkdirAt(facts, step.instruction);
  if (!workdir && !path->starts_with('/')) {
    step.problem = "`" + *path +
                   "` is relative to a directory that the base image sets; "
                   "a WORKDIR would tell it";
    return;
  }
  step.destination = JoinPath(workdir.value_or("/"), *path);
  step.into_folder = path->ends_with('/') || *path == "." ||
                     path->ends_with("/.") || arguments.size() > 2 ||
                     IsFolderAt(facts, step.instruction, step.destination);
}

// The entries that `pattern` matches; like BuildKit, not those in a folder that
// matches itself.
std::vector<const ContextEntry*> Matching(const BuildContext& context,
                                          std::string_view pattern) {
  std::vector<const ContextEntry*> found;
  for (const ContextEntry& entry : context.entries()) {
    if (!context.IsSent(entry)) continue;
    if (MatchesGoPattern(pattern, entry.path).value_or(false)) {
      found.push_back(&entry);
    }
  }
  return found;
}

CopiedPart PartOf(const CopyStep& step, const ContextEntry& entry) {
  CopiedPart part = {step.instruction, entry.path, step.destination,
                     entry.is_folder()};
  if (part.is_folder || !step.into_folder) return part;
  part.target =
      JoinPath(step.destination, entry.path.substr(entry.path.rfind('/') + 1));
  return part;
}

}  // namespace

std::optional<CopyStep> CopyStepAt(const Facts& facts, uint32_t index) {
  const InstructionFacts& instruction = facts.instructions()[index];
  const bool copies = instruction.kind == InstructionKind::kCopy ||
                      instruction.kind == InstructionKind::kAdd;
  if (!copies || instruction.onbuild) return std::nullopt;
  const Instruction view(facts.document(), instruction.node);
  CopyStep step;
  step.instruction = index;
  step.from_context = !view.FindFlag("--from");
  AddPaths(facts, view, step);
  return step;
}

std::optional<std::vector<CopiedPart>> CopiedParts(
    const CopyStep& step, const BuildContext& context) {
  if (!step.from_context || !step.problem.empty()) return std::nullopt;
  std::vector<CopiedPart> parts;
  for (const std::string& source : step.sources) {
    if (source == ".") {
      parts.push_back({step.instruction, ".", step.destination, true});
      continue;
    }
    std::vector<const ContextEntry*> found;
    if (HasWildcard(source)) {
      found = Matching(context, source);
    } else if (const ContextEntry* entry = context.FindSent(source)) {
      found.push_back(entry);
    }
    if (found.empty()) return std::nullopt;
    CopyStep each = step;
    each.into_folder |= HasWildcard(source) && found.size() > 1;
    for (const ContextEntry* entry : found) {
      if (entry->kind == EntryKind::kLink) return std::nullopt;
      parts.push_back(PartOf(each, *entry));
    }
  }
  return parts;
}

std::optional<std::string> ReadCopied(const Facts& facts,
                                      const BuildContext& context,
                                      uint32_t first, uint32_t end,
                                      std::string_view path) {
  std::optional<std::string> read;
  for (uint32_t i = first; i < end; ++i) {
    const auto step = CopyStepAt(facts, i);
    const auto parts = step ? CopiedParts(*step, context) : std::nullopt;
    if (!parts) continue;
    for (const CopiedPart& part : *parts) {
      const auto below = PathBelow(path, part.target);
      if (!below) continue;
      auto text = context.ReadSent(CleanPath(
          *below == "." ? part.source : JoinPath(part.source, *below)));
      if (text) read = std::move(text);
    }
  }
  return read;
}

bool HasWildcard(std::string_view source) {
  return source.find_first_of("*?[\\") != std::string_view::npos;
}

bool MayExist(const BuildContext& context, std::string_view source) {
  if (source == ".") return true;
  if (HasWildcard(source)) return !Matching(context, source).empty();
  if (context.Find(source) != nullptr) return true;
  for (std::string folder = ParentPath(source); folder != ".";
       folder = ParentPath(folder)) {
    const ContextEntry* entry = context.Find(folder);
    if (entry != nullptr) return entry->kind != EntryKind::kFolder;
  }
  return false;
}

}  // namespace dfix
