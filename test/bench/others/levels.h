// A value, or an error, through LEVELS functions: what the files levels-*.c
// and levels-throws.cpp have in common. levels.c measures and prints.
#ifndef BENCH_LEVELS_H
#define BENCH_LEVELS_H

#ifdef __cplusplus
extern "C" {
#endif

enum { LEVELS = 20 };

// One chain of functions, called count times. The lowest of them gives back n,
// each one above it adds 1. For a negative n the lowest one fails with error
// -n. The sum of the results and errors.
typedef long chain(int n, int count);

// What a chain does beside calling.
enum kind {
  PLAIN,    // nothing
  CLEANUPS, // each level has a variable with a cleanup
  KINDS,
};

extern chain *const raising_calls[KINDS], *const raising_ready[KINDS],
                                              *const raising_waits[KINDS];
extern chain *const code_calls[KINDS], *const code_ready[KINDS],
                                           *const code_waits[KINDS];
extern chain *const pair_calls[KINDS], *const pair_ready[KINDS],
                                           *const pair_waits[KINDS];
extern chain *const throw_calls[KINDS], *const expected_calls[KINDS];

// What each level's cleanup closes: how many are open. One for each, so that
// the levels do not wait for one another's.
extern int open_at[LEVELS + 1];
// Never set; the compiler does not know.
extern volatile int never;

#ifdef __cplusplus
}
#endif

#define APART __attribute__((noinline))

// F(name, level, the one below, ...) for each level but the lowest.
#define EACH_LEVEL(F, name, ...)                                               \
  F(name, 2, 1, __VA_ARGS__)                                                   \
  F(name, 3, 2, __VA_ARGS__)                                                   \
  F(name, 4, 3, __VA_ARGS__)                                                   \
  F(name, 5, 4, __VA_ARGS__)                                                   \
  F(name, 6, 5, __VA_ARGS__)                                                   \
  F(name, 7, 6, __VA_ARGS__)                                                   \
  F(name, 8, 7, __VA_ARGS__)                                                   \
  F(name, 9, 8, __VA_ARGS__)                                                   \
  F(name, 10, 9, __VA_ARGS__)                                                  \
  F(name, 11, 10, __VA_ARGS__)                                                 \
  F(name, 12, 11, __VA_ARGS__)                                                 \
  F(name, 13, 12, __VA_ARGS__)                                                 \
  F(name, 14, 13, __VA_ARGS__)                                                 \
  F(name, 15, 14, __VA_ARGS__)                                                 \
  F(name, 16, 15, __VA_ARGS__)                                                 \
  F(name, 17, 16, __VA_ARGS__)                                                 \
  F(name, 18, 17, __VA_ARGS__)                                                 \
  F(name, 19, 18, __VA_ARGS__)                                                 \
  F(name, 20, 19, __VA_ARGS__)

#endif
