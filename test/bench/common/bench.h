// What a bench program is made of: one bench_run in each language, and the
// driver that times it. The values a program must not see through live in the
// driver, another unit.
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Does `count` operations and returns a checksum of what they computed: the
// same for every peer of a row. Called again and again in one process.
uint64_t bench_run(uint64_t count);

// 3, 0 and 0; no compiler knows.
extern uint64_t bench_step, bench_never;
extern volatile uint64_t bench_sink;
// Gives back what it is given; no compiler knows.
void *bench_opaque(void *pointer);

// Ties the calling thread to the n-th processor, if there is one: for threads
// that are to run at the same time.
void bench_pin(int n);

#ifdef __cplusplus
}
#endif

#define APART __attribute__((noinline))

#endif
