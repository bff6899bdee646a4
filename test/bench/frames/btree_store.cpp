#include "support/task.hpp"

enum { PAGE = 256, KEYS = 30 };

struct page {
  uint16_t count, leaf;
  uint32_t keys[KEYS], children[KEYS];
};
static_assert(sizeof(struct page) <= PAGE, "");

struct disk {
  unsigned port;
  uint32_t reads, writes, top;
};

static task<> seek(disk *d, uint32_t number, bool write) {
  uint8_t command[6] = {(uint8_t)(write ? 'W' : 'R'), 0, (uint8_t)number, (uint8_t)(number >> 8)};
  co_await drain(d->port, command, sizeof(command));
  while (co_await get{d->port} < 64) // not there yet
    ;
}

static task<bool> read_page(disk *d, uint32_t number, page *p) {
  co_await seek(d, number, false);
  co_await fill(d->port, p, sizeof(*p));
  p->count = p->count % KEYS + 1;
  for (unsigned i = 1; i < p->count; i++) // sorted, as on any disk
    p->keys[i] = p->keys[i - 1] + (p->keys[i] >> 6);
  p->leaf = p->leaf % 3 == 0;
  d->reads++;
  co_return p->keys[0] != 0;
}

static task<> write_page(disk *d, uint32_t number, const page *p) {
  co_await seek(d, number, true);
  co_await drain(d->port, p, sizeof(*p));
  uint32_t check = digest(number, p, sizeof(*p));
  co_await drain(d->port, &check, sizeof(check));
  d->writes++;
}

static task<uint32_t> split(disk *d, uint32_t number, page *full) {
  page right = {0};
  unsigned half = full->count / 2;
  right.leaf = full->leaf;
  right.count = (uint16_t)(full->count - half);
  memcpy(right.keys, full->keys + half, right.count * sizeof(uint32_t));
  memcpy(right.children, full->children + half, right.count * sizeof(uint32_t));
  full->count = (uint16_t)half;
  uint32_t made = ++d->top;
  co_await write_page(d, made, &right);
  co_await write_page(d, number, full);
  co_return made;
}

static task<uint32_t> insert(disk *d, uint32_t root, uint32_t key) {
  page page;
  uint32_t number = root;
  for (int depth = 0; depth < 5; depth++) {
    if (!co_await read_page(d, number, &page))
      co_return 0;
    unsigned at = 0;
    while (at + 1 < page.count && page.keys[at + 1] <= key)
      at++;
    if (page.leaf)
      break;
    number = page.children[at] % 1000;
  }
  if (page.count == KEYS || page.count > KEYS - 8)
    co_return co_await split(d, number, &page);
  page.keys[page.count] = key;
  page.children[page.count++] = root;
  co_await write_page(d, number, &page);
  co_return number;
}

static task<uint32_t> fill_tree(unsigned port, unsigned count) {
  disk disk = {port, 0, 0, 1000};
  uint32_t sum = 0;
  for (unsigned i = 0; i < count; i++)
    sum = sum * 31 + co_await insert(&disk, i % 3, i * 2654435761u);
  co_return sum ^ disk.reads ^ disk.writes << 16;
}

RUN(fill_tree(2, 12))
