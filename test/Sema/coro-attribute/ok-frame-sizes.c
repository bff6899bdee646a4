// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// Any integer constant expression is a size; a task is a multiple of 16.
// expected-no-diagnostics
#include <coro/coro.h>

#define LIMIT 64
yields int macro(void) coro_frame(LIMIT);
yields int size(void) coro_frame(sizeof(long) * 4 + 1);
yields int one(void) coro_frame(1);
yields int conditional(void) coro_frame(sizeof(void *) > 4 ? 64 : 32);
coro_frame(64) yields int in_front(void);

_Static_assert(sizeof(coro_task(macro)) == 64, "");
_Static_assert(sizeof(coro_task(size)) == (sizeof(long) * 4 + 16) / 16 * 16, "");
_Static_assert(sizeof(coro_task(one)) == 16, "");
_Static_assert(_Alignof(coro_task(one)) == 16, "");
_Static_assert(sizeof(coro_task(in_front)) == 64, "");
