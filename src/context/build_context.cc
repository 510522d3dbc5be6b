#include "src/context/build_context.h"

#include <algorithm>
#include <map>
#include <utility>

#include "src/context/paths.h"
#include "src/text/check.h"

namespace dfix {
namespace {

bool IsBefore(const ContextEntry& entry, std::string_view path) {
  return entry.path < path;
}

// Whether each of the entries is sent. A folder comes before what is in it,
// though not directly.
std::vector<bool> SentOf(std::span<const ContextEntry> entries,
                         const DockerIgnore& ignore) {
  std::vector<bool> sent(entries.size(), true);
  if (ignore.rules().empty()) return sent;
  std::map<std::string_view, std::pair<size_t, DockerIgnore::FolderMatch>>
      folders;
  for (size_t i = 0; i < sent.size(); ++i) {
    const ContextEntry& entry = entries[i];
    const size_t slash = std::min(entry.path.rfind('/'), entry.path.size());
    const auto parent =
        slash == entry.path.size()
            ? folders.end()
            : folders.find(std::string_view(entry.path).substr(0, slash));
    const DockerIgnore::FolderMatch above = parent == folders.end()
                                                ? DockerIgnore::FolderMatch()
                                                : parent->second.second;
    DockerIgnore::FolderMatch own;
    sent[i] = !ignore.Excludes(entry.path, above, &own);
    if (entry.is_folder()) {
      folders.emplace(entry.path, std::make_pair(i, std::move(own)));
    }
    if (!sent[i]) continue;
    // What is sent brings the folders around it.
    for (std::string folder = ParentPath(entry.path); folder != ".";
         folder = ParentPath(folder)) {
      const auto found = folders.find(folder);
      if (found == folders.end() || sent[found->second.first]) break;
      sent[found->second.first] = true;
    }
  }
  return sent;
}

}  // namespace

BuildContext::BuildContext(std::shared_ptr<const ContextFiles> files,
                           ContextOrigin origin, std::string ignore_path,
                           std::optional<std::string> ignore_text)
    : files_(std::move(files)),
      origin_(origin),
      ignore_path_(std::move(ignore_path)),
      ignore_text_(std::move(ignore_text)),
      ignore_(ignore_text_.value_or("")),
      sent_(files_->answers->Get<std::vector<bool>>(
          "sent\n" + ignore_text_.value_or(""),
          [&] { return SentOf(files_->entries, ignore_); })) {}

BuildContext BuildContext::WithIgnore(std::string text) const {
  return BuildContext(files_, origin_, ignore_path_, std::move(text));
}

const ContextEntry* BuildContext::Find(std::string_view path) const {
  const auto found = std::lower_bound(files_->entries.begin(),
                                      files_->entries.end(), path, IsBefore);
  const bool is_there = found != files_->entries.end() && found->path == path;
  return is_there ? &*found : nullptr;
}

std::span<const ContextEntry> BuildContext::Below(
    std::string_view folder) const {
  if (folder == ".") return files_->entries;
  const auto first =
      std::lower_bound(files_->entries.begin(), files_->entries.end(),
                       std::string(folder) + '/', IsBefore);
  // `0` is the character behind `/`.
  const auto last = std::lower_bound(first, files_->entries.end(),
                                     std::string(folder) + '0', IsBefore);
  return {first, last};
}

bool BuildContext::IsSent(const ContextEntry& entry) const {
  const auto index = static_cast<size_t>(&entry - files_->entries.data());
  DFIX_CHECK(index < sent_->size());
  return (*sent_)[index];
}

const ContextEntry* BuildContext::FindSent(std::string_view path) const {
  const ContextEntry* entry = Find(path);
  return entry != nullptr && IsSent(*entry) ? entry : nullptr;
}

std::optional<std::string> BuildContext::Read(std::string_view path) const {
  const ContextEntry* entry = Find(path);
  if (entry == nullptr || entry->kind != EntryKind::kFile) return std::nullopt;
  return files_->read(entry->path);
}

std::optional<std::string> BuildContext::ReadSent(std::string_view path) const {
  return FindSent(path) == nullptr ? std::nullopt : Read(path);
}

}  // namespace dfix
