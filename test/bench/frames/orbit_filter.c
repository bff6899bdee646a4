// A filter that follows a satellite: a large state goes by value through
// prediction, measurement and correction; each measurement comes in three parts.
#include "support/frames.h"

struct state {
  double position[3], velocity[3];
  double spread[6];
};

struct measurement {
  float range, angle, rate;
  bool good;
};

static yields float reading(unsigned sensor) {
  int16_t raw[4];
  fill(sensor, raw, sizeof(raw));
  return (float)(raw[0] / 4 + raw[1] / 4 + raw[2] / 4 + raw[3] / 4) / 4;
}

static yields struct measurement measure(unsigned sensor) {
  struct measurement m;
  m.range = reading(sensor);
  m.angle = reading(sensor);
  m.rate = reading(sensor);
  m.good = get(sensor) > 30;
  return m;
}

static yields struct state predict(unsigned clock, struct state s, int substeps) {
  for (int i = 0; i < substeps; i++) {
    for (int k = 0; k < 3; k++) {
      s.position[k] += s.velocity[k] / 16;
      s.velocity[k] -= s.position[k] / 64;
      s.spread[k] += s.spread[k + 3] / 8 + 0.5;
    }
    ready(clock); // one step of the simulation
  }
  return s;
}

static yields struct state correct(unsigned sensor, struct state s) {
  struct measurement m = measure(sensor);
  if (!m.good)
    return s;
  float parts[3] = {m.range, m.angle, m.rate};
  for (int k = 0; k < 3; k++) {
    double gain = s.spread[k] / (s.spread[k] + 8);
    s.position[k] += gain * (parts[k] - s.position[k]) / 2;
    s.spread[k] *= 1 - gain / 2;
    s.spread[k + 3] = s.spread[k + 3] / 2 + gain;
  }
  return s;
}

static yields uint32_t follow(unsigned sensor, unsigned clock, unsigned out,
                              unsigned rounds) {
  struct state s = {{100, 200, 300}, {4, -4, 2}, {16, 16, 16, 2, 2, 2}};
  uint32_t sum = 0;
  for (unsigned i = 0; i < rounds; i++) {
    s = predict(clock, s, 3);
    s = correct(sensor, s);
    if (i % 4 == 3) {
      int32_t report[3];
      for (int k = 0; k < 3; k++)
        report[k] = (int32_t)(s.position[k] * 4);
      drain(out, report, sizeof(report));
      sum = digest(sum, report, sizeof(report));
    }
  }
  return sum;
}

RUN(follow, 0, 1, 2, 12)
