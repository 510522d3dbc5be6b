// The folder that a build sends to the builder: which files there are, which
// of them `.dockerignore` keeps away, and what is in them.
//
// A value that a front end makes; nothing here touches the file system. All
// paths are clean and relative to the folder. Links are files like others and
// never followed.
#ifndef DFIX_CONTEXT_BUILD_CONTEXT_H_
#define DFIX_CONTEXT_BUILD_CONTEXT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/context/dockerignore.h"
#include "src/context/shared_answers.h"

namespace dfix {

enum class EntryKind : uint8_t {
  kFile,
  kFolder,
  kUnlistedFolder,  // A folder that was too large to look into.
  kLink,
  kOther,
};

struct ContextEntry {
  std::string path;
  EntryKind kind;

  bool is_folder() const {
    return kind == EntryKind::kFolder || kind == EntryKind::kUnlistedFolder;
  }
};

// What a front end finds in the folder.
struct ContextFiles {
  std::vector<ContextEntry> entries;  // By path, the folder itself left out.
  // The bytes of a regular file of moderate size; absent for anything else. May
  // be called by several threads.
  std::function<std::optional<std::string>(const std::string& path)> read;
  std::string folder = {};  // Its path; empty if it has none.
  // What was found out about the folder.
  std::shared_ptr<SharedAnswers> answers = std::make_shared<SharedAnswers>();
};

// How the folder was found.
enum class ContextOrigin : uint8_t {
  kNamed,    // By a person, a configuration or another file of the project.
  kMatched,  // It has the files that the Dockerfile copies.
  kGuessed,  // Nothing speaks for another one.
};

class BuildContext {
 public:
  // `ignore_path` is the ignore file that holds, by Docker's rules, or the one
  // that would if it were there: then `ignore_text` is absent.
  BuildContext(std::shared_ptr<const ContextFiles> files, ContextOrigin origin,
               std::string ignore_path, std::optional<std::string> ignore_text);

  ContextOrigin origin() const { return origin_; }
  // The path of the folder; empty if it has none.
  const std::string& folder() const { return files_->folder; }
  const std::string& ignore_path() const { return ignore_path_; }
  const std::optional<std::string>& ignore_text() const { return ignore_text_; }
  const DockerIgnore& ignore() const { return ignore_; }
  // The same folder with another text in its ignore file.
  BuildContext WithIgnore(std::string text) const;

  // Answers that are kept with the folder. Those that depend on what is sent
  // have the text of the ignore file in their question. None may hold a
  // BuildContext: the folder would keep itself alive.
  SharedAnswers& answers() const { return *files_->answers; }

  // All entries, by path, whether they are sent or not.
  std::span<const ContextEntry> entries() const { return files_->entries; }
  // The entry at `path`, or null. There is none for the folder itself, `.`.
  const ContextEntry* Find(std::string_view path) const;
  // Everything in `folder` at any depth; all for `.`.
  std::span<const ContextEntry> Below(std::string_view folder) const;

  // Whether the builder gets the entry: no rule keeps it away, or something in
  // it is sent.
  bool IsSent(const ContextEntry& entry) const;
  // The entry at `path` if the builder gets it, else null.
  const ContextEntry* FindSent(std::string_view path) const;
  // The bytes of the file at `path`; absent if there is none, or no regular
  // file of moderate size.
  std::optional<std::string> Read(std::string_view path) const;
  // The bytes of the file at `path` if the builder gets it; absent for others
  // and for what is no regular file of moderate size.
  std::optional<std::string> ReadSent(std::string_view path) const;

 private:
  std::shared_ptr<const ContextFiles> files_;
  ContextOrigin origin_;
  std::string ignore_path_;
  std::optional<std::string> ignore_text_;
  DockerIgnore ignore_;
  std::shared_ptr<const std::vector<bool>> sent_;  // For each entry.
};

}  // namespace dfix

#endif  // DFIX_CONTEXT_BUILD_CONTEXT_H_
