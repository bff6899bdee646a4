// A job that is cancelled here and now ends, however much fuel the task that
// asks for it has left.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static coro_executor executor;
static coro_job asked, asks;
static coro_channel channel;
static int room[4];

static yields void say(int *n) { coro_channel_send(&channel, n); }

static yields void waits(void) {
  __attribute__((cleanup(say))) int n = 1;
  coro_sleep(CORO_FOREVER);
  n = 2;
}

static yields int ends_it(bool spends) {
  while (spends && coro_spend(coro_self()))
    ;
  return coro_job_cancel_now(&asked);
}

int main(void) {
  for (int spends = 0; spends < 2; spends++) {
    coro_channel_init(&channel, room, 4, sizeof(room[0]));
    coro_executor_init(&executor, NULL, NULL);
    coro_task(waits) first;
    coro_task(ends_it) second;
    coro_start(&first, waits);
    coro_start(&second, ends_it, spends);
    coro_executor_add(&executor, &asked, coro_erase(&first), NULL);
    coro_executor_add(&executor, &asks, coro_erase(&second), NULL);
    CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
    CHECK(second.result == 0);
    int n = 0;
    CHECK(!coro_channel_try_receive(&channel, &n) && n == 1);
    coro_executor_fini(&executor);
  }
}
