// The four functions of the tasks, for both of our executors.
#ifndef BENCH_KINDS_H
#define BENCH_KINDS_H

#include "bench.h"
#include <coro/coro.h>

enum { TASKS = 1000 };

static uint64_t values[TASKS];

static yields void add(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; coro_yield_now())
    values[i] += bench_step;
}
static yields void xor_with(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; coro_yield_now())
    values[i] ^= bench_step + left;
}
static yields void shift(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; coro_yield_now())
    values[i] = values[i] << 1 ^ bench_step;
}
static yields void multiply(unsigned i, uint64_t left) {
  for (values[i] = i + 1; left--; coro_yield_now())
    values[i] *= bench_step;
}

static inline unsigned kind_of(unsigned i) {
  return (i * UINT32_C(2654435761)) >> 30;
}

static uint64_t sum_values(void) {
  uint64_t sum = 0;
  for (unsigned i = 0; i < TASKS; i++)
    sum += values[i];
  return sum;
}

#endif
