// Firmware: a pressure sensor on a two-wire bus. Calibration is read once and
// passed by value; each sample is triggered, awaited, read and compensated.
#include "support/frames.h"

struct calibration {
  uint16_t t1;
  int16_t t2, t3;
  uint16_t p1;
  int16_t p2, p3, p4, p5;
};

struct sample {
  int32_t temperature;
  uint32_t pressure;
};

static yields void write_register(unsigned bus, uint8_t reg, uint8_t value) {
  uint8_t frame[3] = {0x76 << 1, reg, value};
  drain(bus, frame, sizeof(frame));
}

static yields void read_registers(unsigned bus, uint8_t reg, void *to, size_t size) {
  uint8_t frame[2] = {0x76 << 1, reg};
  drain(bus, frame, sizeof(frame));
  put(bus, 0x76 << 1 | 1);
  fill(bus, to, size);
}

static yields struct calibration calibrate(unsigned bus) {
  struct calibration c;
  for (;;) {
    uint8_t id;
    read_registers(bus, 0xd0, &id, 1);
    if (id >= 100)
      break;
  }
  write_register(bus, 0xe0, 0xb6);
  read_registers(bus, 0x88, &c, sizeof(c));
  return c;
}

static yields bool measure(unsigned bus, struct calibration c, struct sample *to) {
  uint8_t raw[6];
  write_register(bus, 0xf4, 0x25);
  for (int tries = 1;; tries++) {
    if (tries > 6)
      return false;
    uint8_t status;
    read_registers(bus, 0xf3, &status, 1);
    if ((status & 8) == 0)
      break;
  }
  read_registers(bus, 0xf7, raw, sizeof(raw));
  int32_t p = raw[0] << 12 | raw[1] << 4 | raw[2] >> 4;
  int32_t t = raw[3] << 12 | raw[4] << 4 | raw[5] >> 4;
  int32_t fine = (t / 8 - c.t1 * 2) / 16 * (c.t2 & 255) + c.t3;
  to->temperature = fine / 256;
  to->pressure = (uint32_t)p * 3 + c.p1 + (uint32_t)(fine / 4 * (c.p2 & 127)) +
                 (uint32_t)(c.p3 ^ c.p4 ^ c.p5);
  return true;
}

static yields uint32_t monitor(unsigned bus, unsigned clock, unsigned samples) {
  struct calibration c = calibrate(bus);
  struct sample last = {0, 0};
  uint32_t sum = 0, lost = 0;
  bool alarm = false;
  for (unsigned i = 0; i < samples; i++) {
    struct sample now;
    for (int wait = 0; wait < 3; wait++)
      ready(clock);
    if (!measure(bus, c, &now)) {
      lost++;
      continue;
    }
    if (now.temperature > last.temperature + 20 && !alarm) {
      alarm = true;
      write_register(bus, 0xf5, 1);
    }
    sum = sum * 31 + now.pressure;
    last = now;
  }
  return sum + lost + alarm;
}

RUN(monitor, 3, 4, 8)
