// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A variable that is returned is at the result's place from the start, whether
// it was made here or passed; not where an error could have to be there too.
#include <coro/coro.h>

struct big {
  long n[12];
};
int use(void *);

yields struct big made(void) {
  struct big b = {{1}};
  use(&b);
  coro_suspend();
  return b;
}

yields struct big passed(struct big b) {
  use(&b);
  coro_suspend();
  b.n[3]++;
  return b;
}

yields struct big one_of_two(struct big b, int which) {
  struct big c = {{1}};
  use(&b), use(&c);
  coro_suspend();
  return which ? b : c;
}

yields struct big on_two_ways(struct big b) {
  int local;
  use(&b);
  coro_suspend();
  if (use(&local))
    return b;
  b.n[3]++;
  return b;
}

yields struct big last(int n) {
  {
    char bytes[90];
    use(bytes);
    coro_suspend();
    n += use(bytes);
  }
  struct big b = {{n}};
  use(&b);
  return b;
}

raises(long) yields struct big may_raise(struct big b) {
  coro_suspend();
  if (use(&b))
    coro_raise(1);
  return b;
}

// O0:frame of made: 104 bytes, align 8, 1 suspensions, at most 97 alive
// O0-NEXT:  8+96 result agg.result1 at 0
// O0-NEXT:frame of passed: 200 bytes, align 8, 1 suspensions, at most 97 alive
// O0-NEXT:  8+96 result agg.result2 at
// O0-NEXT:  104+96 variable b1 at 0
// O0-NEXT:frame of one_of_two: 296 bytes, align 8, 1 suspensions, at most 197 alive
// O0-NEXT:  8+96 result agg.result2 at
// O0-NEXT:  104+96 variable b1 at 0
// O0-NEXT:  4+4 variable which.addr at 0
// O0-NEXT:  200+96 variable c at 0
// O0-NEXT:frame of on_two_ways: 200 bytes, align 8, 1 suspensions, at most 97 alive
// O0-NEXT:  8+96 result agg.result2 at
// O0-NEXT:  104+96 variable b1 at 0
// O0-NEXT:frame of last: 200 bytes, align 8, 1 suspensions, at most 97 alive
// O0-NEXT:  8+96 result agg.result1 at
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  104+90 variable bytes at 0
// O0-NEXT:frame of may_raise: 200 bytes, align 8, 1 suspensions, at most 97 alive
// O0-NEXT:  8+8 variable - at
// O0-NEXT:  8+96 result agg.result3 at
// O0-NEXT:  104+96 variable b2 at 0

// O2:frame of made: 104 bytes, align 8, 1 suspensions, at most 97 alive
// O2-NEXT:  8+96 result agg.result1 at 0
// O2-NEXT:frame of passed: 104 bytes, align 8, 1 suspensions, at most 97 alive
// O2-NEXT:  8+96 result b1 at 0
// O2-NEXT:frame of one_of_two: 296 bytes, align 8, 1 suspensions, at most 197 alive
// O2-NEXT:  4+4 argument which at 0
// O2-NEXT:  8+96 result agg.result2 at
// O2-NEXT:  104+96 variable b1 at 0
// O2-NEXT:  200+96 variable c at 0
// O2-NEXT:frame of on_two_ways: 104 bytes, align 8, 1 suspensions, at most 97 alive
// O2-NEXT:  8+96 result b1 at 0
// O2-NEXT:frame of last: 104 bytes, align 8, 1 suspensions, at most 97 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:  8+96 result agg.result2 at
// O2-NEXT:  8+90 variable bytes at 0
// O2-NEXT:frame of may_raise: 200 bytes, align 8, 1 suspensions, at most 97 alive
// O2-NEXT:  8+8 variable - at
// O2-NEXT:  8+96 result agg.result3 at
// O2-NEXT:  104+96 variable b2 at 0
