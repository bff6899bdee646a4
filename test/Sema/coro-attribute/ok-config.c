// RUN: %coro %cflags -fsyntax-only %s
// RUN: %coro %cflags -fsyntax-only -DASYNC=1 -fplugin-arg-coro-config=async=1 %s
// RUN: %coro %cflags -fsyntax-only -DASYNC=-3 -fplugin-arg-coro-config=async=-0x3 %s
// RUN: %coro %cflags -fsyntax-only -DASYNC=5000000000 -fplugin-arg-coro-config=async=5000000000 %s
// RUN: %coro -E -fplugin-arg-coro-config=async=1 %s > %t.i
// RUN: %coro %cflags -fsyntax-only -fplugin-arg-coro-config=async=0 -Wno-unused-command-line-argument %t.i
// RUN: %clang %cflags -fsyntax-only -DCORO_ERASE_EFFECTS %s
// A value from the command line, or its default, in constants and in #if.
#include <coro/coro.h>

#ifndef ASYNC
#define ASYNC 0
#endif

#if coro_config(async) != ASYNC || coro_config(missing, 2) != 2
#error "in #if"
#endif
_Static_assert(coro_config(async) == ASYNC, "");
_Static_assert(coro_config(async, 7) == (ASYNC ? ASYNC : coro_config(async, 7)),
               "");
_Static_assert(coro_config(missing) == 0 && coro_config(missing, 1 ? 3 : 4) == 3,
               "");
enum { from_config = coro_config(async, 1) };
yields_if(coro_config(async)) static inline int get(int n) { return n; }
#if !coro_config(async)
int plain(void) { return get(1); }
#else
yields int waits(void) { return get(1); }
#endif
