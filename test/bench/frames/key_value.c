// A key-value server: commands with sized arguments, a table outside, and a
// handler for each command with buffers of its own.
#include "support/frames.h"

enum { ENTRIES = 16, KEY = 16, VALUE = 48 };

struct entry {
  char key[KEY], value[VALUE];
  uint8_t size;
};
static struct entry table[ENTRIES];

static struct entry *find(const char *key, bool make) {
  struct entry *e = &table[digest(3, key, KEY) % ENTRIES];
  if (make)
    memcpy(e->key, key, KEY);
  return memcmp(e->key, key, KEY) == 0 ? e : NULL;
}

static yields unsigned count(unsigned in) {
  unsigned n = 0;
  for (char c; (c = (char)get(in)) >= '0' && c <= '9';)
    n = n * 10 + (unsigned)(c - '0');
  return n;
}

static yields void argument(unsigned in, char *to, unsigned size) {
  unsigned n = count(in);
  memset(to, 0, size);
  fill(in, to, n < size ? n : size);
}

static yields void set(unsigned in, unsigned out) {
  char key[KEY], value[VALUE];
  argument(in, key, KEY);
  argument(in, value, VALUE);
  struct entry *e = find(key, true);
  memcpy(e->value, value, VALUE);
  e->size = (uint8_t)strnlen(value, VALUE);
  drain(out, "+OK", 3);
}

static yields void get_value(unsigned in, unsigned out) {
  char key[KEY];
  argument(in, key, KEY);
  const struct entry *e = find(key, false);
  if (!e) {
    drain(out, "$-1", 3);
    return;
  }
  put(out, (uint8_t)('0' + e->size));
  drain(out, e->value, e->size);
}

static yields void append(unsigned in, unsigned out) {
  char key[KEY], more[VALUE];
  argument(in, key, KEY);
  argument(in, more, VALUE);
  struct entry *e = find(key, true);
  size_t room = VALUE - e->size, n = strnlen(more, VALUE);
  memcpy(e->value + e->size, more, n < room ? n : room);
  e->size += (uint8_t)(n < room ? n : room);
  put(out, e->size);
}

static yields void rename_key(unsigned in, unsigned out) {
  char from[KEY], to[KEY];
  argument(in, from, KEY);
  argument(in, to, KEY);
  struct entry *old = find(from, false);
  if (old) {
    struct entry copy = *old;
    memset(old, 0, sizeof(*old));
    put(out, copy.size);
    struct entry *e = find(to, true);
    memcpy(e->value, copy.value, VALUE);
    e->size = copy.size;
  }
  drain(out, old ? "+OK" : "-NO", 3);
}

static yields uint32_t serve(unsigned in, unsigned out) {
  uint32_t commands = 0;
  port_script(in, "S3.abc5.hello|G3.abc|A3.abc6. world|G3.abc|R3.abc2.xy|G3.abc|G2.xy|Q", 200);
  for (;;) {
    switch (get(in)) {
    case 'S':
      set(in, out);
      break;
    case 'G':
      get_value(in, out);
      break;
    case 'A':
      append(in, out);
      break;
    case 'R':
      rename_key(in, out);
      break;
    case '|':
      commands++;
      break;
    default:
      return commands;
    }
  }
}

RUN(serve, 0, 1)
