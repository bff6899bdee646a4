#include "support/task.hpp"

enum fault : uint8_t { NONE, TOO_LONG, BAD_KIND, BAD_NUMBER };

struct input {
  unsigned port;
  uint32_t at;
};

struct color {
  uint8_t red, green, blue;
};

struct zone {
  char name[20];
  color shade;
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

static task<fault> number(input *in, uint64_t *to) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = co_await get(in->port);
    in->at++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 160) {
      *to = value;
      co_return NONE;
    }
  }
  co_return BAD_NUMBER;
}

static task<fault> text(input *in, char *to, size_t size) {
  uint64_t n;
  if (fault f = co_await number(in, &n))
    co_return f;
  n %= 40;
  memset(to, 0, size);
  if (n > size + 16)
    co_return TOO_LONG;
  co_await fill(in->port, to, n < size ? n : size);
  in->at += (uint32_t)n;
  co_return NONE;
}

static task<fault> read_color(input *in, color *c) {
  uint32_t end = in->at + 6;
  *c = {0, 0, 0};
  while (in->at < end) {
    uint64_t field, value;
    if (fault f = co_await number(in, &field))
      co_return f;
    if (fault f = co_await number(in, &value))
      co_return f;
    switch (field & 3) {
    case 0:
      c->red = (uint8_t)value;
      break;
    case 1:
      c->green = (uint8_t)value;
      break;
    case 2:
      c->blue = (uint8_t)value;
      break;
    default:
      if ((uint8_t)value > 250)
        co_return BAD_KIND;
    }
  }
  co_return NONE;
}

static task<fault> read_zone(input *in, zone *z) {
  uint32_t end = in->at + 30;
  memset(z, 0, sizeof(*z));
  while (in->at < end) {
    uint64_t field, value;
    if (fault f = co_await number(in, &field))
      co_return f;
    field &= 7;
    if (field == 0) {
      if (fault f = co_await text(in, z->name, sizeof(z->name)))
        co_return f;
    } else if (field == 1) {
      color c;
      if (fault f = co_await read_color(in, &c))
        co_return f;
      z->shade = c;
    } else if (field < 4) {
      if (fault f = co_await number(in, &value))
        co_return f;
      z->level += (uint32_t)value;
    } else if (field < 6) {
      z->value_kind = (uint8_t)field;
      if (fault f = co_await number(in, &value))
        co_return f;
      if (field == 4)
        z->value.lamp = (uint32_t)value;
      else
        z->value.heating = (float)(value % 1000) / 8;
    } else {
      z->value_kind = (uint8_t)field;
      if (fault f = co_await text(in, z->value.scene, sizeof(z->value.scene)))
        co_return f;
    }
  }
  co_return NONE;
}

static task<fault> decode(input *in, settings *s, int zones) {
  zone z;
  uint64_t version;
  if (fault f = co_await number(in, &s->id))
    co_return f;
  if (fault f = co_await number(in, &version))
    co_return f;
  s->version = (uint32_t)version;
  for (int i = 0; i < zones; i++) {
    if (fault f = co_await read_zone(in, &z))
      co_return f;
    s->zones++;
    s->checksum = digest(s->checksum + z.level, z.name, sizeof(z.name));
    s->checksum += z.shade.red * 3u + z.shade.green * 5u + z.shade.blue;
    if (z.value_kind > 5)
      note(digest(1, z.value.scene, sizeof(z.value.scene)));
    else
      note(z.value_kind == 5 ? (uint32_t)z.value.heating : z.value.lamp);
  }
  co_return NONE;
}

static task<uint32_t> all(unsigned port, int messages) {
  uint32_t sum = 0;
  for (int i = 0; i < messages; i++) {
    input in = {port, 0};
    settings s = {0, 0, 0, 0};
    if (fault why = co_await decode(&in, &s, 3))
      note((uint32_t)why * 1000 + in.at);
    sum = sum * 31 + s.checksum + s.zones + (uint32_t)s.id;
  }
  co_return sum;
}

RUN(all(3, 6))
