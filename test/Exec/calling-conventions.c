// RUN: %oracle %s
// REQUIRES: x86_64
// Functions that yield under other calling conventions, with more arguments
// than fit registers.
#include <coro/coro.h>
#include <stdio.h>

struct pair {
  long a, b;
};
typedef float four __attribute__((vector_size(16)));

#define CONVENTION(name)                                                       \
  __attribute__((name)) static yields double name##_many(                      \
      char a, int b, double c, float d, struct pair e, long f, four g,         \
      short h, long i, double j, char k) {                                     \
    coro_yield_now();                                                          \
    double s = a + b * 2 + c * 3 + d * 4 + (double)e.a * 5 + (double)e.b * 6;  \
    coro_yield_now();                                                          \
    return s + (double)f * 7 + (double)(g[0] + g[3]) + h * 8 + (double)i * 9 + \
           j * 10 + k * 11;                                                    \
  }                                                                            \
  __attribute__((name, noinline)) static yields struct pair name##_pair(       \
      struct pair p) {                                                         \
    coro_yield_now();                                                          \
    return (struct pair){p.b, p.a + 1};                                        \
  }

CONVENTION(ms_abi)
CONVENTION(sysv_abi)
CONVENTION(regcall)
CONVENTION(vectorcall)
CONVENTION(preserve_most)
CONVENTION(preserve_all)

#define CALL(name)                                                             \
  sum += name##_many((char)n, 2, 3.5, 4.5f, name##_pair((struct pair){n, 6}),  \
                     7, (four){8, 9, 10, 11}, 12, 13, 14.5, (char)n);          \
  printf(#name " %.2f\n", sum)

static yields double all(int n) {
  double sum = 0;
  CALL(ms_abi);
  CALL(sysv_abi);
  CALL(regcall);
  CALL(vectorcall);
  CALL(preserve_most);
  CALL(preserve_all);
  return sum;
}

int main(void) {
  printf("%.2f\n", coro_block_on(all, 3));
  printf("%.2f\n",
         coro_block_on(regcall_many, 'a', 1, 2, 3, ((struct pair){4, 5}), 6,
                       ((four){7}), 8, 9, 10, 11));
}
