// What a figure in a game does: it walks, talks, fights or trades, as its day
// goes; each of those keeps things of its own, and only on its path.
#include "support/frames.h"

struct point {
  int16_t x, y;
};

struct figure {
  struct point at;
  int16_t health, gold;
};

static yields bool walk(unsigned clock, struct figure *f, struct point to) {
  int steps = 0;
  while (f->at.x != to.x || f->at.y != to.y) {
    ready(clock);
    f->at.x += (f->at.x < to.x) - (f->at.x > to.x);
    f->at.y += (f->at.y < to.y) - (f->at.y > to.y);
    if (++steps > 30)
      return false;
    if (port_get(clock) < 10) // stumbles
      f->health--;
  }
  return true;
}

static yields int talk(unsigned clock, unsigned listener, const char *const *lines,
                       int count) {
  char heard[40];
  int liked = 0;
  for (int i = 0; i < count; i++) {
    int n = snprintf(heard, sizeof(heard), "%d: %s", i, lines[i]);
    drain(listener, heard, (size_t)n);
    ready(clock);
    if (get(listener) > 100)
      liked++;
  }
  return liked;
}

static yields bool fight(unsigned clock, struct figure *f, int16_t strength) {
  int16_t enemy = (int16_t)(strength + 12);
  bool angry = false, hurt = false;
  while (enemy > 0) {
    uint8_t dice = get(clock);
    enemy -= dice % 5 + (angry ? 2 : 0);
    angry = dice > 200;
    if (dice % 3 == 0) {
      f->health -= strength;
      hurt = true;
    }
    if (f->health <= 0)
      return false;
    ready(clock);
  }
  if (hurt)
    for (int rest = 0; rest < 3; rest++) {
      ready(clock);
      f->health++;
    }
  return true;
}

static yields void trade(unsigned clock, unsigned listener, struct figure *f) {
  uint16_t prices[8];
  fill(listener, prices, sizeof(prices));
  int best = 0;
  for (int i = 1; i < 8; i++)
    if (prices[i] % 50 < prices[best] % 50)
      best = i;
  put(listener, (uint8_t)best);
  ready(clock);
  f->gold -= (int16_t)(prices[best] % 50);
  f->health += (int16_t)best;
}

static yields uint32_t live(unsigned clock, unsigned world, unsigned days) {
  static const char *const greeting[] = {"good morning", "how are things?", "farewell"};
  struct figure f = {{0, 0}, 60, 100};
  for (unsigned day = 0; day < days; day++) {
    uint8_t mood = get(world);
    struct point there = {(int16_t)(mood % 9), (int16_t)(mood / 40)};
    if (!walk(clock, &f, there))
      continue;
    switch (mood % 4) {
    case 0:
      f.gold += (int16_t)talk(clock, world, greeting, 3);
      break;
    case 1:
      if (!fight(clock, &f, (int16_t)(mood % 6)))
        return day;
      f.gold += 20;
      break;
    case 2:
      trade(clock, world, &f);
      break;
    default:
      for (int i = 0; i < 4; i++)
        ready(clock);
    }
  }
  return (uint32_t)(uint16_t)f.health << 16 | (uint16_t)f.gold;
}

RUN(live, 5, 6, 20)
