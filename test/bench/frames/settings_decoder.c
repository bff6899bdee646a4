// Messages of numbered fields, as protocol buffers have them: integers of variable
// size, texts, and messages in messages to a depth of three, each its own function.
#include "support/frames.h"

enum { TOO_LONG = 1, BAD_KIND, BAD_NUMBER };

struct input {
  unsigned port;
  uint32_t at;
};

struct color {
  uint8_t red, green, blue;
};

struct zone {
  char name[20];
  struct color color;
  uint32_t level;
  union {
    uint32_t lamp;
    float heating;
    char scene[12];
  } value;
  uint8_t value_kind;
};

struct settings {
  uint64_t id;
  uint32_t version, zones, checksum;
};

static raises(int) yields uint64_t number(struct input *in) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = get(in->port);
    in->at++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 160)
      return value;
  }
  coro_raise(BAD_NUMBER);
}

static raises(int) yields void text(struct input *in, char *to, size_t size) {
  uint64_t n = number(in) % 40;
  memset(to, 0, size);
  if (n > size + 16)
    coro_raise(TOO_LONG);
  fill(in->port, to, n < size ? n : size);
  in->at += (uint32_t)n;
}

static raises(int) yields struct color color(struct input *in) {
  struct color c = {0, 0, 0};
  uint32_t end = in->at + 6;
  while (in->at < end) {
    uint8_t field = (uint8_t)number(in), value = (uint8_t)number(in);
    switch (field & 3) {
    case 0:
      c.red = value;
      break;
    case 1:
      c.green = value;
      break;
    case 2:
      c.blue = value;
      break;
    default:
      if (value > 250)
        coro_raise(BAD_KIND);
    }
  }
  return c;
}

static raises(int) yields void zone(struct input *in, struct zone *z) {
  uint32_t end = in->at + 30;
  memset(z, 0, sizeof(*z));
  while (in->at < end) {
    uint64_t field = number(in) & 7;
    if (field == 0)
      text(in, z->name, sizeof(z->name));
    else if (field == 1)
      z->color = color(in);
    else if (field < 4)
      z->level += (uint32_t)number(in);
    else {
      z->value_kind = (uint8_t)field;
      if (field == 4)
        z->value.lamp = (uint32_t)number(in);
      else if (field == 5)
        z->value.heating = (float)(number(in) % 1000) / 8;
      else
        text(in, z->value.scene, sizeof(z->value.scene));
    }
  }
}

static raises(int) yields void decode(struct input *in, struct settings *s, int zones) {
  struct zone z;
  s->id = number(in);
  s->version = (uint32_t)number(in);
  for (int i = 0; i < zones; i++) {
    zone(in, &z);
    s->zones++;
    s->checksum = digest(s->checksum + z.level, z.name, sizeof(z.name));
    s->checksum += z.color.red * 3u + z.color.green * 5u + z.color.blue;
    if (z.value_kind > 5)
      note(digest(1, z.value.scene, sizeof(z.value.scene)));
    else
      note(z.value_kind == 5 ? (uint32_t)z.value.heating : z.value.lamp);
  }
}

static yields uint32_t all(unsigned port, int messages) {
  uint32_t sum = 0;
  for (int i = 0; i < messages; i++) {
    struct input in = {port, 0};
    struct settings s = {0, 0, 0, 0};
    coro_try {
      decode(&in, &s, 3);
    }
    coro_catch (int, why) {
      note((uint32_t)why * 1000 + in.at);
    }
    sum = sum * 31 + s.checksum + s.zones + (uint32_t)s.id;
  }
  return sum;
}

RUN(all, 3, 6)
