// Three sorted streams become one: each is a generator over a compressed block
// that was read before; duplicates are dropped.
#include "support/frames.h"

struct block {
  uint8_t bytes[48];
};

static yields_of(uint32_t) void numbers(const struct block *b, uint32_t from) {
  uint32_t value = from;
  for (size_t i = 0; i < sizeof(b->bytes);) {
    uint32_t step = b->bytes[i++];
    if (step & 0x80 && i < sizeof(b->bytes))
      step = (step & 0x7f) << 8 | b->bytes[i++];
    value += step;
    coro_yield(value);
    for (uint32_t again = step & 3; again > 2; again--)
      coro_yield(value);
  }
}

static yields uint32_t merge(unsigned in, unsigned out) {
  struct block blocks[3];
  for (int i = 0; i < 3; i++)
    fill(in, &blocks[i], sizeof(blocks[i]));
  coro_task(numbers) a, b, c;
  coro_start(&a, numbers, &blocks[0], 10);
  coro_start(&b, numbers, &blocks[1], 20);
  coro_start(&c, numbers, &blocks[2], 30);
  bool more_a = coro_next(&a), more_b = coro_next(&b), more_c = coro_next(&c);
  uint32_t last = 0, count = 0;
  while (more_a || more_b || more_c) {
    uint32_t least = ~0u;
    if (more_a && a.yielded < least)
      least = a.yielded;
    if (more_b && b.yielded < least)
      least = b.yielded;
    if (more_c && c.yielded < least)
      least = c.yielded;
    if (more_a && a.yielded == least)
      more_a = coro_next(&a);
    if (more_b && b.yielded == least)
      more_b = coro_next(&b);
    if (more_c && c.yielded == least)
      more_c = coro_next(&c);
    if (least == last)
      continue;
    last = least;
    count++;
    drain(out, &least, sizeof(least));
  }
  return count * 65536 + (last & 65535);
}

RUN(merge, 0, 1)
