#include "src/cli/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "src/cli/paths.h"

namespace dfix {
namespace {

constexpr uint64_t kSizeLimit = std::numeric_limits<uint32_t>::max();

// An open file, closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  bool ok() const { return number_ >= 0; }
  // Whether closing worked, which is where some file systems report errors.
  bool Close() {
    const int number = number_;
    number_ = -1;
    return number <= 2 || close(number) == 0;
  }

 private:
  int number_;
};

// A file that is removed at the end of its scope unless it was kept.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder)
      : path_(folder + "/.dfix-XXXXXX"),
        file_(mkostemp(path_.data(), O_CLOEXEC)),
        made_(file_.ok()) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (made_) unlink(path_.c_str());
  }

  Descriptor& file() { return file_; }
  // Gives it the name `path`, in place of what had it.
  bool MoveTo(const std::string& path) {
    if (rename(path_.c_str(), path.c_str()) != 0) return false;
    made_ = false;
    return true;
  }
  // The same where nothing may have it.
  bool MoveToNew(const std::string& path) {
    return link(path_.c_str(), path.c_str()) == 0;
  }

 private:
  std::string path_;
  Descriptor file_;
  bool made_;
};

Error SystemError(std::string_view what = "") {
  std::string message(what);
  if (!message.empty()) message += ": ";
  return Error{message + SystemMessage()};
}

Result<std::string> ReadAll(int descriptor, uint64_t expected_size) {
  std::string text;
  // One more byte than expected, so that the end is seen without growing.
  size_t room = static_cast<size_t>(expected_size) + 1;
  size_t used = 0;
  while (true) {
    text.resize(used + room);
    const ssize_t count = read(descriptor, text.data() + used, room);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError();
    if (count == 0) break;
    used += static_cast<size_t>(count);
    if (used >= kSizeLimit) return Error{"file of 4 GiB or more"};
    if (used == text.size()) {
      room = used < 65536 ? 65536 : used;
    } else {
      room = text.size() - used;
    }
  }
  text.resize(used);
  return text;
}

void CopyAttributes(int from, int to) {
  const ssize_t size = flistxattr(from, nullptr, 0);
  if (size <= 0) return;
  std::vector<char> names(static_cast<size_t>(size));
  const ssize_t used = flistxattr(from, names.data(), names.size());
  for (ssize_t at = 0; at < used;) {
    const char* name = names.data() + at;
    at += static_cast<ssize_t>(std::strlen(name)) + 1;
    const ssize_t length = fgetxattr(from, name, nullptr, 0);
    if (length < 0) continue;
    std::vector<char> value(static_cast<size_t>(length));
    const ssize_t got = fgetxattr(from, name, value.data(), value.size());
    // Some are the system's own to set; a file can do without them.
    if (got >= 0) {
      fsetxattr(to, name, value.data(), static_cast<size_t>(got), 0);
    }
  }
}

// Gives `to` the owner, mode and attributes of `from`.
Result<Done> CopyMetadata(int from, int to) {
  struct stat old_stat;
  struct stat new_stat;
  if (fstat(from, &old_stat) != 0 || fstat(to, &new_stat) != 0) {
    return SystemError();
  }
  const bool same_owner =
      old_stat.st_uid == new_stat.st_uid && old_stat.st_gid == new_stat.st_gid;
  if (!same_owner && fchown(to, old_stat.st_uid, old_stat.st_gid) != 0) {
    return SystemError("cannot keep its owner");
  }
  CopyAttributes(from, to);
  if (fchmod(to, old_stat.st_mode & 07777) != 0) {
    return SystemError("cannot keep its mode");
  }
  return Done{};
}

// A file on its way to be replaced or made.
class StagedFile {
 public:
  // Writes the new text beside the file.
  Result<Done> Prepare(const Replacement& file) {
    if (!file.old_text) return PrepareNew(file);
    target_ = Canonical(file.path);
    if (target_.empty()) return SystemError();
    // Its folder may allow a replacement that the file's mode does not.
    if (faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0) {
      return SystemError("cannot write");
    }
    struct stat info;
    if (stat(target_.c_str(), &info) != 0) return SystemError();
    // Opening a pipe would wait for a writer.
    if (!S_ISREG(info.st_mode)) return Error{"is not a regular file"};
    const Descriptor old_file(open(target_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!old_file.ok()) return SystemError();
    Result<Done> done = WriteNew(file);
    if (!done) return done;
    return CopyMetadata(old_file.number(), temporary_->file().number());
  }

  // Whether the file is still what it was when it was read.
  Result<Done> Check(const Replacement& file) {
    if (fsync(temporary_->file().number()) != 0 ||
        !temporary_->file().Close()) {
      return SystemError();
    }
    if (!file.old_text) return Done{};
    const Result<std::string> now = ReadFile(target_);
    if (!now) return now.error();
    if (*now != *file.old_text) {
      return Error{"changed since it was read; not written"};
    }
    return Done{};
  }

  Result<Done> Commit(const Replacement& file) {
    const bool moved = file.old_text ? temporary_->MoveTo(target_)
                                     : temporary_->MoveToNew(target_);
    if (!moved) return SystemError();
    const Descriptor folder(
        open(FolderOf(target_).c_str(), O_RDONLY | O_DIRECTORY));
    if (folder.ok()) fsync(folder.number());
    return Done{};
  }

 private:
  static std::string FolderOf(const std::string& path) {
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
  }

  Result<Done> PrepareNew(const Replacement& file) {
    target_ = file.path;
    Result<Done> done = WriteNew(file);
    if (!done) return done;
    if (fchmod(temporary_->file().number(), 0644) != 0) return SystemError();
    return Done{};
  }

  Result<Done> WriteNew(const Replacement& file) {
    temporary_ = std::make_unique<TemporaryFile>(FolderOf(target_));
    if (!temporary_->file().ok()) {
      return SystemError("cannot make a file in its directory");
    }
    return WriteAll(temporary_->file().number(), file.new_text);
  }

  std::string target_;
  std::unique_ptr<TemporaryFile> temporary_;
};

// Gives a file that was replaced its old text, as well as that can be done.
void Restore(const Replacement& file) {
  if (!file.old_text) {
    unlink(file.path.c_str());
    return;
  }
  (void)ReplaceFile(file.path, file.new_text, *file.old_text).ok();
}

}  // namespace

std::string SystemMessage() {
  std::string message = std::strerror(errno);
  if (!message.empty()) {
    message[0] =
        static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  }
  return message;
}

Result<std::string> ReadFile(const std::string& path) {
  if (path == "-") return ReadAll(STDIN_FILENO, 65535);
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.ok()) return SystemError();
  struct stat info;
  if (fstat(file.number(), &info) != 0) return SystemError();
  if (S_ISDIR(info.st_mode)) return Error{"is a directory"};
  if (!S_ISREG(info.st_mode)) return ReadAll(file.number(), 65535);
  const auto size = static_cast<uint64_t>(info.st_size);
  if (size >= kSizeLimit) return Error{"file of 4 GiB or more"};
  return ReadAll(file.number(), size);
}

Result<Done> WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError();
    text.remove_prefix(static_cast<size_t>(count));
  }
  return Done{};
}

Result<Done> WriteFile(const std::string& path, std::string_view text) {
  const int descriptor =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return SystemError();
  Result<Done> done = WriteAll(descriptor, text);
  if (close(descriptor) != 0 && done) return SystemError();
  return done;
}

Result<Done> ReplaceFile(const std::string& path, std::string_view old_text,
                         std::string_view new_text) {
  const Replacement file = {path, std::string(old_text), std::string(new_text)};
  return ReplaceFiles({&file, 1});
}

Result<Done> ReplaceFiles(std::span<const Replacement> files) {
  const auto named = [&](const Replacement& file, const Error& error) {
    return files.size() == 1 ? error : Error{file.path + ": " + error.message};
  };
  std::vector<StagedFile> staged(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    const Result<Done> done = staged[i].Prepare(files[i]);
    if (!done) return named(files[i], done.error());
  }
  for (size_t i = 0; i < files.size(); ++i) {
    const Result<Done> done = staged[i].Check(files[i]);
    if (!done) return named(files[i], done.error());
  }
  for (size_t i = 0; i < files.size(); ++i) {
    const Result<Done> done = staged[i].Commit(files[i]);
    if (done) continue;
    while (i-- > 0) Restore(files[i]);
    return named(files[i + 1], done.error());
  }
  return Done{};
}

}  // namespace dfix
