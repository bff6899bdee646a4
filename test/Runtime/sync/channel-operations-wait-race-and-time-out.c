// Channels in tasks: several senders and receivers, select by coro_race, limits
// of time, closing, rendezvous, typed values; in one executor with timers.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-spill-all %s -o %t && %t
// RUN: %corocc %cflags -Os -fplugin-arg-coro-poison-dead %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

static int finished;

typedef coro_channel_of(int, 2) numbers;
typedef coro_channel_of(const char *, 0) words;

static yields int produce(numbers *to, int first, int count) {
  for (int i = first; i < first + count; i++)
    if (coro_channel_send_of(to, &i) != 0)
      return i - first;
  return count;
}

static yields int consume(numbers *from) {
  int value, sum = 0;
  while (coro_channel_receive_of(from, &value) == 0)
    sum += value;
  return sum;
}

static yields void close_after(numbers *channel, int count) {
  coro_task(produce) a, b;
  coro_start(&a, produce, channel, 0, count);
  coro_start(&b, produce, channel, count, count);
  coro_join(&a, &b);
  CHECK(a.result == count && b.result == count);
  coro_channel_close_of(channel);
}

static yields void many_to_many(void) {
  numbers channel;
  coro_channel_init_of(&channel);
  coro_task(close_after) senders;
  coro_task(consume) a, b;
  coro_start(&senders, close_after, &channel, 50);
  coro_start(&a, consume, &channel);
  coro_start(&b, consume, &channel);
  coro_join(&senders, &a, &b);
  CHECK(a.result + b.result == 99 * 50 && a.result && b.result);
  int late = 1;
  CHECK(coro_channel_send_of(&channel, &late) == CORO_CLOSED);
  CHECK(coro_channel_try_send_of(&channel, &late) == CORO_CLOSED);
}

/* Of three operations that could all be done one is. */
static yields void select_takes_one(void) {
  numbers a, b, full;
  coro_channel_init_of(&a);
  coro_channel_init_of(&b);
  coro_channel_init_of(&full);
  int one = 1, two = 2, three = 3, got_a = 0, got_b = 0;
  CHECK(coro_channel_try_send_of(&a, &one) == 0);
  CHECK(coro_channel_try_send_of(&b, &two) == 0);
  coro_receive_op from_a, from_b;
  coro_send_op to;
  coro_receive_op_init_of(&from_a, &a, &got_a);
  coro_receive_op_init_of(&from_b, &b, &got_b);
  coro_send_op_init_of(&to, &full, &three);
  CHECK(coro_race(&from_b, &from_a, &to) == 0);
  CHECK(got_b == 2 && got_a == 0 && from_b.waiter.result == 0);
  CHECK(coro_channel_try_receive_of(&full, &got_a) == CORO_BUSY);
  CHECK(coro_channel_try_receive_of(&a, &got_a) == 0 && got_a == 1);
}

static yields int answer(numbers *a, numbers *b) {
  int value = 5;
  coro_yield_now();
  CHECK(coro_channel_try_send_of(a, &value) == 0);
  value++;
  CHECK(coro_channel_try_send_of(b, &value) == 0);
  return 0;
}

static yields int select_of(numbers *a, numbers *b) {
  int got_a = 0, got_b = 0;
  coro_receive_op from_a, from_b;
  coro_receive_op_init_of(&from_a, a, &got_a);
  coro_receive_op_init_of(&from_b, b, &got_b);
  int index = coro_race(&from_a, &from_b);
  CHECK((index ? got_a : got_b) == 0);
  return got_a + got_b;
}

/* Both are granted before the task goes on; the one that lost gives way. */
static yields void loser_passes_on(void) {
  numbers a, b;
  coro_channel_init_of(&a);
  coro_channel_init_of(&b);
  coro_task(select_of) select;
  coro_task(answer) sender;
  int second = 0;
  coro_receive_op behind;
  coro_receive_op_init_of(&behind, &b, &second);
  coro_start(&select, select_of, &a, &b);
  coro_start(&sender, answer, &a, &b);
  coro_join(&select, &sender, &behind);
  CHECK(select.result == 5 && second == 6 && behind.waiter.result == 0);
}

static yields void limited(void) {
  numbers channel;
  coro_channel_init_of(&channel);
  int value = 0;
  CHECK(coro_channel_receive_for_of(&channel, &value, 5) == CORO_TIMED_OUT);
  for (int i = 1; i <= 2; i++)
    CHECK(coro_channel_send_for_of(&channel, &i, 5) == 0);
  int third = 3;
  CHECK(coro_channel_send_for_of(&channel, &third, 5) == CORO_TIMED_OUT);
  CHECK(coro_channel_receive_for_of(&channel, &value, 5) == 0 && value == 1);
  coro_channel_close_of(&channel);
  CHECK(coro_channel_send_for_of(&channel, &third, 5) == CORO_CLOSED);
  CHECK(coro_channel_receive_for_of(&channel, &value, 5) == 0 && value == 2);
  CHECK(coro_channel_receive_for_of(&channel, &value, 5) == CORO_CLOSED);
}

static yields int say(words *to, const char *word) {
  int result = coro_channel_send_of(to, &word);
  event("said");
  return result;
}

static yields int hear(words *from, int count) {
  for (int i = 0; i < count; i++) {
    const char *word;
    CHECK(coro_channel_receive_of(from, &word) == 0);
    event(word);
  }
  return 0;
}

/* Without capacity nobody has sent before somebody waits for it. */
static yields void rendezvous(void) {
  words channel;
  coro_channel_init_of(&channel);
  const char *word = "lost";
  CHECK(coro_channel_try_send_of(&channel, &word) == CORO_BUSY);
  CHECK(coro_channel_send_for_of(&channel, &word, 5) == CORO_TIMED_OUT);
  CHECK(coro_channel_receive_for_of(&channel, &word, 5) == CORO_TIMED_OUT);
  coro_task(say) a, b;
  coro_task(hear) hearing, again;
  coro_start(&a, say, &channel, "one");
  coro_start(&b, say, &channel, "two");
  coro_start(&hearing, hear, &channel, 1);
  events[0] = 0;
  CHECK(coro_any(&hearing, &b) == 1);
  check_text(events, "said");
  coro_wait(&hearing);
  check_text(events, "said two");
  coro_start(&again, hear, &channel, 1);
  coro_join(&again, &a);
  check_text(events, "said two said one");
  CHECK(coro_channel_send_for_of(&channel, &word, 5) == CORO_TIMED_OUT);
  coro_channel_close_of(&channel);
  CHECK(coro_channel_receive_of(&channel, &word) == CORO_CLOSED);
}

/* A task that waits for a channel is cancelled: it did nothing. */
static yields void cancelled(void) {
  words channel;
  coro_channel_init_of(&channel);
  coro_task(say) a, b;
  coro_task(hear) first, second;
  coro_start(&a, say, &channel, "one");
  coro_start(&b, say, &channel, "two");
  coro_start(&first, hear, &channel, 1);
  coro_start(&second, hear, &channel, 1);
  events[0] = 0;
  CHECK(!coro_timeout(5, &first));
  CHECK(!coro_timeout(5, &a));
  coro_join(&b, &second);
  check_text(events, "said two");
  CHECK(coro_channel_receive_for_of(&channel, &channel.buffer[0], 5) ==
        CORO_TIMED_OUT);
}

static yields void all(void) {
  many_to_many();
  select_takes_one();
  loser_passes_on();
  limited();
  rendezvous();
  cancelled();
  finished++;
}

int main(void) {
  coro_fake fake;
  coro_fake_init(&fake, NULL, 0);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_job job;
  coro_task(all) task;
  coro_start(&task, all);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  CHECK(finished == 1);
}
