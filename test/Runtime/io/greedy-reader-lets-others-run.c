// A task whose reads never have to wait gives way all the same.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "run.h"

#include <fcntl.h>

static int turns;
static bool finished;

static yields void read_for_ever(int fd) {
  char buf[16];
  while (!finished)
    CHECK(coro_read(fd, buf, sizeof(buf)) == sizeof(buf));
}

static yields void take_turns(void) {
  for (turns = 0; turns < 10; turns++)
    coro_yield_now();
  finished = true;
}

int main(void) {
  int zeros = open("/dev/zero", O_RDONLY);
  CHECK(zeros >= 0);
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_job jobs[2];
  coro_task(read_for_ever) greedy;
  coro_start(&greedy, read_for_ever, zeros);
  coro_executor_add(&executor, &jobs[0], coro_erase(&greedy), NULL);
  coro_task(take_turns) modest;
  coro_start(&modest, take_turns);
  coro_executor_add(&executor, &jobs[1], coro_erase(&modest), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(turns == 10);
}
