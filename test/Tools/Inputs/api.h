// clang-format off
#include <coro/coro.h>
/* yields int comment(int) coro_frame(12); */
#define SOME 64
yields int
one(int a, // two lines
    const char *name) coro_frame(8);
yields_of(int) yields void two(int (*f)(int)) coro_frame(512);
struct plain {
  int member;
};
yields int three(void) CORO_FRAME(SOME);
yields int four(void);
yields int elsewhere(int) coro_frame(64);
static inline int body(int n) { return n; }
yields int five(void) coro_frame(0x10);
int plain(int);
