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
#include <vector>

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

// The path behind all links; empty with errno set if there is none.
std::string Resolve(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return "";
  std::string out = resolved;
  std::free(resolved);
  return out;
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

Result<Done> ReplaceFile(const std::string& path, std::string_view old_text,
                         std::string_view new_text) {
  const std::string target = Resolve(path);
  if (target.empty()) return SystemError();
  // Its folder may allow a replacement that the file's mode does not.
  if (faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) {
    return SystemError("cannot write");
  }
  struct stat info;
  if (stat(target.c_str(), &info) != 0) return SystemError();
  // Opening a pipe would wait for a writer.
  if (!S_ISREG(info.st_mode)) return Error{"is not a regular file"};
  const Descriptor old_file(open(target.c_str(), O_RDONLY | O_CLOEXEC));
  if (!old_file.ok()) return SystemError();

  const std::string folder = target.substr(0, target.rfind('/'));
  TemporaryFile temporary(folder.empty() ? "/" : folder);
  if (!temporary.file().ok()) {
    return SystemError("cannot make a file in its directory");
  }
  const int descriptor = temporary.file().number();
  if (Result<Done> done = WriteAll(descriptor, new_text); !done) return done;
  if (Result<Done> done = CopyMetadata(old_file.number(), descriptor); !done) {
    return done;
  }
  if (fsync(descriptor) != 0 || !temporary.file().Close()) {
    return SystemError();
  }
  const Result<std::string> now = ReadFile(target);
  if (!now) return now.error();
  if (*now != old_text) return Error{"changed since it was read; not written"};
  if (!temporary.MoveTo(target)) return SystemError();
  const Descriptor opened_folder(
      open(folder.empty() ? "/" : folder.c_str(), O_RDONLY | O_DIRECTORY));
  if (opened_folder.ok()) fsync(opened_folder.number());
  return Done{};
}

}  // namespace dfix
