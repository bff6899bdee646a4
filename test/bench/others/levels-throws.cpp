// The levels of levels.h with C++ exceptions, and with std::expected.
#include "levels.h"
#include <expected>

namespace {

struct guard {
  int level;
  explicit guard(int level) : level(level) { open_at[level]++; }
  ~guard() { open_at[level]--; }
};

#define NOTHING(level)
#define A_GUARD(level) guard kept(level);

#define THROW_LEVEL(name, level, below, guard)                                 \
  APART int name##level(int n) { guard(level) return name##below(n) + 1; }
#define THROWS(name, guard)                                                    \
  APART int name##1(int n) {                                                   \
    guard(1)(void) never;                                                      \
    if (n < 0)                                                                 \
      throw -n;                                                                \
    return n;                                                                  \
  }                                                                            \
  EACH_LEVEL(THROW_LEVEL, name, guard)                                         \
  long name##_run(int n, int count) {                                          \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      try {                                                                    \
        sum += name##20(n);                                                    \
      } catch (int e) {                                                        \
        sum += e;                                                              \
      }                                                                        \
    }                                                                          \
    return sum;                                                                \
  }

using result = std::expected<int, int>;

#define EXPECTED_LEVEL(name, level, below, guard)                              \
  APART result name##level(int n) {                                            \
    guard(level) result got = name##below(n);                                  \
    if (!got)                                                                  \
      return got;                                                              \
    return *got + 1;                                                           \
  }
#define EXPECTED(name, guard)                                                  \
  APART result name##1(int n) {                                                \
    guard(1)(void) never;                                                      \
    if (n < 0)                                                                 \
      return std::unexpected(-n);                                              \
    return n;                                                                  \
  }                                                                            \
  EACH_LEVEL(EXPECTED_LEVEL, name, guard)                                      \
  long name##_run(int n, int count) {                                          \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      result got = name##20(n);                                                \
      sum += got ? *got : got.error();                                         \
    }                                                                          \
    return sum;                                                                \
  }

THROWS(call, NOTHING)
THROWS(closing_call, A_GUARD)
EXPECTED(expecting, NOTHING)
EXPECTED(closing_expecting, A_GUARD)

} // namespace

chain *const throw_calls[KINDS] = {call_run, closing_call_run};
chain *const expected_calls[KINDS] = {expecting_run, closing_expecting_run};
