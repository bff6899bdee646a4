#include "support/task.hpp"

struct state {
  double position[3], velocity[3];
  double spread[6];
};

struct measurement {
  float range, angle, rate;
  bool good;
};

static task<float> reading(unsigned sensor) {
  int16_t raw[4];
  co_await fill(sensor, raw, sizeof(raw));
  co_return (float)(raw[0] / 4 + raw[1] / 4 + raw[2] / 4 + raw[3] / 4) / 4;
}

static task<measurement> measure(unsigned sensor) {
  struct measurement m;
  m.range = co_await reading(sensor);
  m.angle = co_await reading(sensor);
  m.rate = co_await reading(sensor);
  m.good = co_await get(sensor) > 30;
  co_return m;
}

static task<state> predict(unsigned clock, struct state s, int substeps) {
  for (int i = 0; i < substeps; i++) {
    for (int k = 0; k < 3; k++) {
      s.position[k] += s.velocity[k] / 16;
      s.velocity[k] -= s.position[k] / 64;
      s.spread[k] += s.spread[k + 3] / 8 + 0.5;
    }
    co_await ready(clock); // one step of the simulation
  }
  co_return s;
}

static task<state> correct(unsigned sensor, struct state s) {
  struct measurement m = co_await measure(sensor);
  if (!m.good)
    co_return s;
  float parts[3] = {m.range, m.angle, m.rate};
  for (int k = 0; k < 3; k++) {
    double gain = s.spread[k] / (s.spread[k] + 8);
    s.position[k] += gain * (parts[k] - s.position[k]) / 2;
    s.spread[k] *= 1 - gain / 2;
    s.spread[k + 3] = s.spread[k + 3] / 2 + gain;
  }
  co_return s;
}

static task<uint32_t> follow(unsigned sensor, unsigned clock, unsigned out,
                              unsigned rounds) {
  struct state s = {{100, 200, 300}, {4, -4, 2}, {16, 16, 16, 2, 2, 2}};
  uint32_t sum = 0;
  for (unsigned i = 0; i < rounds; i++) {
    s = co_await predict(clock, s, 3);
    s = co_await correct(sensor, s);
    if (i % 4 == 3) {
      int32_t report[3];
      for (int k = 0; k < 3; k++)
        report[k] = (int32_t)(s.position[k] * 4);
      co_await drain(out, report, sizeof(report));
      sum = digest(sum, report, sizeof(report));
    }
  }
  co_return sum;
}

RUN(follow(0, 1, 2, 12))
