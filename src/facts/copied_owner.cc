#include "src/facts/copied_owner.h"

#include <algorithm>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/copy_step.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// Folders that every image has.
constexpr std::string_view kUsual[] = {
    "/",         "/bin",       "/etc",           "/home",          "/media",
    "/mnt",      "/opt",       "/root",          "/sbin",          "/srv",
    "/tmp",      "/usr",       "/usr/bin",       "/usr/lib",       "/usr/local",
    "/usr/sbin", "/usr/share", "/usr/local/bin", "/usr/local/lib", "/var",
    "/var/lib"};

// Whether the folder is there before instruction `end`, and root's.
bool IsThere(const Facts& facts, uint32_t first, uint32_t end,
             const std::string& path) {
  if (IsOneOf(path, kUsual)) return true;
  for (uint32_t i = first; i < end; ++i) {
    if (facts.instructions()[i].kind != InstructionKind::kWorkdir) continue;
    const auto workdir = WorkdirAt(facts, i + 1);
    if (!workdir || PathBelow(CleanPath(*workdir), path)) return true;
  }
  return false;
}

bool IsRoot(const std::string& owner) {
  return owner.empty() || owner == "0" || owner == "root" || owner == "0:0" ||
         owner == "root:root";
}

}  // namespace

FolderOwner OwnerOfFolder(const Facts& facts, uint32_t first, uint32_t end,
                          const std::string& path,
                          std::span<const std::string> made) {
  FolderOwner result;
  for (const std::string& other : made) {
    if (PathBelow(path, other)) return result;
  }
  bool is_there = false;
  for (uint32_t i = first; i < end; ++i) {
    const InstructionKind kind = facts.instructions()[i].kind;
    if (kind != InstructionKind::kCopy && kind != InstructionKind::kAdd) {
      continue;
    }
    const Instruction view(facts.document(), facts.instructions()[i].node);
    const auto step = CopyStepAt(facts, i);
    if (!step || !step->problem.empty()) continue;
    const auto flag = view.FindFlag("--chown");
    std::string owner = flag ? flag->value.value_or("") : "";
    if (IsRoot(owner)) owner.clear();
    const bool covers = PathBelow(path, step->destination).has_value();
    const bool inside = PathBelow(step->destination, path).has_value();
    if (!covers && !inside) continue;
    if (covers && !is_there && !IsThere(facts, first, i, path)) {
      result.owner = owner;
      result.instruction = i;
      result.has_mode = view.FindFlag("--chmod").has_value();
      is_there = true;
    } else if (owner != result.owner) {
      result.is_mixed = true;
    }
  }
  for (const std::string& other : made) {
    result.is_mixed |= PathBelow(other, path).has_value();
  }
  return result;
}

bool MakesOwnedFolder(const Facts& facts, uint32_t first, const CopyStep& step,
                      const std::string& folder) {
  const Instruction view(facts.document(),
                         facts.instructions()[step.instruction].node);
  const auto owner = view.FindFlag("--chown");
  const bool owned = owner && !IsRoot(owner->value.value_or(""));
  return (owned || view.FindFlag("--chmod")) &&
         !IsThere(facts, first, step.instruction, folder);
}

std::string WhyOwnerIsLost(const FolderOwner& owner, const RuntimeBase& base,
                           std::span<const std::string> made) {
  if (owner.has_mode) {
    return "the mode of the folder that it copies would be lost";
  }
  if (owner.owner.empty()) return "";
  if (owner.owner.find('$') != std::string::npos) {
    return "the owner of what it copies is a variable";
  }
  if (owner.is_mixed) {
    return "a folder of `" + owner.owner + "` has files of others, too";
  }
  return HasUser(base, owner.owner, made)
             ? ""
             : "the new image has no user `" + owner.owner +
                   "`, who owns what it copies";
}

std::string OwnerFlag(const FolderOwner& owner) {
  return owner.owner.empty() ? "" : "--chown=" + owner.owner + " ";
}

}  // namespace dfix
