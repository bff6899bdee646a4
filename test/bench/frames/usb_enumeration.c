// A USB host finds out what was plugged in: descriptors of several kinds go
// through one union; strings are only asked for where there are any.
#include "support/frames.h"

struct device {
  uint8_t kind, size0;
  uint16_t vendor, product;
  uint8_t strings, configurations;
};
struct interface {
  uint8_t kind, number, endpoints, category;
};
struct endpoint {
  uint8_t kind, address;
  uint16_t packet;
};
union descriptor {
  uint8_t bytes[64];
  struct device device;
  struct interface interface;
  struct endpoint endpoint;
};

static yields int control(unsigned bus, uint8_t request, uint16_t value, void *data,
                          size_t size) {
  uint8_t setup[8] = {0x80, request, (uint8_t)value, (uint8_t)(value >> 8),
                      0, 0, (uint8_t)size, 0};
  for (int tries = 0; tries < 3; tries++) {
    drain(bus, setup, sizeof(setup));
    if (size > 0)
      fill(bus, data, size);
    if (get(bus) < 200) // acknowledged
      return (int)size;
  }
  return -1;
}

static yields uint32_t text(unsigned bus, uint8_t index) {
  uint16_t wide[32];
  if (control(bus, 6, (uint16_t)(0x300 | index), wide, sizeof(wide)) < 0)
    return 0;
  char narrow[33] = {0};
  for (int i = 0; i < 32; i++)
    narrow[i] = (char)('a' + wide[i] % 26);
  note_text(narrow);
  return digest(index, narrow, 32);
}

static yields uint32_t endpoints(unsigned bus, unsigned count) {
  union descriptor d;
  uint32_t bandwidth = 0;
  for (unsigned e = 0; e < count; e++) {
    if (control(bus, 6, (uint16_t)(0x500 | e), &d, sizeof(d.endpoint)) < 0)
      break;
    bandwidth += d.endpoint.packet & 1023;
  }
  return bandwidth;
}

static yields uint32_t interfaces(unsigned bus, unsigned count) {
  union descriptor d;
  uint32_t sum = 0;
  for (unsigned i = 0; i < count; i++) {
    if (control(bus, 6, (uint16_t)(0x400 | i), &d, sizeof(d.interface)) < 0)
      continue;
    uint8_t category = d.interface.category;
    sum = sum * 7 + endpoints(bus, d.interface.endpoints % 4);
    if (category > 128)
      sum += text(bus, category);
  }
  return sum;
}

static yields uint32_t enumerate(unsigned bus, unsigned clock) {
  struct device device;
  uint32_t sum;
  for (int settle = 0; settle < 5; settle++)
    ready(clock);
  {
    union descriptor d;
    if (control(bus, 6, 0x100, &d, sizeof(d.device)) < 0)
      return 1;
    device = d.device;
  }
  if (control(bus, 5, device.product & 127, NULL, 0) < 0)
    return 2;
  sum = device.vendor;
  if (device.strings & 1)
    sum ^= text(bus, device.strings);
  for (unsigned c = 0; c < device.configurations % 4u + 1; c++)
    sum = sum * 31 + interfaces(bus, 3);
  return sum ^ device.product;
}

RUN(enumerate, 0, 1)
