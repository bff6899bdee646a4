#include <coro/coro.h>
#include <stdio.h>

struct point {
  int x, y;
};

/* Twice n, after a while. */
static yields int twice(int n) {
  coro_yield_now();
  return 2 * n;
}
yields int elsewhere(const char *name, int n) coro_frame(64);

struct ops {
  yields int (*read)(int) coro_frame(64);
};
static const struct ops table = {twice};

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(struct point) int points(int n) {
  struct point here = {n, n};
  coro_yield(here);
  return 3;
}
static yields char *text(void) {
  coro_suspend();
  return "text";
}
static yields_of(int) resumes_with(int) void echo(void) {
  int got;
  coro_yield_receive(0, &got);
  coro_yield(got);
}

static yields int all(void) {
  int sum = twice(1) + table.read(2);
  coro_for(int x, count, 3) sum += x;
  coro_for(struct point p, points, 3) sum += p.x;
  if (coro_sleep(1000) < 0)
    return -1;
  return sum;
}

struct holder {
  coro_task(twice) tasks[3];
};

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(all) task;
  coro_start(&task, all);
  coro_status status;
  while ((status = coro_poll(&task, &cx)) == CORO_PENDING)
    puts("...");
  coro_task(all) *same = &task;
  coro_any_task any = coro_erase(same);
  static struct holder holder;
  coro_start(&holder.tasks[0], twice, 4);
  coro_task(count) counted;
  coro_start(&counted, count, 3);
  while (coro_next(&counted))
    printf("%d\n", counted.yielded);
  static coro_task(echo) echoes;
  coro_start(&echoes, echo);
  coro_next(&echoes);
  coro_send(&echoes, 4);
  static coro_task(text) texts;
  coro_start(&texts, text);
  char *said = texts.result;
  printf("%s %d\n", said, coro_block_on(elsewhere, "name", 1));
  return status + task.result + (int)coro_poll_any(any, &cx);
}

yields int several(void) {
  coro_task(twice) a, b;
  coro_start(&a, twice, 1);
  coro_start(&b, twice, 2);
  coro_any_task c = coro_erase(&b);
  if (!coro_timeout(CORO_SECOND, &a))
    return coro_any(&a, &c);
  coro_join(&c);
  return a.result + b.result;
}

CORO_EXECUTOR(few, twice, several);

int spawns(struct few *e);
int spawns(struct few *e) {
  struct few_slot *slot = coro_closed_keep(e, twice, 3);
  if (!slot || !coro_closed_spawn(e, several) || few_run(e))
    return 1;
  return slot->task.twice.result;
}
