// A node stands for election: it asks four others for their votes at once, for a
// limited time, and waits longer before it tries again.
#include "support/frames.h"

struct ballot {
  uint32_t term, candidate, last_index, last_term;
};

struct vote {
  uint32_t term;
  bool granted;
};

static yields void ticks(unsigned clock, unsigned n) {
  for (unsigned i = 0; i < n; i++)
    ready(clock);
}

static yields struct vote ask(unsigned peer, struct ballot b) {
  uint8_t reply[24];
  for (int tries = 0; tries < 3; tries++) {
    drain(peer, &b, sizeof(b));
    ticks(peer, port_get(peer) & 15);
    fill(peer, reply, sizeof(reply));
    if (reply[0] & 3)
      break;
  }
  struct vote v = {b.term + (reply[1] > 250), (reply[2] & 3) == 1};
  return v;
}

static yields int collect(unsigned first, const struct ballot *b, uint32_t *newer) {
  coro_task(ask) one, two, three, four;
  coro_start(&one, ask, first, *b);
  coro_start(&two, ask, first + 1, *b);
  coro_start(&three, ask, first + 2, *b);
  coro_start(&four, ask, first + 3, *b);
  coro_join(&one, &two, &three, &four);
  struct vote votes[4] = {one.result, two.result, three.result, four.result};
  int granted = 1;
  for (int i = 0; i < 4; i++) {
    granted += votes[i].granted;
    if (votes[i].term > *newer)
      *newer = votes[i].term;
  }
  return granted;
}

static yields uint32_t stand(unsigned clock, unsigned peers, uint32_t self) {
  struct ballot b = {1, self, 77, 3};
  unsigned patience = 30;
  for (int round = 0; round < 8; round++) {
    uint32_t newer = b.term;
    coro_task(collect) votes;
    coro_task(ticks) timer;
    coro_start(&votes, collect, peers, &b, &newer);
    coro_start(&timer, ticks, clock, patience);
    int won = coro_race(&votes, &timer) == 0 ? votes.result : 0;
    note((uint32_t)won);
    if (won > 2)
      return b.term * 100 + (uint32_t)won;
    b.term = newer + 1;
    patience += 10;
    ticks(clock, 3);
  }
  return 0;
}

RUN(stand, 7, 1, 9)
