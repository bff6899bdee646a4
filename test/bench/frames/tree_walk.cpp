#include "support/task.hpp"

struct node {
  uint16_t left, right;
  uint32_t key;
};
enum { NODES = 40, DEEPEST = 12 };
static node nodes[NODES];

static generator<const node *> in_order(uint16_t root) {
  uint16_t stack[DEEPEST];
  unsigned depth = 0;
  uint16_t at = root;
  while (at != 0 || depth > 0) {
    while (at != 0 && depth < DEEPEST) {
      stack[depth++] = at;
      at = nodes[at].left;
    }
    at = stack[--depth];
    co_yield &nodes[at];
    at = nodes[at].right;
  }
}

static generator<const node *> between(uint16_t root, uint32_t low, uint32_t high) {
  auto all = in_order(root);
  while (all.next()) {
    const node *n = all.value();
    if (n->key > high)
      break;
    if (n->key >= low)
      co_yield n;
  }
}

static task<uint16_t> grow(unsigned in) {
  uint16_t root = 1;
  for (uint16_t made = 1; made < NODES; made++) {
    uint32_t key;
    co_await fill(in, &key, sizeof(key));
    nodes[made].key = key;
    for (uint16_t at = root; at != made;) {
      uint16_t *way = key < nodes[at].key ? &nodes[at].left : &nodes[at].right;
      if (*way == 0)
        *way = made;
      at = *way;
    }
  }
  co_return root;
}

static task<uint32_t> load(unsigned disk, uint32_t key) {
  uint8_t sector[64];
  co_await drain(disk, &key, sizeof(key));
  co_await fill(disk, sector, sizeof(sector));
  co_return digest(key, sector, sizeof(sector));
}

static task<uint32_t> scan(unsigned in, unsigned disk, uint32_t low, uint32_t high) {
  uint32_t sum = 0, count = 0;
  uint16_t root = co_await grow(in);
  auto found = between(root, low, high);
  while (found.next()) {
    sum = sum * 31 + co_await load(disk, found.value()->key);
    count++;
  }
  co_return sum + count;
}

RUN(scan(0, 1, 0x20000000, 0xb0000000))
