// The order in which ready tasks are polled is the seed's: the same each time,
// another for another seed, every order of three in the end; each is polled as
// often as it was ready, and what is taken out is not.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/testing.h>

enum { TASKS = 3, TURNS = 4, MANY = 1000 };

static char order[MANY * TURNS + 1];
static size_t polled;

struct letter {
  coro_job job;
  int left;
  char name;
};

static coro_status poll_letter(void *frame, coro_context *cx) {
  struct letter *self = frame;
  order[polled++] = self->name;
  if (!--self->left)
    return CORO_DONE;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor letter = BY_HAND(struct letter, poll_letter);

static void run(uint64_t seed, struct letter *letters, int count, int turns,
                int removed) {
  coro_executor executor;
  coro_seeded seeded;
  coro_executor_init(&executor, NULL, NULL);
  coro_seeded_init(&seeded, seed);
  coro_executor_set_scheduler(&executor, &seeded.scheduler);
  polled = 0;
  for (int i = 0; i < count; i++) {
    letters[i] = (struct letter){.left = turns, .name = (char)('a' + i % 26)};
    coro_executor_add(&executor, &letters[i].job,
                      (coro_any_task){&letters[i], &letter}, NULL);
  }
  if (removed >= 0)
    CHECK(coro_job_remove(&letters[removed].job) == 0);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  order[polled] = 0;
}

int main(void) {
  static struct letter letters[MANY];
  char first[sizeof(order)];
  bool seen[TASKS * TASKS * TASKS] = {false};
  int orders = 0;
  for (uint64_t seed = 0; seed < 200; seed++) {
    run(seed, letters, TASKS, TURNS, -1);
    CHECK(polled == TASKS * TURNS);
    memcpy(first, order, sizeof(first));
    run(seed, letters, TASKS, TURNS, -1);
    check_text(order, first);
    run(seed, letters, TASKS, 1, -1);
    int number = (order[0] - 'a') * 9 + (order[1] - 'a') * 3 + order[2] - 'a';
    orders += !seen[number];
    seen[number] = true;
  }
  CHECK(orders == 6);

  for (int gone = 0; gone < TASKS; gone++) {
    run(7, letters, TASKS, TURNS, gone);
    CHECK(polled == (TASKS - 1) * TURNS && !strchr(order, 'a' + gone));
  }
  run(9, letters, MANY, TURNS, -1);
  CHECK(polled == MANY * TURNS);
}
