// Firmware: a file of settings on a flash chip. A sector is read, changed, erased,
// written page by page and verified; a worn sector is left for a spare one.
#include "support/frames.h"

enum { PAGE = 64, PAGES = 4, SECTOR = PAGE * PAGES };
enum result { GOOD, WORN, TIMEOUT };

struct chip {
  unsigned bus;
  uint16_t spare;
  uint8_t retries;
};

static yields enum result idle(struct chip *c) {
  for (int i = 0; i < 12; i++) {
    put(c->bus, 0x05);
    if (get(c->bus) & 3)
      return GOOD;
  }
  return TIMEOUT;
}

static yields void command(struct chip *c, uint8_t code, uint32_t address) {
  uint8_t bytes[5] = {0x06, code, (uint8_t)(address >> 16), (uint8_t)(address >> 8),
                      (uint8_t)address};
  drain(c->bus, bytes, sizeof(bytes));
}

static yields void read_sector(struct chip *c, uint16_t sector, uint8_t *to) {
  command(c, 0x03, (uint32_t)sector * SECTOR);
  fill(c->bus, to, SECTOR);
}

static yields enum result erase(struct chip *c, uint16_t sector) {
  command(c, 0x20, (uint32_t)sector * SECTOR);
  enum result r = idle(c);
  if (r == TIMEOUT && c->retries > 0) {
    c->retries--;
    command(c, 0x66, 0);
    r = idle(c);
  }
  return r;
}

static yields enum result program(struct chip *c, uint16_t sector, const uint8_t *from) {
  for (unsigned page = 0; page < PAGES; page++) {
    uint8_t check[PAGE];
    command(c, 0x02, (uint32_t)sector * SECTOR + page * PAGE);
    drain(c->bus, from + page * PAGE, PAGE);
    if (idle(c) != GOOD)
      return TIMEOUT;
    command(c, 0x03, (uint32_t)sector * SECTOR + page * PAGE);
    fill(c->bus, check, PAGE);
    // A bad cell now and then, as the port makes them.
    if (digest(page, check, PAGE) % 5 == 0)
      return WORN;
  }
  return GOOD;
}

static yields uint32_t store(unsigned bus, uint16_t sector, unsigned offset,
                             const char *value) {
  struct chip chip = {bus, 100, 3};
  uint8_t copy[SECTOR];
  size_t size = strlen(value);
  read_sector(&chip, sector, copy);
  memcpy(copy + offset % (SECTOR - size), value, size);
  for (int attempt = 0; attempt < 4; attempt++) {
    enum result r = erase(&chip, sector);
    if (r == GOOD)
      r = program(&chip, sector, copy);
    if (r == GOOD)
      return sector * 10u + chip.retries;
    note(r);
    sector = chip.spare++;
  }
  return digest(1, copy, SECTOR);
}

RUN(store, 2, 7, 40, "volume=11;lamp=on")
