// Reads counts, one a line; runs each; prints ns, the checksum, allocations,
// and the growth of resident memory in bytes. The time is the processor's,
// which other work on the machine changes little, or with BENCH_CLOCK=wall what
// has passed. Allocations are 0 unless count_allocations.c is preloaded.
#define _GNU_SOURCE
#include "bench.h"
#include <dlfcn.h>
#include <limits.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t bench_step = 3, bench_never = 0;
volatile uint64_t bench_sink;

void *bench_opaque(void *pointer) { return pointer; }

void bench_pin(int n) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET((size_t)n, &one);
  sched_setaffinity(0, sizeof(one), &one);
}

static clockid_t used_clock = CLOCK_PROCESS_CPUTIME_ID;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(used_clock, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static uint64_t resident(void) {
  unsigned long all = 0, used = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file)
    return 0;
  if (fscanf(file, "%lu %lu", &all, &used) != 2)
    used = 0;
  fclose(file);
  return used * (uint64_t)sysconf(_SC_PAGESIZE);
}

int main(void) {
  const char *wanted = getenv("BENCH_CLOCK");
  if (wanted && !strcmp(wanted, "wall"))
    used_clock = CLOCK_MONOTONIC;
  unsigned long *allocations = dlsym(RTLD_DEFAULT, "bench_allocations");
  unsigned long none = 0;
  if (!allocations)
    allocations = &none;
  // Memory that was taken once stays with the process, whoever asks for it in
  // however large pieces: else it is page faults that are measured.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  // So that the buffer of input is not an allocation of bench_run.
  setvbuf(stdin, 0, _IOLBF, 256);
  unsigned long count;
  while (scanf("%lu", &count) == 1) {
    uint64_t memory = resident();
    unsigned long before = *allocations;
    uint64_t start = now();
    uint64_t sum = bench_run(count);
    uint64_t took = now() - start;
    unsigned long taken = *allocations - before;
    printf("%lu %lu %lu %ld\n", took, sum, taken, (long)(resident() - memory));
    fflush(stdout);
  }
}
