#include "support/task.hpp"

struct bits {
  unsigned in;
  uint32_t held;
  uint8_t count;
};

struct code {
  uint16_t first[16], symbols[64];
  uint8_t counts[16];
};

static task<uint32_t> take(struct bits *b, unsigned n) {
  while (b->count < n) {
    b->held |= (uint32_t)co_await get(b->in) << b->count;
    b->count += 8;
  }
  uint32_t value = b->held & ((1u << n) - 1);
  b->held >>= n;
  b->count -= n;
  co_return value;
}

static task<> read_code(struct bits *b, struct code *c) {
  uint8_t lengths[64];
  memset(c, 0, sizeof(*c));
  for (int i = 0; i < 64; i++) {
    lengths[i] = (uint8_t)co_await take(b, 3) + 4;
    c->counts[lengths[i]]++;
  }
  uint16_t next = 0, at[16] = {0};
  for (int l = 1; l < 16; l++) {
    c->first[l] = at[l] = next;
    next += c->counts[l];
  }
  for (int i = 0; i < 64; i++)
    c->symbols[at[lengths[i]]++] = (uint16_t)(i * 3 + lengths[i]);
}

static task<uint16_t> symbol(struct bits *b, const struct code *c) {
  uint32_t index = co_await take(b, 3);
  for (int length = 4; length < 12; length++) {
    if (index < c->counts[length])
      co_return c->symbols[c->first[length] + index];
    index = (index - c->counts[length]) << 1 | co_await take(b, 1);
    index &= 127;
  }
  co_return 255;
}

static task<uint32_t> stored(struct bits *b, unsigned out) {
  uint8_t block[128];
  b->count = 0;
  b->held = 0;
  size_t n = co_await take(b, 8) % sizeof(block);
  co_await fill(b->in, block, n);
  co_await drain(out, block, n);
  co_return (uint32_t)n;
}

static task<uint32_t> packed(struct bits *b, unsigned out) {
  struct code code;
  uint8_t window[64] = {0};
  uint32_t made = 0;
  co_await read_code(b, &code);
  for (int i = 0; i < 40; i++) {
    uint16_t s = co_await symbol(b, &code);
    if (s < 160) {
      window[made++ % 64] = (uint8_t)s;
      continue;
    }
    uint32_t distance = co_await take(b, 5) + 1, length = s - 157;
    while (length-- > 0 && made > distance) {
      window[made % 64] = window[(made - distance) % 64];
      made++;
    }
    co_await put(out, window[(made + 63) % 64]);
  }
  co_return made;
}

static task<uint32_t> inflate(unsigned in, unsigned out, unsigned blocks) {
  struct bits bits = {in, 0, 0};
  uint32_t total = 0;
  while (blocks-- > 0)
    total = total * 3 + (co_await take(&bits, 2) == 0 ? co_await stored(&bits, out) : co_await packed(&bits, out));
  co_return total;
}

RUN(inflate(0, 1, 5))
