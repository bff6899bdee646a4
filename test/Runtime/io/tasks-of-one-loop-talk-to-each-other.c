// Two hundred pairs of tasks on one thread pass a number to and fro over
// sockets and blocking pipes: nothing blocks the thread, or the others would
// hang.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "run.h"

enum { PAIRS = 200, ROUNDS = 50 };

static yields void pass(int in, int out, int first) {
  unsigned char number = 0;
  if (first)
    CHECK(coro_write(out, &number, 1) == 1);
  for (int i = 0; i < ROUNDS; i++) {
    unsigned char before = number;
    CHECK(coro_read(in, &number, 1) == 1);
    CHECK(i == 0 || number == before + 1);
    number++;
    if (i < ROUNDS - 1 || !first)
      CHECK(coro_write(out, &number, 1) == 1);
  }
}

static struct player {
  coro_job job;
  coro_task(pass) task;
} players[PAIRS][2];

static void play(coro_loop *loop, struct player *player, int in, int out,
                 int first) {
  coro_start(&player->task, pass, in, out, first);
  coro_loop_add(loop, &player->job, coro_erase(&player->task), NULL);
}

int main(void) {
  coro_loop loop;
  CHECK(coro_loop_init(&loop) == 0);
  for (int i = 0; i < PAIRS; i++) {
    int a[2], b[2];
    if (i % 2) {
      CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, a));
      play(&loop, &players[i][0], a[0], a[0], 1);
      play(&loop, &players[i][1], a[1], a[1], 0);
    } else {
      CHECK(!pipe(a) && !pipe(b));
      play(&loop, &players[i][0], a[0], b[1], 1);
      play(&loop, &players[i][1], b[0], a[1], 0);
    }
  }
  CHECK(coro_loop_run(&loop) == CORO_RUN_FINISHED);
  coro_loop_fini(&loop);
}
