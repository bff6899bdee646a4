// The loops of a programmer who knows both: fill the ring, empty the ring.
#include "bench.h"

enum { PLACES = 64 };

uint64_t bench_run(uint64_t count) {
  uint64_t *ring = bench_opaque((uint64_t[PLACES]){0});
  uint64_t sum = 0, sent = 0, received = 0;
  while (received < count) {
    for (; sent < count && sent - received < PLACES; sent++)
      ring[sent % PLACES] = sent;
    __asm__ volatile("" ::: "memory"); // the sides do not see each other
    for (; received < sent; received++)
      sum += ring[received % PLACES];
  }
  return sum;
}
