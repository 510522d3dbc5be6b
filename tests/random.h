// Random numbers for tests, the same in every run.
#ifndef DFIX_TESTS_RANDOM_H_
#define DFIX_TESTS_RANDOM_H_

#include <cstdint>

namespace dfix {

// A small deterministic random generator.
class Random {
 public:
  explicit Random(uint64_t seed)
      : state_(seed * 2654435761 + 88172645463325252) {}
  uint32_t Below(uint32_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>(state_ >> 11) % bound;
  }

 private:
  uint64_t state_;
};

}  // namespace dfix

#endif  // DFIX_TESTS_RANDOM_H_
