// Reads the files of an image from the tar stream that an engine exports.
#ifndef DFIX_VERIFY_FILE_TREE_H_
#define DFIX_VERIFY_FILE_TREE_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "src/verify/measurement.h"

namespace dfix {

// Takes a tar archive (POSIX ustar and pax, GNU long names) in pieces of any
// size. Of contents only a hash is kept.
class TarReader {
 public:
  void Read(std::string_view piece);

  // The files so far.
  FileTree& files() { return files_; }
  // Whether all that was read is a tar archive, to its end.
  bool complete() const { return ended_ && !broken_; }

 private:
  enum class Payload : uint8_t { kContent, kLongName, kLongLink, kPax };

  void ReadHeader();
  // Begins a file, link or folder; how much content of it follows.
  uint64_t BeginEntry(std::string_view block, char type, uint64_t size);
  void TakePayload(std::string_view text);
  void EndPayload();
  void ApplyPax();

  FileTree files_;
  std::array<char, 512> block_{};
  size_t block_size_ = 0;  // How much of a header has come.
  uint64_t payload_left_ = 0;
  uint64_t padding_left_ = 0;
  Payload payload_ = Payload::kContent;
  std::string text_;  // Of a payload that is not content.
  std::string path_;
  std::string link_;
  // What extended headers say about the next file.
  std::string next_path_;
  std::string next_link_;
  uint64_t next_size_ = 0;
  bool has_next_size_ = false;
  FileEntry entry_;
  bool ended_ = false;
  bool broken_ = false;
};

}  // namespace dfix

#endif  // DFIX_VERIFY_FILE_TREE_H_
