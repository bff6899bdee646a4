#include "support/task.hpp"

struct ballot {
  uint32_t term, candidate, last_index, last_term;
};

struct vote {
  uint32_t term;
  bool granted;
};

static task<> ticks(unsigned clock, unsigned n) {
  for (unsigned i = 0; i < n; i++)
    co_await ready(clock);
}

static task<vote> ask(unsigned peer, struct ballot b) {
  uint8_t reply[24];
  for (int tries = 0; tries < 3; tries++) {
    co_await drain(peer, &b, sizeof(b));
    co_await ticks(peer, port_get(peer) & 15);
    co_await fill(peer, reply, sizeof(reply));
    if (reply[0] & 3)
      break;
  }
  struct vote v = {b.term + (reply[1] > 250), (reply[2] & 3) == 1};
  co_return v;
}

static task<int> collect(unsigned first, const struct ballot *b, uint32_t *newer) {
  arm one(ask(first, *b));
  arm two(ask(first + 1, *b));
  arm three(ask(first + 2, *b));
  arm four(ask(first + 3, *b));
  while (!joined(one, two, three, four))
    co_await suspend{};
  struct vote votes[4] = {one.result(), two.result(), three.result(), four.result()};
  int granted = 1;
  for (int i = 0; i < 4; i++) {
    granted += votes[i].granted;
    if (votes[i].term > *newer)
      *newer = votes[i].term;
  }
  co_return granted;
}

static task<uint32_t> stand(unsigned clock, unsigned peers, uint32_t self) {
  struct ballot b = {1, self, 77, 3};
  unsigned patience = 30;
  for (int round = 0; round < 8; round++) {
    uint32_t newer = b.term;
    arm votes(collect(peers, &b, &newer));
    arm timer(ticks(clock, patience));
    bool voted;
    while (!(voted = votes.step()) && !timer.step())
      co_await suspend{};
    int won = voted ? votes.result() : 0;
    note((uint32_t)won);
    if (won > 2)
      co_return b.term * 100 + (uint32_t)won;
    b.term = newer + 1;
    patience += 10;
    co_await ticks(clock, 3);
  }
  co_return 0;
}

RUN(stand(7, 1, 9))
