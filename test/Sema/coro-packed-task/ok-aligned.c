// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// A packed struct may hold a task where it is aligned nevertheless.
// expected-no-diagnostics
#include <coro/coro.h>

yields int f(void) coro_frame(64);

struct __attribute__((packed, aligned(16))) at_the_top {
  coro_task(f) task;
  char c;
};
struct __attribute__((packed)) pointer {
  char c;
  coro_task(f) *task;
};
#pragma pack(push, 16)
struct wide {
  char c;
  coro_task(f) tasks[2];
};
#pragma pack(pop)
struct member {
  char c;
  coro_task(f) task __attribute__((packed, aligned(16)));
  char rest __attribute__((packed));
};
_Static_assert(_Alignof(struct member) == 16, "");
