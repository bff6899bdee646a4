#include "support/task.hpp"

struct head {
  bool final, masked;
  uint8_t opcode;
  uint64_t length;
  uint8_t mask[4];
};

static task<> read_head(unsigned in, struct head *h) {
  uint8_t bytes[8];
  co_await fill(in, bytes, 2);
  h->final = (bytes[0] & 0x80) != 0;
  h->opcode = bytes[0] & 3;
  h->masked = (bytes[1] & 0x80) != 0;
  h->length = bytes[1] & 0x7f;
  if (h->length == 126) {
    co_await fill(in, bytes, 2);
    h->length = (uint64_t)bytes[0] << 8 | bytes[1];
  } else if (h->length == 127) {
    co_await fill(in, bytes, 8);
    h->length = bytes[7];
  }
  if (h->masked)
    co_await fill(in, h->mask, 4);
}

static task<> write_head(unsigned out, uint8_t opcode, size_t length) {
  uint8_t bytes[4] = {(uint8_t)(0x80 | opcode), (uint8_t)length, 0, 0};
  size_t size = 2;
  if (length > 125) {
    bytes[1] = 126;
    bytes[2] = (uint8_t)(length >> 8);
    bytes[3] = (uint8_t)length;
    size = 4;
  }
  co_await drain(out, bytes, size);
}

static task<> pong(unsigned in, unsigned out, const struct head *h) {
  uint8_t data[125];
  size_t n = h->length < sizeof(data) ? (size_t)h->length : sizeof(data);
  co_await fill(in, data, n);
  co_await write_head(out, 10, n);
  co_await drain(out, data, n);
}

static task<uint32_t> echo(unsigned in, unsigned out, unsigned messages) {
  uint32_t sum = 0;
  while (messages-- > 0) {
    uint8_t message[200];
    size_t size = 0;
    struct head h;
    do {
      co_await read_head(in, &h);
      if (h.opcode == 1) {
        co_await pong(in, out, &h);
        h.final = false;
        continue;
      }
      size_t room = sizeof(message) - size;
      size_t n = h.length < room ? (size_t)h.length : room;
      co_await fill(in, message + size, n);
      if (h.masked)
        for (size_t i = 0; i < n; i++)
          message[size + i] ^= h.mask[i & 3];
      size += n;
    } while (!h.final);
    co_await write_head(out, 2, size);
    co_await drain(out, message, size);
    sum = digest(sum, message, size);
  }
  co_return sum;
}

RUN(echo(0, 1, 6))
