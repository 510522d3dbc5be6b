// A short list that can be part of a constant.
#ifndef DFIX_TEXT_SHORT_LIST_H_
#define DFIX_TEXT_SHORT_LIST_H_

#include <array>
#include <cstddef>
#include <initializer_list>

namespace dfix {

template <typename T, size_t kCapacity>
class ShortList {
 public:
  constexpr ShortList() = default;
  constexpr ShortList(std::initializer_list<T> items) {
    for (const T& item : items) items_[size_++] = item;
  }
  constexpr const T* begin() const { return items_.data(); }
  constexpr const T* end() const { return items_.data() + size_; }
  constexpr bool empty() const { return size_ == 0; }

 private:
  std::array<T, kCapacity> items_{};
  size_t size_ = 0;
};

}  // namespace dfix

#endif  // DFIX_TEXT_SHORT_LIST_H_
