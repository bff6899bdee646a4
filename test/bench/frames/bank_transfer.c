// Transfers between accounts of two banks: both are locked, debited, credited; a
// cleanup unlocks, and what was debited is paid back when the other side refuses.
#include "support/frames.h"

enum refusal { LOCKED = 1, FUNDS, CLOSED };

struct account {
  unsigned bank;
  uint32_t number;
  bool locked;
};

struct transfer {
  uint32_t from, to, amount, id;
  char purpose[32];
};

static raises(enum refusal) yields uint32_t request(unsigned bank, char what,
                                                    uint32_t account, uint32_t amount) {
  uint8_t message[16] = {(uint8_t)what};
  memcpy(message + 4, &account, 4);
  memcpy(message + 8, &amount, 4);
  drain(bank, message, sizeof(message));
  uint8_t answer[8];
  fill(bank, answer, sizeof(answer));
  if (answer[0] < 20)
    coro_raise(what == 'L' ? LOCKED : what == 'D' ? FUNDS : CLOSED);
  return digest(amount, answer, sizeof(answer));
}

static yields void unlock(struct account *a) {
  if (!a->locked)
    return;
  uint8_t message[8] = {'U'};
  memcpy(message + 4, &a->number, 4);
  drain(a->bank, message, sizeof(message));
  a->locked = false;
}

static raises(enum refusal) yields void lock(struct account *a) {
  request(a->bank, 'L', a->number, 0);
  a->locked = true;
}

static raises(enum refusal) yields uint32_t perform(const struct transfer *t,
                                                    unsigned journal) {
  __attribute__((cleanup(unlock))) struct account from = {0, t->from, false};
  lock(&from);
  __attribute__((cleanup(unlock))) struct account to = {1, t->to, false};
  lock(&to);
  uint32_t receipt = request(from.bank, 'D', from.number, t->amount);
  uint32_t credited = 0;
  coro_try {
    credited = request(to.bank, 'C', to.number, t->amount);
  }
  coro_catch (enum refusal, why) {
    request(from.bank, 'B', from.number, receipt);
    coro_raise(why);
  }
  drain(journal, t, sizeof(*t));
  return receipt ^ credited;
}

static yields uint32_t settle(unsigned journal, unsigned count) {
  uint32_t sum = 0, refused[4] = {0};
  for (unsigned i = 0; i < count; i++) {
    struct transfer t = {i * 7 + 1, i * 5 + 2, i * 1000 + 9, i, "rent"};
    t.purpose[4] = (char)('0' + i);
    coro_try {
      sum = sum * 31 + perform(&t, journal);
    }
    coro_catch (enum refusal, why) {
      refused[why]++;
      put(journal, (uint8_t)why);
    }
  }
  return sum + refused[LOCKED] * 100 + refused[FUNDS] * 10 + refused[CLOSED];
}

RUN(settle, 3, 9)
