#include "support/task.hpp"

enum refusal : uint8_t { NONE, LOCKED, FUNDS, CLOSED };

struct outcome {
  uint32_t value;
  refusal error;
};

struct account {
  unsigned bank;
  uint32_t number;
  bool locked;
};

struct transfer {
  uint32_t from, to, amount, id;
  char purpose[32];
};

static task<outcome> request(unsigned bank, char what, uint32_t account,
                             uint32_t amount) {
  uint8_t message[16] = {(uint8_t)what};
  memcpy(message + 4, &account, 4);
  memcpy(message + 8, &amount, 4);
  co_await drain(bank, message, sizeof(message));
  uint8_t answer[8];
  co_await fill(bank, answer, sizeof(answer));
  if (answer[0] < 20)
    co_return {0, what == 'L' ? LOCKED : what == 'D' ? FUNDS : CLOSED};
  co_return {digest(amount, answer, sizeof(answer)), NONE};
}

static task<> unlock(account *a) {
  if (!a->locked)
    co_return;
  uint8_t message[8] = {'U'};
  memcpy(message + 4, &a->number, 4);
  co_await drain(a->bank, message, sizeof(message));
  a->locked = false;
}

static task<refusal> lock(account *a) {
  outcome o = co_await request(a->bank, 'L', a->number, 0);
  a->locked = o.error == NONE;
  co_return o.error;
}

static task<outcome> locked(const transfer *t, account *from, account *to,
                            unsigned journal) {
  if (refusal why = co_await lock(from))
    co_return {0, why};
  if (refusal why = co_await lock(to))
    co_return {0, why};
  outcome receipt = co_await request(from->bank, 'D', from->number, t->amount);
  if (receipt.error)
    co_return receipt;
  outcome credited = co_await request(to->bank, 'C', to->number, t->amount);
  if (credited.error) {
    outcome back = co_await request(from->bank, 'B', from->number, receipt.value);
    co_return {0, back.error ? back.error : credited.error};
  }
  co_await drain(journal, t, sizeof(*t));
  co_return {receipt.value ^ credited.value, NONE};
}

// No destructor can wait: what must be undone is called on the one way out.
static task<outcome> perform(const transfer *t, unsigned journal) {
  account from = {0, t->from, false}, to = {1, t->to, false};
  outcome result = co_await locked(t, &from, &to, journal);
  co_await unlock(&to);
  co_await unlock(&from);
  co_return result;
}

static task<uint32_t> settle(unsigned journal, unsigned count) {
  uint32_t sum = 0, refused[4] = {0};
  for (unsigned i = 0; i < count; i++) {
    transfer t = {i * 7 + 1, i * 5 + 2, i * 1000 + 9, i, "rent"};
    t.purpose[4] = (char)('0' + i);
    outcome o = co_await perform(&t, journal);
    if (!o.error) {
      sum = sum * 31 + o.value;
    } else {
      refused[o.error]++;
      co_await put(journal, (uint8_t)o.error);
    }
  }
  co_return sum + refused[LOCKED] * 100 + refused[FUNDS] * 10 + refused[CLOSED];
}

RUN(settle(3, 9))
