// RUN: %oracle %s
// A task is a value: copied in every way C copies until it is first polled,
// kept in every kind of object, polled by hand. With effects erased there are
// no tasks: the program then prints what is expected.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

#ifdef CORO_ERASE_EFFECTS
int main(void) {
  puts("assigned 8");
  puts("copied 8");
  puts("passed 8");
  puts("returned 8");
  puts("member 8 member 8");
  puts("elements 3 6 8");
  puts("compound 8");
  puts("global 8 8");
  puts("union 8 23");
  puts("started anew 8");
  puts("joined 8 8 8");
}
#else

struct big {
  long v[5];
};

/* 8 for any start that was not disturbed. */
static yields int eight(int n, const int *four, struct big big) {
  int sum = n;
  for (int i = 0; i < 3; i++) {
    coro_yield_now();
    sum += (int)big.v[i];
  }
  coro_yield_now();
  return sum + *four + (int)big.v[3];
}
static yields char small(char c) {
  coro_yield_now();
  return c + 1;
}

typedef coro_task(eight) eight_task;

static const int four = 4;
static const struct big ones = {{1, 1, 1, -1, 9}};
#define START(task) coro_start(task, eight, 2, &four, ones)

static coro_context cx = CORO_CONTEXT_INIT;
static int finish(eight_task *task) {
  int polls = 1;
  while (coro_poll(task, &cx) == CORO_PENDING)
    polls++;
  return polls == 5 && coro_poll(task, &cx) == CORO_DONE ? task->result : -1;
}

static int finish_copy(eight_task task) {
  START(&task);
  return finish(&task);
}
static eight_task not_started(void) {
  eight_task task = {0};
  return task;
}

struct holder {
  char before;
  eight_task task;
  char after;
  struct {
    eight_task inner;
  };
};
union either {
  eight_task eight;
  coro_task(small) small;
  char bytes[4];
};

static eight_task global;
static struct holder holders[2];
static _Thread_local eight_task per_thread;

// Before coro_start a task is bytes like any others, and its bytes may be moved
// by hand until the first poll.
static void moves(void) {
  eight_task a = not_started(), b;
  b = a;
  START(&b);
  printf("assigned %d\n", finish(&b));
  START(&a);
  memcpy(&b, &a, sizeof(b));
  memset(&a, 0xee, sizeof(a));
  printf("copied %d\n", finish(&b));
  printf("passed %d\n", finish_copy(not_started()));
  a = not_started();
  START(&a);
  printf("returned %d\n", finish(&a));
}

static void objects(void) {
  holders[1] = holders[0];
  START(&holders[1].task);
  START(&holders[1].inner);
  int first = finish(&holders[1].task);
  printf("member %d member %d\n", first, finish(&holders[1].inner));
  eight_task row[3];
  for (int i = 0; i < 3; i++)
    coro_start(row + i, eight, i == 0 ? -3 : i == 1 ? 0 : 2, &four, ones);
  for (int turn = 0; turn < 4; turn++)
    for (int i = 2; i >= 0; i--)
      if (coro_poll(&row[i], &cx) != CORO_PENDING)
        puts("too early");
  for (int i = 0; i < 3; i++)
    coro_poll(&row[i], &cx);
  printf("elements %d %d %d\n", row[0].result, row[1].result, row[2].result);
  eight_task *literal = &(eight_task){0};
  START(literal);
  printf("compound %d\n", finish(literal));
  START(&global);
  START(&per_thread);
  first = finish(&global);
  printf("global %d %d\n", first, finish(&per_thread));
  union either either;
  START(&either.eight);
  first = finish(&either.eight);
  coro_start(&either.small, small, 22);
  while (coro_poll(&either.small, &cx) == CORO_PENDING)
    ;
  printf("union %d %d\n", first, either.small.result);
  coro_start(literal, eight, 100, &four, ones);
  coro_poll(literal, &cx);
  START(literal);
  printf("started anew %d\n", finish(literal));
}

static yields void join_values(eight_task by_value) {
  struct holder holder = {.task = not_started()};
  eight_task list[] = {not_started(), not_started()};
  START(&by_value);
  START(&holder.task);
  START(&list[1]);
  coro_join(&by_value, &holder.task, &list[1]);
  printf("joined %d %d %d\n", by_value.result, holder.task.result,
         list[1].result);
}

int main(void) {
  moves();
  objects();
  coro_block_on(join_values, not_started());
}
#endif
