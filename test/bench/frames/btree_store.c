// Lookups in a B-tree on a disk: pages of 256 bytes are read on the way down, a
// full one is split and both halves written back.
#include "support/frames.h"

enum { PAGE = 256, KEYS = 30 };

struct page {
  uint16_t count, leaf;
  uint32_t keys[KEYS], children[KEYS];
};
_Static_assert(sizeof(struct page) <= PAGE, "");

struct disk {
  unsigned port;
  uint32_t reads, writes, top;
};

static yields void seek(struct disk *d, uint32_t number, bool write) {
  uint8_t command[6] = {(uint8_t)(write ? 'W' : 'R'), 0, (uint8_t)number, (uint8_t)(number >> 8)};
  drain(d->port, command, sizeof(command));
  while (get(d->port) < 64) // not there yet
    ;
}

static yields bool read_page(struct disk *d, uint32_t number, struct page *p) {
  seek(d, number, false);
  fill(d->port, p, sizeof(*p));
  p->count = p->count % KEYS + 1;
  for (unsigned i = 1; i < p->count; i++) // sorted, as on any disk
    p->keys[i] = p->keys[i - 1] + (p->keys[i] >> 6);
  p->leaf = p->leaf % 3 == 0;
  d->reads++;
  return p->keys[0] != 0;
}

static yields void write_page(struct disk *d, uint32_t number, const struct page *p) {
  seek(d, number, true);
  drain(d->port, p, sizeof(*p));
  uint32_t check = digest(number, p, sizeof(*p));
  drain(d->port, &check, sizeof(check));
  d->writes++;
}

static yields uint32_t split(struct disk *d, uint32_t number, struct page *full) {
  struct page right = {0};
  unsigned half = full->count / 2;
  right.leaf = full->leaf;
  right.count = (uint16_t)(full->count - half);
  memcpy(right.keys, full->keys + half, right.count * sizeof(uint32_t));
  memcpy(right.children, full->children + half, right.count * sizeof(uint32_t));
  full->count = (uint16_t)half;
  uint32_t made = ++d->top;
  write_page(d, made, &right);
  write_page(d, number, full);
  return made;
}

static yields uint32_t insert(struct disk *d, uint32_t root, uint32_t key) {
  struct page page;
  uint32_t number = root;
  for (int depth = 0; depth < 5; depth++) {
    if (!read_page(d, number, &page))
      return 0;
    unsigned at = 0;
    while (at + 1 < page.count && page.keys[at + 1] <= key)
      at++;
    if (page.leaf)
      break;
    number = page.children[at] % 1000;
  }
  if (page.count == KEYS || page.count > KEYS - 8)
    return split(d, number, &page);
  page.keys[page.count] = key;
  page.children[page.count++] = root;
  write_page(d, number, &page);
  return number;
}

static yields uint32_t fill_tree(unsigned port, unsigned count) {
  struct disk disk = {port, 0, 0, 1000};
  uint32_t sum = 0;
  for (unsigned i = 0; i < count; i++)
    sum = sum * 31 + insert(&disk, i % 3, i * 2654435761u);
  return sum ^ disk.reads ^ disk.writes << 16;
}

RUN(fill_tree, 2, 12)
