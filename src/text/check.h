// DFIX_CHECK: stops the program on a bug of ours. Never for bad input.
#ifndef DFIX_TEXT_CHECK_H_
#define DFIX_TEXT_CHECK_H_

#include <cstdio>
#include <cstdlib>

#define DFIX_CHECK(condition)                                             \
  do {                                                                    \
    if (!(condition)) {                                                   \
      std::fprintf(stderr, "dfix: internal error: %s:%d: %s\n", __FILE__, \
                   __LINE__, #condition);                                 \
      std::abort();                                                       \
    }                                                                     \
  } while (false)

#endif  // DFIX_TEXT_CHECK_H_
