// Tasks that send and receive, race operations and give up, and are cancelled
// wherever they wait and begun again; in orders that a seed decides, by a
// virtual clock. What was sent is received once and in order, what was given up
// never, and nobody waits in vain: the executor would be stuck.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fplugin-arg-coro-poison-dead %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

enum { PRODUCERS = 3, CONSUMERS = 3, EACH = 40, SEEDS = 1000, CHANNELS = 2 };

struct value {
  int producer, number;
};
static coro_channel_of(struct value, 2) two;
static coro_channel_of(struct value, 0) none;

static uint64_t seed;
static unsigned pick(unsigned n) { return next_random(&seed) % n; }

static char sent[PRODUCERS][EACH], received[PRODUCERS][EACH];
static int next[PRODUCERS], last[CHANNELS][PRODUCERS];
static int producing, consuming, cancelled;

static void was_sent(int producer) { sent[producer][next[producer]++] = 1; }

static void was_received(const struct value *value, int channel) {
  CHECK(sent[value->producer][value->number]);
  CHECK(!received[value->producer][value->number]++);
  CHECK(value->number > last[channel][value->producer]);
  last[channel][value->producer] = value->number;
}

static yields int send_either(struct value *value) {
  coro_send_op ops[2];
  coro_send_op_init_of(&ops[0], &two, value);
  coro_send_op_init_of(&ops[1], &none, value);
  int index = coro_race(&ops[0], &ops[1]);
  CHECK(ops[!index].waiter.result == CORO_BUSY);
  return ops[index].waiter.result;
}

static yields int send_one(struct value *value) {
  switch (pick(6)) {
  case 0:
    return coro_channel_send_of(&two, value);
  case 1:
    return coro_channel_send_of(&none, value);
  case 2:
    return coro_channel_send_for_of(&two, value, pick(4));
  case 3:
    return coro_channel_send_for_of(&none, value, pick(4));
  case 4:
    return coro_channel_try_send_of(&none, value);
  default:
    return send_either(value);
  }
}

static yields int produce(int producer) {
  while (next[producer] < EACH) {
    struct value value = {producer, next[producer]};
    int result = send_one(&value);
    if (result == 0)
      was_sent(producer);
    else
      CHECK(result == CORO_TIMED_OUT || result == CORO_BUSY);
    coro_sleep(pick(4));
  }
  if (--producing == 0) {
    coro_channel_close_of(&two);
    coro_channel_close_of(&none);
  }
  return 0;
}

static yields int receive_either(void) {
  struct value values[2];
  coro_receive_op ops[2];
  coro_receive_op_init_of(&ops[0], &two, &values[0]);
  coro_receive_op_init_of(&ops[1], &none, &values[1]);
  int index = coro_race(&ops[0], &ops[1]);
  CHECK(ops[!index].waiter.result == CORO_BUSY);
  if (ops[index].waiter.result == 0)
    was_received(&values[index], index);
  return ops[index].waiter.result;
}

static yields int receive_one(void) {
  struct value value;
  unsigned how = pick(5);
  int result;
  switch (how) {
  case 0:
    result = coro_channel_receive_for_of(&two, &value, pick(6));
    break;
  case 1:
    result = coro_channel_receive_for_of(&none, &value, pick(6));
    break;
  case 2:
    result = coro_channel_try_receive_of(&two, &value);
    break;
  case 3:
    result = coro_channel_try_receive_of(&none, &value);
    break;
  default:
    return receive_either();
  }
  if (result == 0)
    was_received(&value, how % 2);
  return result;
}

static bool drained(void) {
  return two.channel.closed && !two.channel.count && !none.channel.count;
}

static yields int consume(int consumer) {
  while (!drained()) {
    (void)receive_one();
    coro_sleep(pick(4));
  }
  consuming--;
  return consumer;
}

static coro_task(produce) producers[PRODUCERS];
static coro_task(consume) consumers[CONSUMERS];
static coro_job jobs[PRODUCERS + CONSUMERS];
static coro_executor executor;
static coro_fake fake;

static void begin(int number);

/* Who was cancelled begins again where it was. */
static void ended(coro_job *job, coro_status status) {
  if (status == CORO_CANCELLED) {
    cancelled++;
    begin((int)(job - jobs));
  }
}

static void begin(int number) {
  coro_any_task task;
  if (number < PRODUCERS) {
    coro_start(&producers[number], produce, number);
    task = coro_erase(&producers[number]);
  } else {
    coro_start(&consumers[number - PRODUCERS], consume, number);
    task = coro_erase(&consumers[number - PRODUCERS]);
  }
  coro_executor_add(&executor, &jobs[number], task, ended);
}

static yields int trouble(void) {
  while (producing || consuming) {
    coro_sleep(pick(5));
    CHECK(fake.now < 100000); /* or it never ends */
    int number = (int)pick(PRODUCERS + CONSUMERS);
    if (number < PRODUCERS ? next[number] < EACH : !drained())
      coro_job_cancel(&jobs[number]);
  }
  return 0;
}

static void run(uint64_t number) {
  seed = UINT64_C(0x9e3779b97f4a7c15) * number;
  memset(sent, 0, sizeof(sent));
  memset(received, 0, sizeof(received));
  memset(next, 0, sizeof(next));
  memset(last, -1, sizeof(last));
  producing = PRODUCERS, consuming = CONSUMERS;
  coro_channel_init_of(&two);
  coro_channel_init_of(&none);

  coro_seeded seeded;
  coro_fake_init(&fake, NULL, 0);
  coro_seeded_init(&seeded, number);
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_executor_set_scheduler(&executor, &seeded.scheduler);
  for (int i = 0; i < PRODUCERS + CONSUMERS; i++)
    begin(i);
  coro_job job;
  coro_task(trouble) task;
  coro_start(&task, trouble);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  for (int i = 0; i < PRODUCERS; i++)
    for (int value = 0; value < EACH; value++)
      CHECK(sent[i][value] && received[i][value] == 1);
}

int main(void) {
  for (uint64_t number = 1; number <= SEEDS; number++)
    run(number);
  CHECK(cancelled > 10 * SEEDS);
}
