// RUN: %oracle %s
// RUN: %oracle %s --stress
// What follows from a generic's flag alone is decided for each value: in every
// integer type, at the head of loops, and on the way to the next generic.
#include <coro/coro.h>
#include <stdio.h>

static yields int slow(int n) {
  int kept = n * 2;
  coro_yield_now();
  return kept + n;
}

enum mode { OFF, ON = 3, NEGATIVE = -1 };
#define BODY                                                                   \
  {                                                                            \
    int r = 0;                                                                 \
    if (flag) {                                                                \
      coro_yield_now();                                                        \
      r = slow(n);                                                             \
    }                                                                          \
    switch ((int)flag) {                                                       \
    case 3:                                                                    \
      r += slow(n + 1) * 5;                                                    \
      break;                                                                   \
    case -1:                                                                   \
      r -= slow(2);                                                            \
      break;                                                                   \
    case 0:                                                                    \
      r = n;                                                                   \
    }                                                                          \
    while (flag && n-- > 0) {                                                  \
      r += slow(n);                                                            \
      if (n == 2)                                                              \
        continue;                                                              \
      if (r > 1000)                                                            \
        break;                                                                 \
    }                                                                          \
    for (int i = 0; i < 3 && flag; i++)                                        \
      r += slow(i);                                                            \
    return flag ? r + (int)flag : -r;                                          \
  }
yields_as(flag) static int truth(_Bool flag, int n) BODY
    yields_as(flag) static int mode(enum mode flag, int n) BODY
    yields_as(flag) static int number(int n, int flag) BODY
    yields_as(flag) static int narrow(signed char flag, int n) BODY
    yields_as(flag) static int half(unsigned short flag, int n) BODY
    yields_as(flag) static int wide(long long flag, int n) BODY
    yields_as(flag) static int largest(unsigned long long flag, int n) BODY
    yields_as(flag) static int constant(const int flag, int n) BODY

    yields_as(flag) static int levels(int flag, int n) {
  if (!flag)
    return truth(flag, n) + wide(flag ? flag * (1LL << 33) : 0, n);
  if (n == 7)
    goto middle;
  n += slow(1);
middle:
  n += truth(flag && flag > 1, n) + truth(flag || 0, n);
  for (;;)
    if (slow(3) > 2)
      break;
  n += narrow((signed char)flag, n) * 3;
  return n + number(n, flag == 3 ? 7 : flag & 5);
}

static yields int all(int n) {
  printf("%d %d\n", truth(1, n), truth(0, n));
  printf("%d %d %d\n", mode(ON, n), mode(OFF, n), mode(NEGATIVE, n));
  printf("%d %d %d\n", number(n, 1), number(n, 0), number(n, -1));
  printf("%d %d %d\n", narrow(1, n), narrow(0, n), narrow(-1, n));
  printf("%d %d\n", half(65535, n), half((unsigned short)65536, n));
  printf("%d %d %d\n", wide(1LL << 40, n), wide(-1, n), wide(0, n));
  printf("%d %d %d\n", largest(~0ull, n), largest(1ull << 63, n),
         largest(0, n));
  printf("%d %d\n", constant(2, n), constant(0, n));
  printf("%d %d %d %d\n", levels(0, n), levels(3, n), levels(-1, n),
         levels(256, 7));
  return 0;
}

int main(void) {
  printf("%d\n", truth(0, 3) + mode(OFF, 2) + wide(0, 5) + levels(0, 3));
  return coro_block_on(all, 4);
}
