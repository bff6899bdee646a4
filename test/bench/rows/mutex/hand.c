// A flag that is looked at.
#include "bench.h"

struct lock {
  int held;
  uint64_t inside;
};

uint64_t bench_run(uint64_t count) {
  struct lock *lock = bench_opaque(&(struct lock){0, 0});
  for (uint64_t i = 0; i < count; i++) {
    if (lock->held)
      __builtin_trap();
    lock->held = 1;
    __asm__ volatile("" ::: "memory");
    lock->inside++;
    lock->held = 0;
    __asm__ volatile("" ::: "memory");
  }
  return lock->inside;
}
