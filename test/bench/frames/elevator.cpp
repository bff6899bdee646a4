#include "support/task.hpp"

enum { FLOORS = 6 };

struct panel {
  bool up[FLOORS], down[FLOORS], inside[FLOORS];
};

static task<> poll_panel(unsigned port, struct panel *p) {
  uint8_t event = co_await get(port);
  int floor = event % FLOORS;
  if (event & 0x40)
    p->up[floor] = true;
  else if (event & 0x20)
    p->down[floor] = true;
  else
    p->inside[floor] = true;
}

static task<bool> doors(unsigned motor, unsigned clock, bool open) {
  bool blocked = false, moving = true;
  uint8_t tries = 0;
  co_await put(motor, open ? 'O' : 'C');
  while (moving) {
    uint8_t sensor = co_await get(motor);
    if (!open && sensor < 20) {
      blocked = true;
      co_await put(motor, 'O');
      for (int wait = 0; wait < 4; wait++)
        co_await ready(clock);
      if (++tries > 3)
        co_return false;
      co_await put(motor, 'C');
    }
    moving = (sensor & 3) != 0;
  }
  if (blocked)
    note('b');
  co_return true;
}

static task<bool> travel(unsigned motor, unsigned clock, int8_t *floor, bool up) {
  bool slow = false, alarm = false;
  uint8_t position = 0;
  co_await put(motor, up ? 'U' : 'D');
  while (position < 40 && !alarm) {
    uint8_t pulse = co_await get(motor);
    position += slow ? pulse & 1 : pulse & 7;
    slow = position > 30;
    alarm = pulse == 255;
    if (slow)
      co_await ready(clock);
  }
  co_await put(motor, 'S');
  if (alarm)
    co_return false;
  *floor += up ? 1 : -1;
  co_return true;
}

static bool wanted(const struct panel *p, int from, int to) {
  for (int i = from; i <= to; i++)
    if (i >= 0 && i < FLOORS && (p->up[i] || p->down[i] || p->inside[i]))
      return true;
  return false;
}

static task<uint32_t> operate(unsigned buttons, unsigned motor, unsigned clock,
                               unsigned turns) {
  panel p = {};
  int8_t floor = 0;
  bool up = true, fault = false, idle = false;
  uint16_t served = 0;
  while (turns-- > 0 && !fault) {
    co_await poll_panel(buttons, &p);
    idle = !wanted(&p, 0, FLOORS - 1);
    if (idle)
      continue;
    if (p.inside[floor] || (up ? p.up[floor] : p.down[floor])) {
      p.inside[floor] = p.up[floor] = p.down[floor] = false;
      fault = !co_await doors(motor, clock, true) || !co_await doors(motor, clock, false);
      served++;
      continue;
    }
    bool further = up ? wanted(&p, floor + 1, FLOORS) : wanted(&p, 0, floor - 1);
    if (!further)
      up = !up;
    if (wanted(&p, up ? floor + 1 : 0, up ? FLOORS : floor - 1))
      fault = !co_await travel(motor, clock, &floor, up);
  }
  co_return served * 100u + (uint32_t)floor * 8 + up * 4 + fault * 2 + idle;
}

RUN(operate(0, 1, 2, 40))
