// An index is walked in order while it is loaded: an iterator with a stack of
// its own, a filter around it, and a loop that asks a disk for what passes.
#include "support/frames.h"

struct node {
  uint16_t left, right;
  uint32_t key;
};
enum { NODES = 40, DEEPEST = 12 };
static struct node nodes[NODES];

static yields_of(const struct node *) void in_order(uint16_t root) {
  uint16_t stack[DEEPEST];
  unsigned depth = 0;
  uint16_t at = root;
  while (at != 0 || depth > 0) {
    while (at != 0 && depth < DEEPEST) {
      stack[depth++] = at;
      at = nodes[at].left;
    }
    at = stack[--depth];
    coro_yield(&nodes[at]);
    at = nodes[at].right;
  }
}

static yields_of(const struct node *) void between(uint16_t root, uint32_t low,
                                                   uint32_t high) {
  coro_for (const struct node *n, in_order, root) {
    if (n->key > high)
      break;
    if (n->key >= low)
      coro_yield(n);
  }
}

static yields uint16_t grow(unsigned in) {
  uint16_t root = 1;
  for (uint16_t made = 1; made < NODES; made++) {
    uint32_t key;
    fill(in, &key, sizeof(key));
    nodes[made].key = key;
    for (uint16_t at = root; at != made;) {
      uint16_t *way = key < nodes[at].key ? &nodes[at].left : &nodes[at].right;
      if (*way == 0)
        *way = made;
      at = *way;
    }
  }
  return root;
}

static yields uint32_t load(unsigned disk, uint32_t key) {
  uint8_t sector[64];
  drain(disk, &key, sizeof(key));
  fill(disk, sector, sizeof(sector));
  return digest(key, sector, sizeof(sector));
}

static yields uint32_t scan(unsigned in, unsigned disk, uint32_t low, uint32_t high) {
  uint32_t sum = 0, count = 0;
  uint16_t root = grow(in);
  coro_for (const struct node *n, between, root, low, high) {
    sum = sum * 31 + load(disk, n->key);
    count++;
  }
  return sum + count;
}

RUN(scan, 0, 1, 0x20000000, 0xb0000000)
