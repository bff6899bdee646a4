#include "support/task.hpp"

enum { PAGE = 64, PAGES = 4, SECTOR = PAGE * PAGES };
enum result { GOOD, WORN, TIMEOUT };

struct chip {
  unsigned bus;
  uint16_t spare;
  uint8_t retries;
};

static task<enum result> idle(struct chip *c) {
  for (int i = 0; i < 12; i++) {
    co_await put(c->bus, 0x05);
    if (co_await get(c->bus) & 3)
      co_return GOOD;
  }
  co_return TIMEOUT;
}

static task<> command(struct chip *c, uint8_t code, uint32_t address) {
  uint8_t bytes[5] = {0x06, code, (uint8_t)(address >> 16), (uint8_t)(address >> 8),
                      (uint8_t)address};
  co_await drain(c->bus, bytes, sizeof(bytes));
}

static task<> read_sector(struct chip *c, uint16_t sector, uint8_t *to) {
  co_await command(c, 0x03, (uint32_t)sector * SECTOR);
  co_await fill(c->bus, to, SECTOR);
}

static task<enum result> erase(struct chip *c, uint16_t sector) {
  co_await command(c, 0x20, (uint32_t)sector * SECTOR);
  enum result r = co_await idle(c);
  if (r == TIMEOUT && c->retries > 0) {
    c->retries--;
    co_await command(c, 0x66, 0);
    r = co_await idle(c);
  }
  co_return r;
}

static task<enum result> program(struct chip *c, uint16_t sector, const uint8_t *from) {
  for (unsigned page = 0; page < PAGES; page++) {
    uint8_t check[PAGE];
    co_await command(c, 0x02, (uint32_t)sector * SECTOR + page * PAGE);
    co_await drain(c->bus, from + page * PAGE, PAGE);
    if (co_await idle(c) != GOOD)
      co_return TIMEOUT;
    co_await command(c, 0x03, (uint32_t)sector * SECTOR + page * PAGE);
    co_await fill(c->bus, check, PAGE);
    // A bad cell now and then, as the port makes them.
    if (digest(page, check, PAGE) % 5 == 0)
      co_return WORN;
  }
  co_return GOOD;
}

static task<uint32_t> store(unsigned bus, uint16_t sector, unsigned offset,
                             const char *value) {
  struct chip chip = {bus, 100, 3};
  uint8_t copy[SECTOR];
  size_t size = strlen(value);
  co_await read_sector(&chip, sector, copy);
  memcpy(copy + offset % (SECTOR - size), value, size);
  for (int attempt = 0; attempt < 4; attempt++) {
    enum result r = co_await erase(&chip, sector);
    if (r == GOOD)
      r = co_await program(&chip, sector, copy);
    if (r == GOOD)
      co_return sector * 10u + chip.retries;
    note(r);
    sector = chip.spare++;
  }
  co_return digest(1, copy, SECTOR);
}

RUN(store(2, 7, 40, "volume=11;lamp=on"))
