// A scope with 10^6 children, which are taken in the order of their ends; and
// 10^6 that were detached, of which no more is left than runs at a time. What a
// child takes beside its frame is as documented.
// RUN: %corocc %cflags -O2 %s -o %t && %t
#include "run.h"

#if UINTPTR_MAX == UINT64_MAX
#define BOX CORO_BOX_EXTRA(_Alignof(void *))
_Static_assert(sizeof(coro_spawned) + BOX == 136, "docs/language/spawning.md");
_Static_assert(sizeof(coro_child) + BOX == 160, "docs/language/spawning.md");
#endif

enum { COUNT = 1000000, BATCH = 1000 };

static yields uint32_t number(uint32_t n) {
  coro_yield_now();
  return n;
}

static yields void takes_all(void) {
  coro_scope_var(scope, 0);
  for (uint32_t i = 0; i < COUNT; i++)
    CHECK(coro_scope_spawn(&scope, number, i));
  CHECK(held == COUNT);
  uint32_t next = 0;
  for (coro_spawned *child; (child = coro_scope_next(&scope)); next++) {
    CHECK(coro_spawned_result(child, number) == next);
    coro_detach(child);
  }
  CHECK(next == COUNT && held == 0);
}

static yields void takes_none(void) {
  coro_scope_var(scope, CORO_SCOPE_COLLECT);
  for (uint32_t i = 0; i < COUNT; i++) {
    if (i % BATCH == 0)
      CHECK(coro_scope_wait(&scope) && held == 0);
    coro_detach(coro_scope_spawn(&scope, number, i));
    CHECK(held == i % BATCH + 1);
  }
}

int main(void) {
  RUN(takes_all);
  CHECK(asked == COUNT);
  RUN(takes_none);
  CHECK(asked == COUNT);
}
