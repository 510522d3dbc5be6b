#include "src/facts/image_files.h"

#include <algorithm>

#include "src/context/paths.h"

namespace dfix {
namespace {

// What a step copies by its words alone: a source is a folder if it is all of
// the context or says so.
std::optional<std::vector<CopiedPart>> PartsByName(const CopyStep& step) {
  std::vector<CopiedPart> parts;
  if (!step.problem.empty()) return std::nullopt;
  for (const std::string& source : step.sources) {
    if (HasWildcard(source)) continue;
    const bool is_folder = source == ".";
    const std::string name = source.substr(source.rfind('/') + 1);
    const bool by_name = !is_folder && step.into_folder;
    parts.push_back(
        {step.instruction, source,
         by_name ? JoinPath(step.destination, name) : step.destination,
         is_folder});
  }
  return parts;
}

}  // namespace

ImageFiles::ImageFiles(const Facts& facts, const BuildContext* context,
                       uint32_t end)
    : context_(context) {
  const uint32_t stage = facts.instructions()[end].stage;
  if (stage == kNoStage) return;
  for (uint32_t i = facts.stages()[stage].first; i < end; ++i) {
    const InstructionKind kind = facts.instructions()[i].kind;
    if (kind != InstructionKind::kCopy && kind != InstructionKind::kAdd) {
      continue;
    }
    const auto step = CopyStepAt(facts, i);
    if (!step || !step->from_context) continue;
    const auto parts =
        context == nullptr ? PartsByName(*step) : CopiedParts(*step, *context);
    if (parts) {
      parts_.insert(parts_.end(), parts->begin(), parts->end());
    } else {
      unknown_.push_back(*step);
    }
  }
}

std::vector<CopiedPart> ImageFiles::PartsOf(uint32_t instruction) const {
  std::vector<CopiedPart> parts;
  std::copy_if(
      parts_.begin(), parts_.end(), std::back_inserter(parts),
      [&](const CopiedPart& part) { return part.instruction == instruction; });
  return parts;
}

std::optional<ImageFile> ImageFiles::Find(std::string_view target) const {
  return FindAmong(parts_, target);
}

std::optional<ImageFile> ImageFiles::FindAmong(
    std::span<const CopiedPart> parts, std::string_view target) const {
  for (size_t i = parts.size(); i-- > 0;) {
    const CopiedPart& part = parts[i];
    if (!part.is_folder) {
      if (part.target != target) continue;
      return ImageFile{part.target, part.source, part.instruction,
                       EntryKind::kFile};
    }
    const auto below = PathBelow(target, part.target);
    if (!below) continue;
    const std::string source = JoinPath(part.source, *below);
    const auto file = [&](EntryKind kind) {
      return ImageFile{std::string(target), source, part.instruction, kind};
    };
    if (source == ".") return file(EntryKind::kFolder);
    if (context_ == nullptr) return file(EntryKind::kFile);
    const ContextEntry* entry = context_->FindSent(source);
    if (entry != nullptr) return file(entry->kind);
  }
  return std::nullopt;
}

std::vector<ImageFile> ImageFiles::FilesBelow(std::string_view target) const {
  std::vector<ImageFile> files;
  if (context_ == nullptr) return files;
  for (const CopiedPart& part : parts_) {
    if (!part.is_folder) {
      if (PathBelow(part.target, target) && part.target != target) {
        files.push_back(
            {part.target, part.source, part.instruction, EntryKind::kFile});
      }
      continue;
    }
    for (const ContextEntry& entry : context_->Below(part.source)) {
      if (entry.is_folder() || !context_->IsSent(entry)) continue;
      const std::string place =
          JoinPath(part.target, *PathBelow(entry.path, part.source));
      if (place == target || !PathBelow(place, target)) continue;
      files.push_back({place, entry.path, part.instruction, entry.kind});
    }
  }
  return files;
}

// Folders further up count, too: the COPY sets their owner and mode.
bool ImageFiles::MayBring(const CopiedPart& part,
                          std::string_view target) const {
  if (context_ == nullptr) return true;
  const auto below = PathBelow(target, part.target);
  const std::string first(below->substr(0, below->find('/')));
  return first == "." ||
         context_->FindSent(JoinPath(part.source, first)) != nullptr;
}

std::string ImageFiles::ProblemAt(std::string_view target) const {
  for (const CopyStep& step : unknown_) {
    if (!step.destination.empty() && !PathBelow(target, step.destination)) {
      continue;
    }
    return step.problem.empty() ? "`" + step.sources.front() +
                                      "` is not in the build context, or a link"
                                : step.problem;
  }
  return "";
}

std::optional<std::string> ImageFiles::Read(const ImageFile& file) const {
  return context_ == nullptr ? std::nullopt : context_->ReadSent(file.source);
}

}  // namespace dfix
