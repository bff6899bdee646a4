// Tasks on the threads of a pool race operations of two shared channels, give
// up after a time, and are cancelled from outside: each value is received once,
// and each receiver sees those that one sender sent to one channel in their
// order.
// RUN: %coro %cflags -O2 %s %rt -o %t && %t 3000
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan 500
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan 1000
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>

enum { SENDERS = 4, RECEIVERS = 3, MOST = 3000 };

struct value {
  int sender, number;
};
static coro_channel_of(struct value, 3) three;
static coro_channel_of(struct value, 0) none;
static int each;

/* Each written by its own task, but for received. */
static int next[SENDERS], last[RECEIVERS][2][SENDERS];
static int received[SENDERS][MOST]; /* atomic */
static int sending, receiving;      /* atomic */

static yields int send_either(struct value *value, uint64_t *seed) {
  coro_send_op ops[2];
  coro_send_op_init_of(&ops[0], &three, value);
  coro_send_op_init_of(&ops[1], &none, value);
  int index;
  if (next_random(seed) % 3) {
    index = coro_race(&ops[0], &ops[1]);
  } else {
    index = (int)(next_random(seed) % 2);
    if (!coro_timeout(next_random(seed) % 3000, &ops[index]))
      return CORO_TIMED_OUT;
  }
  CHECK(ops[!index].waiter.result == CORO_BUSY);
  return ops[index].waiter.result;
}

static yields int send_all(int sender) {
  uint64_t seed = 77777 + (unsigned)(sender + next[sender]);
  while (next[sender] < each) {
    struct value value = {sender, next[sender]};
    int result = send_either(&value, &seed);
    CHECK(result == 0 || result == CORO_TIMED_OUT);
    next[sender] += result == 0; /* with no suspension in between */
  }
  if (__atomic_sub_fetch(&sending, 1, __ATOMIC_ACQ_REL) == 0) {
    coro_channel_close_of(&three);
    coro_channel_close_of(&none);
  }
  return 0;
}

static int note(int receiver, int channel, coro_receive_op *op) {
  if (op->waiter.result != 0)
    return 1;
  const struct value *value = op->value;
  int *latest = &last[receiver][channel][value->sender];
  CHECK(value->number > *latest);
  *latest = value->number;
  CHECK(!__atomic_fetch_add(&received[value->sender][value->number], 1,
                            __ATOMIC_RELAXED));
  return 0;
}

/* True if one of them is closed. */
static yields int receive_either(int receiver, uint64_t *seed) {
  struct value values[2];
  coro_receive_op ops[2];
  coro_receive_op_init_of(&ops[0], &three, &values[0]);
  coro_receive_op_init_of(&ops[1], &none, &values[1]);
  int index;
  if (next_random(seed) % 3) {
    index = coro_race(&ops[0], &ops[1]);
  } else {
    index = (int)(next_random(seed) % 2);
    if (!coro_timeout(next_random(seed) % 3000, &ops[index]))
      return 0;
  }
  CHECK(ops[!index].waiter.result == CORO_BUSY);
  return note(receiver, index, &ops[index]);
}

static yields int receive_all(int receiver) {
  uint64_t seed = 99999 + (unsigned)receiver;
  while (!receive_either(receiver, &seed))
    ;
  for (int channel = 0; channel < 2; channel++) {
    struct value value;
    coro_receive_op op;
    do {
      if (channel)
        coro_receive_op_init_of(&op, &none, &value);
      else
        coro_receive_op_init_of(&op, &three, &value);
      coro_wait(&op);
    } while (!note(receiver, channel, &op));
    CHECK(op.waiter.result == CORO_CLOSED);
  }
  __atomic_sub_fetch(&receiving, 1, __ATOMIC_RELEASE);
  return 0;
}

static coro_pool *pool;
static coro_job jobs[SENDERS + RECEIVERS];
static coro_task(send_all) senders[SENDERS];
static coro_task(receive_all) receivers[RECEIVERS];
static int cancelled; /* atomic */

static void begin(int number);
static void ended(coro_job *job, coro_status status) {
  if (status == CORO_CANCELLED) {
    __atomic_add_fetch(&cancelled, 1, __ATOMIC_RELAXED);
    begin((int)(job - jobs));
  }
}

static void begin(int number) {
  coro_any_task task;
  if (number < SENDERS) {
    coro_start(&senders[number], send_all, number);
    task = coro_erase(&senders[number]);
  } else {
    coro_start(&receivers[number - SENDERS], receive_all, number - SENDERS);
    task = coro_erase(&receivers[number - SENDERS]);
  }
  CHECK(coro_pool_send(pool, &jobs[number], task, ended) == 0);
}

int main(int argc, char **argv) {
  each = argc > 1 ? atoi(argv[1]) : MOST;
  sending = SENDERS, receiving = RECEIVERS;
  memset(last, -1, sizeof(last));
  coro_channel_init_shared_of(&three);
  coro_channel_init_shared_of(&none);
  coro_pool_options options = {.workers = 3};
  int error;
  CHECK((pool = coro_pool_open(&options, &error)));
  for (int i = 0; i < SENDERS; i++)
    begin(i);
  for (int i = 0; i < SENDERS; i++)
    coro_pool_cancel(pool, &jobs[i]); /* none can be done without receivers */
  for (int i = 0; i < RECEIVERS; i++)
    begin(SENDERS + i);
  uint64_t seed = 5;
  while (coro_pool_wait(pool, 5 * CORO_MICROSECOND) != 0)
    coro_pool_cancel(pool, &jobs[next_random(&seed) % (SENDERS + RECEIVERS)]);
  coro_pool_close(pool);
  CHECK(!sending && !receiving && cancelled >= SENDERS);
  for (int i = 0; i < SENDERS; i++)
    for (int number = 0; number < each; number++)
      CHECK(received[i][number] == 1);
}
