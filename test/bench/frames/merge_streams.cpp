#include "support/task.hpp"

struct block {
  uint8_t bytes[48];
};

static generator<uint32_t> numbers(const block *b, uint32_t from) {
  uint32_t value = from;
  for (size_t i = 0; i < sizeof(b->bytes);) {
    uint32_t step = b->bytes[i++];
    if (step & 0x80 && i < sizeof(b->bytes))
      step = (step & 0x7f) << 8 | b->bytes[i++];
    value += step;
    co_yield value;
    for (uint32_t again = step & 3; again > 2; again--)
      co_yield value;
  }
}

static task<uint32_t> merge(unsigned in, unsigned out) {
  block blocks[3];
  for (int i = 0; i < 3; i++)
    co_await fill(in, &blocks[i], sizeof(blocks[i]));
  auto a = numbers(&blocks[0], 10), b = numbers(&blocks[1], 20),
       c = numbers(&blocks[2], 30);
  bool more_a = a.next(), more_b = b.next(), more_c = c.next();
  uint32_t last = 0, count = 0;
  while (more_a || more_b || more_c) {
    uint32_t least = ~0u;
    if (more_a && a.value() < least)
      least = a.value();
    if (more_b && b.value() < least)
      least = b.value();
    if (more_c && c.value() < least)
      least = c.value();
    if (more_a && a.value() == least)
      more_a = a.next();
    if (more_b && b.value() == least)
      more_b = b.next();
    if (more_c && c.value() == least)
      more_c = c.next();
    if (least == last)
      continue;
    last = least;
    count++;
    co_await drain(out, &least, sizeof(least));
  }
  co_return count * 65536 + (last & 65535);
}

RUN(merge(0, 1))
