#include "src/verify/file_tree.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace dfix {
namespace {

constexpr size_t kBlock = 512;
// Extended headers are read whole; real ones are far smaller.
constexpr uint64_t kMostText = 1 << 20;

// FNV-1a, which is enough to tell two versions of a file apart.
constexpr uint64_t kHashStart = 14695981039346656037U;

uint64_t Hash(uint64_t hash, std::string_view text) {
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash;
}

// The text of a header's field, which ends at a NUL if there is one.
std::string_view Field(std::string_view block, size_t begin, size_t size) {
  const std::string_view field = block.substr(begin, size);
  return field.substr(0, field.find('\0'));
}

// The number in a field: octal digits, or binary where they do not suffice.
uint64_t Number(std::string_view block, size_t begin, size_t size) {
  uint64_t number = 0;
  if (static_cast<unsigned char>(block[begin]) >= 0x80) {
    for (size_t i = 1; i < size; ++i) {
      number = number << 8 | static_cast<unsigned char>(block[begin + i]);
    }
    return number;
  }
  for (const char c : Field(block, begin, size)) {
    if (c >= '0' && c <= '7')
      number = number * 8 + static_cast<uint64_t>(c - '0');
  }
  return number;
}

bool ChecksumHolds(std::string_view block) {
  uint64_t sum = 8 * ' ';
  for (size_t i = 0; i < kBlock; ++i) {
    if (i < 148 || i >= 156) sum += static_cast<unsigned char>(block[i]);
  }
  return sum == Number(block, 148, 8);
}

std::string Trimmed(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

}  // namespace

void TarReader::Read(std::string_view piece) {
  while (!piece.empty() && !broken_ && !ended_) {
    if (payload_left_ > 0) {
      const std::string_view text =
          piece.substr(0, std::min<uint64_t>(payload_left_, piece.size()));
      TakePayload(text);
      piece.remove_prefix(text.size());
      payload_left_ -= text.size();
      if (payload_left_ == 0) EndPayload();
    } else if (padding_left_ > 0) {
      const size_t count = std::min<uint64_t>(padding_left_, piece.size());
      piece.remove_prefix(count);
      padding_left_ -= count;
    } else {
      const size_t count = std::min(kBlock - block_size_, piece.size());
      std::memcpy(block_.data() + block_size_, piece.data(), count);
      block_size_ += count;
      piece.remove_prefix(count);
      if (block_size_ == kBlock) ReadHeader();
    }
  }
}

void TarReader::ReadHeader() {
  block_size_ = 0;
  const std::string_view block(block_.data(), kBlock);
  if (block.find_first_not_of('\0') == std::string_view::npos) {
    ended_ = true;
    return;
  }
  if (!ChecksumHolds(block)) {
    broken_ = true;
    return;
  }
  const char type = block[156] == '\0' || block[156] == '7' ? '0' : block[156];
  uint64_t size = Number(block, 124, 12);
  text_.clear();
  if (type == 'L' || type == 'K' || type == 'x' || type == 'g') {
    payload_ = type == 'L'   ? Payload::kLongName
               : type == 'K' ? Payload::kLongLink
                             : Payload::kPax;
    if (size > kMostText) broken_ = true;
  } else {
    payload_ = Payload::kContent;
    size = BeginEntry(block, type, has_next_size_ ? next_size_ : size);
  }
  payload_left_ = size;
  padding_left_ = (kBlock - size % kBlock) % kBlock;
  if (payload_left_ == 0) EndPayload();
}

uint64_t TarReader::BeginEntry(std::string_view block, char type,
                               uint64_t size) {
  // Only files have content; some writers give links a size all the same.
  if (type != '0') size = 0;
  const std::string_view prefix =
      block.substr(257, 6) == std::string_view("ustar\0", 6)
          ? Field(block, 345, 155)
          : std::string_view();
  path_ = std::string(prefix) + (prefix.empty() ? "" : "/") +
          std::string(Field(block, 0, 100));
  link_ = Field(block, 157, 100);
  if (!next_path_.empty()) path_ = next_path_;
  if (!next_link_.empty()) link_ = next_link_;
  entry_ = {type,
            static_cast<uint32_t>(Number(block, 100, 8) & 07777),
            static_cast<uint32_t>(Number(block, 108, 8)),
            static_cast<uint32_t>(Number(block, 116, 8)),
            size,
            Hash(kHashStart, link_)};
  next_path_.clear();
  next_link_.clear();
  has_next_size_ = false;
  return size;
}

void TarReader::TakePayload(std::string_view text) {
  if (payload_ == Payload::kContent) {
    entry_.hash = Hash(entry_.hash, text);
  } else {
    text_ += text;
  }
}

void TarReader::EndPayload() {
  switch (payload_) {
    case Payload::kContent: {
      std::string path = Trimmed(path_);
      if (!path.empty()) files_[std::move(path)] = entry_;
      return;
    }
    case Payload::kLongName:
      next_path_ = text_.c_str();
      return;
    case Payload::kLongLink:
      next_link_ = text_.c_str();
      return;
    case Payload::kPax:
      return ApplyPax();
  }
}

// Records such as `22 path=a/long/name\n`, with their own length first.
void TarReader::ApplyPax() {
  std::string_view rest = text_;
  while (!rest.empty()) {
    size_t length = 0;
    const auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), length);
    const size_t key = static_cast<size_t>(end - rest.data()) + 1;
    if (error != std::errc() || length > rest.size() || length <= key) {
      broken_ = true;
      return;
    }
    const std::string_view record = rest.substr(key, length - key - 1);
    const size_t equals = record.find('=');
    if (equals != std::string_view::npos) {
      const std::string_view value = record.substr(equals + 1);
      const std::string_view name = record.substr(0, equals);
      if (name == "path") next_path_ = value;
      if (name == "linkpath") next_link_ = value;
      if (name == "size") {
        has_next_size_ =
            std::from_chars(value.data(), value.data() + value.size(),
                            next_size_)
                .ec == std::errc();
      }
    }
    rest.remove_prefix(length);
  }
}

}  // namespace dfix
