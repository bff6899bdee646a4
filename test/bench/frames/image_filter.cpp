#include "support/task.hpp"

enum { WIDTH = 80, PACKET = 32 };

struct packer {
  unsigned out;
  uint8_t used;
  uint8_t bytes[PACKET];
};

static task<> flush(struct packer *p) {
  uint8_t head[3] = {0xa5, p->used, (uint8_t)digest(1, p->bytes, p->used)};
  co_await drain(p->out, head, sizeof(head));
  co_await drain(p->out, p->bytes, p->used);
  p->used = 0;
}

static task<> pack(struct packer *p, const uint8_t *row, int width) {
  for (int x = 0; x < width;) {
    uint8_t value = row[x], run = 1;
    while (x + run < width && row[x + run] == value && run < 255)
      run++;
    x += run;
    if (p->used + 2 > PACKET)
      co_await flush(p);
    p->bytes[p->used++] = run;
    p->bytes[p->used++] = value;
  }
}

static task<bool> read_row(unsigned in, uint8_t *row) {
  co_await fill(in, row, WIDTH);
  uint8_t check = co_await get(in);
  for (int x = 0; x < WIDTH; x++)
    row[x] >>= 6; // few colours
  co_return check > 20;
}

static task<uint32_t> smooth(unsigned in, unsigned out, int height) {
  uint8_t rows[3][WIDTH] = {{0}};
  struct packer packer = {out, 0, {0}};
  uint32_t sum = 0;
  int damaged = 0;
  for (int y = 0; y < height; y++) {
    uint8_t *above = rows[y % 3], *here = rows[(y + 1) % 3], *below = rows[(y + 2) % 3];
    if (!co_await read_row(in, below)) {
      damaged++;
      memcpy(below, here, WIDTH);
    }
    uint8_t result[WIDTH];
    for (int x = 0; x < WIDTH; x++) {
      int left = x > 0 ? here[x - 1] : 0, right = x < WIDTH - 1 ? here[x + 1] : 0;
      result[x] = (uint8_t)((above[x] + below[x] + left + right + here[x] * 4) / 8);
    }
    sum = digest(sum, result, WIDTH);
    co_await pack(&packer, result, WIDTH);
  }
  co_await flush(&packer);
  co_return sum + (uint32_t)damaged;
}

RUN(smooth(0, 1, 7))
