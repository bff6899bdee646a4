/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What an editor reads. Language servers do not load the plugin, and still
 * should complete, show and check what is typed. To them a function that yields
 * is a function, and a task is a struct that looks like one: how large it is
 * and what type a yielded value has, only the plugin knows.
 */
#ifndef CORO_EDITOR_H
#define CORO_EDITOR_H

/* Nothing is compiled this way, not even with -w. */
__attribute__((
    error("coro's plugin is not loaded: add -fplugin=libcoro.so"))) void
__coro_plugin_is_missing(void);
__attribute__((used)) static void __coro_needs_its_plugin(void) {
  __coro_plugin_is_missing();
}

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wstrict-prototypes"

/*
 * A function with parameters is compatible with one whose parameters are not
 * told, if only their results agree. C23 has no such type.
 */
#if __STDC_VERSION__ >= 202311L
#define CORO_EDITOR_RESULTS(X)
#define CORO_EDITOR_OTHER int
#else
#define CORO_EDITOR_RESULTS(X)                                                 \
  X(bool, _Bool)                                                               \
  X(char, char)                                                                \
  X(signed_char, signed char)                                                  \
  X(unsigned_char, unsigned char)                                              \
  X(short, short)                                                              \
  X(unsigned_short, unsigned short)                                            \
  X(int, int)                                                                  \
  X(unsigned, unsigned)                                                        \
  X(long, long)                                                                \
  X(unsigned_long, unsigned long)                                              \
  X(long_long, long long)                                                      \
  X(unsigned_long_long, unsigned long long)                                    \
  X(float, float)                                                              \
  X(double, double)
#define CORO_EDITOR_OTHER void *
#endif

#define CORO_EDITOR_TASK(name, type)                                           \
  typedef type coro_editor_##name();                                           \
  struct coro_editor_task_##name {                                             \
    unsigned char coro_frame_bytes[1];                                         \
    type result;                                                               \
    int yielded;                                                               \
    int coro_received;                                                         \
  };
CORO_EDITOR_RESULTS(CORO_EDITOR_TASK)
CORO_EDITOR_TASK(other, CORO_EDITOR_OTHER)

#pragma clang diagnostic pop

#define CORO_EDITOR_CASE(name, type)                                           \
  coro_editor_##name * : (struct coro_editor_task_##name *)0,
#define coro_task(f)                                                           \
  __typeof__(*_Generic(&(f),                                                   \
                 CORO_EDITOR_RESULTS(CORO_EDITOR_CASE) default: (              \
                     struct coro_editor_task_other *)0))

void __coro_editor_reads(int, ...);
#define coro_yield(...) (__coro_editor_reads(0, __VA_ARGS__), __coro_yield())
#define coro_yield_receive(...) coro_yield(__VA_ARGS__)
#define coro_for(declaration, f, ...)                                          \
  for (declaration = {0}; __coro_next(0); (void)(f)(__VA_ARGS__))

#endif
