// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O0 -Wall -Werror %s -DHUGE %rt -o %t1 && %t1 | %filecheck --check-prefixes=CHECK,HUGE %s
// The state index has as many bytes as the number of suspension points needs.
#include <coro/coro.h>
#include <stdio.h>

static coro_context cx = CORO_CONTEXT_INIT;

#define S1                                                                     \
  if (n >= 0)                                                                  \
    coro_suspend();                                                            \
  n++;
#define S4 S1 S1 S1 S1
#define S16 S4 S4 S4 S4
#define S64 S16 S16 S16 S16
#define S256 S64 S64 S64 S64
#define S1024 S256 S256 S256 S256
#define S4096 S1024 S1024 S1024 S1024
#define S16384 S4096 S4096 S4096 S4096
#define S65536 S16384 S16384 S16384 S16384
#define S252 S64 S64 S64 S16 S16 S16 S4 S4 S4

// `kept` lies where a wider index would reach.
#define FUNCTION(name, SUSPEND)                                                \
  static yields long name(char c) {                                            \
    char kept = c;                                                             \
    char *p = &kept;                                                           \
    long n = 0;                                                                \
    SUSPEND                                                                    \
    return n * 1000 + *p;                                                      \
  }
FUNCTION(f0, )
FUNCTION(f1, S1)
FUNCTION(f2, S1 S1)
FUNCTION(f252, S252)
FUNCTION(f253, S252 S1)
FUNCTION(f254, S252 S1 S1)
FUNCTION(f255, S252 S1 S1 S1)
FUNCTION(f256, S256)
FUNCTION(f257, S256 S1)
#ifdef HUGE
FUNCTION(f65537, S65536 S1)
#endif

#define RUN(f)                                                                 \
  do {                                                                         \
    coro_task(f) t;                                                            \
    coro_start(&t, f, 'a');                                                    \
    long polls = 1;                                                            \
    while (coro_poll(&t, &cx) == CORO_PENDING)                                 \
      polls++;                                                                 \
    printf(#f " %ld %ld\n", polls, t.result);                                  \
  } while (0)

int main(void) {
  // CHECK: f0 1 97
  RUN(f0);
  // CHECK-NEXT: f1 2 1097
  RUN(f1);
  // CHECK-NEXT: f2 3 2097
  RUN(f2);
  // CHECK-NEXT: f252 253 252097
  RUN(f252);
  // CHECK-NEXT: f253 254 253097
  RUN(f253);
  // CHECK-NEXT: f254 255 254097
  RUN(f254);
  // CHECK-NEXT: f255 256 255097
  RUN(f255);
  // CHECK-NEXT: f256 257 256097
  RUN(f256);
  // CHECK-NEXT: f257 258 257097
  RUN(f257);
#ifdef HUGE
  // HUGE-NEXT: f65537 65538 65537097
  RUN(f65537);
#endif
}
