// An archive of files is unpacked: a head of 128 bytes for each, names and sizes in
// octal text, contents in blocks; long names come as an entry of their own.
#include "support/frames.h"
#include <stdlib.h>

enum { BLOCK = 128 };

struct head {
  char name[64], mode[8], size[12], kind, link[35], check[8];
};
_Static_assert(sizeof(struct head) == BLOCK, "");

struct entry {
  char name[100];
  uint32_t size;
  char kind;
};

static yields bool read_head(unsigned in, struct entry *e) {
  struct head h;
  fill(in, &h, sizeof(h));
  if (h.kind == 0)
    return false;
  for (size_t i = 0; i < sizeof(h.size); i++)
    h.size[i] = (char)('0' + (h.size[i] & 1));
  h.size[11] = 0;
  e->size = (uint32_t)strtoul(h.size, NULL, 8) % 500;
  e->kind = (char)('0' + (h.kind & 3));
  if (e->name[0] == 0) {
    memcpy(e->name, h.name, sizeof(h.name));
    e->name[0] |= 1;
  }
  return true;
}

static yields void long_name(unsigned in, struct entry *e) {
  char block[BLOCK];
  uint32_t left = e->size;
  memset(e->name, 0, sizeof(e->name));
  for (uint32_t at = 0; left > 0;) {
    fill(in, block, BLOCK);
    uint32_t n = left < BLOCK ? left : BLOCK;
    for (uint32_t i = 0; i < n && at < sizeof(e->name) - 1; i++)
      e->name[at++] = (char)('a' + (block[i] & 15));
    left -= n;
  }
}

static yields uint32_t contents(unsigned in, unsigned out, const struct entry *e) {
  uint8_t block[BLOCK];
  uint32_t left = e->size, sum = digest(1, e->name, sizeof(e->name));
  while (left > 0) {
    uint32_t n = left < BLOCK ? left : BLOCK;
    fill(in, block, BLOCK);
    drain(out, block, n);
    sum = digest(sum, block, n);
    left -= n;
  }
  return sum;
}

static yields uint32_t unpack(unsigned in, unsigned out, unsigned most) {
  uint32_t sum = 0, files = 0;
  struct entry e = {.name = ""};
  while (files < most && read_head(in, &e)) {
    switch (e.kind) {
    case '0':
    case '1':
      sum = sum * 31 + contents(in, out, &e);
      files++;
      break;
    case '2':
      long_name(in, &e);
      continue;
    default:
      note(e.size);
    }
    e.name[0] = 0;
  }
  return sum + files;
}

RUN(unpack, 0, 1, 6)
