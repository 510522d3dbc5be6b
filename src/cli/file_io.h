// Reads files whole and replaces them safely.
#ifndef DFIX_CLI_FILE_IO_H_
#define DFIX_CLI_FILE_IO_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "src/text/result.h"

namespace dfix {

// What `errno` stands for, in lower case.
std::string SystemMessage();

// All bytes of the file at `path`, which may be a pipe, or of standard input
// for `-`. Folders, files of 4 GiB or more and what the system refuses are
// errors; the message does not name the file.
Result<std::string> ReadFile(const std::string& path);

// Replaces the file at `path`, which held `old_text` when it was read, so that
// readers see either the old or the new one. Links are followed; mode, owner
// and extended attributes are kept. (Another hard link to the file keeps the
// old text.) Where this is not possible, or the file holds something else by
// now, it is left as it is and the error says why.
Result<Done> ReplaceFile(const std::string& path, std::string_view old_text,
                         std::string_view new_text);

// A file to be replaced, or one to be made where there is no `old_text`.
struct Replacement {
  std::string path;
  std::optional<std::string> old_text;
  std::string new_text;
};

// ReplaceFile for several files: all of them or none. They change one after the
// other, in this order; if one of them cannot, those before it get their old
// text back. The error names the file.
Result<Done> ReplaceFiles(std::span<const Replacement> files);

// Makes a file at `path` with `text`, or puts it in the place of what the file
// there held, which may be a pipe or a device. The message does not name it.
Result<Done> WriteFile(const std::string& path, std::string_view text);

// Writes all of `text` to an open file. An error is the system's.
Result<Done> WriteAll(int descriptor, std::string_view text);

}  // namespace dfix

#endif  // DFIX_CLI_FILE_IO_H_
