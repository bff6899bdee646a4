#include "support/task.hpp"

enum { ENTRIES = 16, KEY = 16, VALUE = 48 };

struct entry {
  char key[KEY], value[VALUE];
  uint8_t size;
};
static entry table[ENTRIES];

static entry *find(const char *key, bool make) {
  entry *e = &table[digest(3, key, KEY) % ENTRIES];
  if (make)
    memcpy(e->key, key, KEY);
  return memcmp(e->key, key, KEY) == 0 ? e : nullptr;
}

static task<unsigned> count(unsigned in) {
  unsigned n = 0;
  for (char c; (c = (char)co_await get{in}) >= '0' && c <= '9';)
    n = n * 10 + (unsigned)(c - '0');
  co_return n;
}

static task<> argument(unsigned in, char *to, unsigned size) {
  unsigned n = co_await count(in);
  memset(to, 0, size);
  co_await fill(in, to, n < size ? n : size);
}

static task<> set(unsigned in, unsigned out) {
  char key[KEY], value[VALUE];
  co_await argument(in, key, KEY);
  co_await argument(in, value, VALUE);
  entry *e = find(key, true);
  memcpy(e->value, value, VALUE);
  e->size = (uint8_t)strnlen(value, VALUE);
  co_await drain(out, "+OK", 3);
}

static task<> get_value(unsigned in, unsigned out) {
  char key[KEY];
  co_await argument(in, key, KEY);
  const entry *e = find(key, false);
  if (!e) {
    co_await drain(out, "$-1", 3);
    co_return;
  }
  co_await put(out, (uint8_t)('0' + e->size));
  co_await drain(out, e->value, e->size);
}

static task<> append(unsigned in, unsigned out) {
  char key[KEY], more[VALUE];
  co_await argument(in, key, KEY);
  co_await argument(in, more, VALUE);
  entry *e = find(key, true);
  size_t room = VALUE - e->size, n = strnlen(more, VALUE);
  memcpy(e->value + e->size, more, n < room ? n : room);
  e->size += (uint8_t)(n < room ? n : room);
  co_await put(out, e->size);
}

static task<> rename_key(unsigned in, unsigned out) {
  char from[KEY], to[KEY];
  co_await argument(in, from, KEY);
  co_await argument(in, to, KEY);
  entry *old = find(from, false);
  if (old) {
    entry copy = *old;
    memset(old, 0, sizeof(*old));
    co_await put(out, copy.size);
    entry *e = find(to, true);
    memcpy(e->value, copy.value, VALUE);
    e->size = copy.size;
  }
  co_await drain(out, old ? "+OK" : "-NO", 3);
}

static task<uint32_t> serve(unsigned in, unsigned out) {
  uint32_t commands = 0;
  port_script(in, "S3.abc5.hello|G3.abc|A3.abc6. world|G3.abc|R3.abc2.xy|G3.abc|G2.xy|Q", 200);
  for (;;) {
    switch (co_await get{in}) {
    case 'S':
      co_await set(in, out);
      break;
    case 'G':
      co_await get_value(in, out);
      break;
    case 'A':
      co_await append(in, out);
      break;
    case 'R':
      co_await rename_key(in, out);
      break;
    case '|':
      commands++;
      break;
    default:
      co_return commands;
    }
  }
}

RUN(serve(0, 1))
