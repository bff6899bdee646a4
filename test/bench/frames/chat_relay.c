// One connection of a chat: a reader and a writer run beside each other, with a
// queue between them; the reader counts what is refused because it is full.
#include "support/frames.h"

enum { QUEUE = 4, TEXT = 24 };

struct message {
  uint8_t size;
  char text[TEXT];
};

struct channel {
  unsigned in, out, clock;
  uint8_t first, count;
  bool closed;
  struct message queue[QUEUE];
};

static yields uint32_t reader(struct channel *c) {
  uint32_t refused = 0;
  for (;;) {
    uint8_t size = get(c->in) % 32;
    if (size == 0)
      break;
    if (c->count == QUEUE || size > TEXT) {
      char skipped[32];
      fill(c->in, skipped, size);
      refused++;
      continue;
    }
    // Its place is taken when it is there as a whole.
    struct message m = {.size = size};
    fill(c->in, m.text, size);
    c->queue[(c->first + c->count) % QUEUE] = m;
    c->count++;
  }
  c->closed = true;
  return refused;
}

static yields uint32_t writer(struct channel *c, const char *name) {
  uint32_t sum = 0;
  while (c->count > 0 || !c->closed) {
    if (c->count == 0) {
      ready(c->clock);
      continue;
    }
    struct message *m = &c->queue[c->first];
    char line[TEXT + 16];
    int n = snprintf(line, sizeof(line), "%s> ", name);
    for (int i = 0; i < m->size; i++)
      line[n + i] = (char)('a' + (m->text[i] & 15));
    n += m->size;
    c->first = (c->first + 1) % QUEUE;
    c->count--;
    for (int at = 0; at < n;) { // some of it at a time
      int part = 1 + get(c->clock) % 16;
      if (part > n - at)
        part = n - at;
      drain(c->out, line + at, (size_t)part);
      at += part;
    }
    sum = digest(sum, line, (size_t)n);
  }
  return sum;
}

static yields uint32_t relay(unsigned in, unsigned out, unsigned clock, const char *name) {
  struct channel c = {.in = in, .out = out, .clock = clock};
  coro_task(reader) reading;
  coro_task(writer) writing;
  coro_start(&reading, reader, &c);
  coro_start(&writing, writer, &c, name);
  coro_join(&reading, &writing);
  return reading.result * 65536 + (writing.result & 65535);
}

RUN(relay, 6, 1, 2, "ann")
