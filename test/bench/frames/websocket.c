// Frames of a web socket: a head of variable size, a mask, a payload that is
// echoed; pings are answered between the parts of a message.
#include "support/frames.h"

struct head {
  bool final, masked;
  uint8_t opcode;
  uint64_t length;
  uint8_t mask[4];
};

static yields void read_head(unsigned in, struct head *h) {
  uint8_t bytes[8];
  fill(in, bytes, 2);
  h->final = (bytes[0] & 0x80) != 0;
  h->opcode = bytes[0] & 3;
  h->masked = (bytes[1] & 0x80) != 0;
  h->length = bytes[1] & 0x7f;
  if (h->length == 126) {
    fill(in, bytes, 2);
    h->length = (uint64_t)bytes[0] << 8 | bytes[1];
  } else if (h->length == 127) {
    fill(in, bytes, 8);
    h->length = bytes[7];
  }
  if (h->masked)
    fill(in, h->mask, 4);
}

static yields void write_head(unsigned out, uint8_t opcode, size_t length) {
  uint8_t bytes[4] = {(uint8_t)(0x80 | opcode), (uint8_t)length, 0, 0};
  size_t size = 2;
  if (length > 125) {
    bytes[1] = 126;
    bytes[2] = (uint8_t)(length >> 8);
    bytes[3] = (uint8_t)length;
    size = 4;
  }
  drain(out, bytes, size);
}

static yields void pong(unsigned in, unsigned out, const struct head *h) {
  uint8_t data[125];
  size_t n = h->length < sizeof(data) ? (size_t)h->length : sizeof(data);
  fill(in, data, n);
  write_head(out, 10, n);
  drain(out, data, n);
}

static yields uint32_t echo(unsigned in, unsigned out, unsigned messages) {
  uint32_t sum = 0;
  while (messages-- > 0) {
    uint8_t message[200];
    size_t size = 0;
    struct head h;
    do {
      read_head(in, &h);
      if (h.opcode == 1) {
        pong(in, out, &h);
        h.final = false;
        continue;
      }
      size_t room = sizeof(message) - size;
      size_t n = h.length < room ? (size_t)h.length : room;
      fill(in, message + size, n);
      if (h.masked)
        for (size_t i = 0; i < n; i++)
          message[size + i] ^= h.mask[i & 3];
      size += n;
    } while (!h.final);
    write_head(out, 2, size);
    drain(out, message, size);
    sum = digest(sum, message, size);
  }
  return sum;
}

RUN(echo, 0, 1, 6)
