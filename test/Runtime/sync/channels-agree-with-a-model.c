// Random operations, races of two, cancels and spurious polls on three local
// channels (rendezvous, small, larger), against a plain queue for each: what is
// sent is received once, in the order of sending, and nothing else is; an
// operation that lost or was cancelled did nothing; who is not woken could not
// have gone on.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/channel.h>

enum { CHANNELS = 3, ACTORS = 7, ROOM = 1 << 16, SEEDS = 1000, STEPS = 4000 };

static coro_channel_of(int, 0) none;
static coro_channel_of(int, 1) one;
static coro_channel_of(int, 5) five;

static struct model {
  coro_channel *channel;
  size_t capacity;
  int values[ROOM];
  size_t head, tail;
} models[CHANNELS];

union arm {
  coro_waiter waiter;
  coro_send_op send;
  coro_receive_op receive;
};

static struct actor {
  union arm arms[2];
  int sent[2], got[2]; /* what the arms point to */
  int sends[2];        /* which kind */
  struct model *at[2];
  int count; /* of arms that are raced; 0 where it does nothing */
  int woken;
} actors[ACTORS];

static uint64_t seed;
static unsigned pick(unsigned n) { return next_random(&seed) % n; }
static int last; /* every value is another number */

static void wake(void *data) { ((struct actor *)data)->woken = 1; }
static const coro_waker_ops wakes = {.wake = wake};

static void sent(struct model *at, int value) {
  CHECK(!at->channel->closed && at->tail < ROOM);
  at->values[at->tail++] = value;
  CHECK(at->tail - at->head <= (at->capacity ? at->capacity : 1));
}

static void received(struct model *at, int value) {
  CHECK(at->head < at->tail && at->values[at->head] == value);
  at->head++;
}

/* What came of an operation that is over is what the model says, too. */
static void over(struct actor *actor, int arm, int result) {
  struct model *at = actor->at[arm];
  if (result == CORO_CLOSED) {
    CHECK(at->channel->closed && (actor->sends[arm] || at->head == at->tail));
    return;
  }
  CHECK(result == 0);
  if (actor->sends[arm])
    sent(at, actor->sent[arm]);
  else
    received(at, actor->got[arm]);
}

static void cancel(struct actor *actor, int except) {
  coro_context cx = CORO_CONTEXT_INIT;
  for (int i = 0; i < actor->count; i++)
    if (i != except) {
      coro_future_cancel(&actor->arms[i].waiter.future, &cx);
      CHECK(actor->arms[i].waiter.result == CORO_BUSY);
      CHECK(actor->got[i] == 0);
    }
  memset(actor->arms, 0xee, sizeof(actor->arms));
  actor->count = 0;
}

/* As coro_race: the first that is done wins. */
static void poll(struct actor *actor) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&wakes, actor};
  actor->woken = 0;
  for (int i = 0; i < actor->count; i++) {
    coro_future *future = &actor->arms[i].waiter.future;
    if (future->poll(future, &cx) == CORO_PENDING)
      continue;
    over(actor, i, actor->arms[i].waiter.result);
    CHECK(future->poll(future, &cx) == CORO_DONE);
    actor->got[i] = 0;
    cancel(actor, i);
    return;
  }
}

static void begin(struct actor *actor) {
  int count = 1 + (int)pick(2);
  for (int i = 0; i < count; i++) {
    actor->at[i] = &models[pick(CHANNELS)];
    actor->sends[i] = (int)pick(2);
    actor->sent[i] = ++last;
    actor->got[i] = 0;
    if (actor->sends[i])
      coro_send_op_init(&actor->arms[i].send, actor->at[i]->channel,
                        &actor->sent[i]);
    else
      coro_receive_op_init(&actor->arms[i].receive, actor->at[i]->channel,
                           &actor->got[i]);
  }
  actor->count = count;
  poll(actor);
}

static void try_one(void) {
  struct model *at = &models[pick(CHANNELS)];
  int value = ++last, result;
  if (pick(2)) {
    if ((result = coro_channel_try_send(at->channel, &value)) == 0)
      sent(at, value);
    else if (result == CORO_CLOSED)
      CHECK(at->channel->closed);
    else
      CHECK(result == CORO_BUSY);
  } else if ((result = coro_channel_try_receive(at->channel, &value)) == 0) {
    received(at, value);
  } else if (result == CORO_CLOSED) {
    CHECK(at->channel->closed && at->head == at->tail);
  } else {
    CHECK(result == CORO_BUSY && value == last);
  }
}

/* Where nobody is woken, who waits has a reason to. */
static void quiet(void) {
  size_t senders[CHANNELS] = {0}, receivers[CHANNELS] = {0};
  for (int i = 0; i < ACTORS; i++) {
    if (actors[i].woken)
      return;
    for (int arm = 0; arm < actors[i].count; arm++)
      (actors[i].sends[arm] ? senders
                            : receivers)[actors[i].at[arm] - models]++;
  }
  for (int i = 0; i < CHANNELS; i++) {
    size_t count = models[i].tail - models[i].head;
    CHECK(!receivers[i] || count == 0);
    CHECK(!senders[i] || !models[i].channel->closed);
    CHECK(!senders[i] || (models[i].capacity ? count == models[i].capacity
                                             : count == 1 || !receivers[i]));
    CHECK(!models[i].channel->reserved && !models[i].channel->promised);
  }
}

static void run(void) {
  coro_channel_init_of(&none);
  coro_channel_init_of(&one);
  coro_channel_init_of(&five);
  models[0].channel = &none.channel, models[0].capacity = 0;
  models[1].channel = &one.channel, models[1].capacity = 1;
  models[2].channel = &five.channel, models[2].capacity = 5;
  for (int i = 0; i < CHANNELS; i++) {
    CHECK(models[i].channel->rendezvous == !models[i].capacity);
    models[i].head = models[i].tail = 0;
  }
  for (int step = 0; step < STEPS; step++) {
    struct actor *actor = &actors[pick(ACTORS)];
    unsigned what = pick(100);
    if (what < 6)
      try_one();
    else if (!actor->count)
      begin(actor);
    else if (what < 10)
      cancel(actor, -1);
    else if (actor->woken || what < 14)
      poll(actor);
    if (step > STEPS - 300 && !pick(60))
      coro_channel_close(models[pick(CHANNELS)].channel);
    quiet();
  }
  for (int i = 0; i < ACTORS; i++)
    cancel(&actors[i], -1);
  for (int i = 0; i < CHANNELS; i++) {
    int value;
    while (coro_channel_try_receive(models[i].channel, &value) == 0)
      received(&models[i], value);
    CHECK(models[i].head == models[i].tail);
    CHECK(!models[i].channel->senders.first &&
          !models[i].channel->receivers.first);
  }
}

int main(void) {
  size_t values = 0;
  for (int i = 0; i < SEEDS; i++) {
    seed = UINT64_C(0x9e3779b97f4a7c15) * (unsigned)(i + 1);
    run();
    for (int channel = 0; channel < CHANNELS; channel++)
      values += models[channel].tail;
  }
  CHECK(values > 100000); /* it did something */
}
