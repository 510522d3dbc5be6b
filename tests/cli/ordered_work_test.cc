#include "src/cli/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>

namespace dfix {
namespace {

TEST(OrderedWork, EmitsInOrderWhateverTheThreads) {
  for (const size_t threads : {0U, 1U, 2U, 8U}) {
    std::vector<size_t> emitted;
    DoInOrder(
        1000, threads, [](size_t i) { return i; },
        [&](size_t i) {
          emitted.push_back(i);
          return true;
        });
    std::vector<size_t> expected(1000);
    std::iota(expected.begin(), expected.end(), size_t{0});
    EXPECT_EQ(emitted, expected);
  }
}

TEST(OrderedWork, StopsWhenToldTo) {
  for (const size_t threads : {1U, 4U}) {
    std::atomic<size_t> begun = 0;
    size_t emitted = 0;
    DoInOrder(
        100000, threads,
        [&](size_t i) {
          ++begun;
          return i;
        },
        [&](size_t) { return ++emitted < 10; });
    EXPECT_EQ(emitted, 10U);
    EXPECT_LT(begun, 1000U);
  }
}

TEST(OrderedWork, DoesNothingForNothing) {
  DoInOrder(
      0, 4, [](size_t i) { return i; },
      [](size_t) {
        ADD_FAILURE();
        return false;
      });
}

}  // namespace
}  // namespace dfix
