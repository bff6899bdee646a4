// RUN: %oracle %s
// Structs that begin with a coro_future: waited for alone and beside tasks, in
// every kind of storage, inside of other futures, and as coro_any_tasks.
// Effects erased, coro_wait polls them; the rest is printed as expected.
#include <coro/coro.h>
#include <stdio.h>

struct ticks {
  coro_future future;
  int left, polls;
};

static coro_status poll_ticks(coro_future *self, coro_context *cx) {
  struct ticks *ticks = (struct ticks *)self;
  ticks->polls++;
  if (ticks->left == 0)
    return CORO_DONE;
  ticks->left--;
  coro_wake(cx->waker);
  return CORO_PENDING;
}

static struct ticks ticks(int left) {
  return (struct ticks){{poll_ticks}, left, 0};
}

// Says each status in turn, whatever it may mean.
struct speaker {
  struct {
    coro_future future;
  } base;
  coro_status next;
};
static coro_status poll_speaker(coro_future *self, coro_context *cx) {
  (void)cx;
  return ((struct speaker *)self)->next++;
}

// Derived: a future that polls another.
struct outer {
  struct ticks inner;
  coro_status (*poll_inner)(coro_future *self, coro_context *cx);
  int outer_polls;
};
static coro_status poll_outer(coro_future *self, coro_context *cx) {
  struct outer *outer = (struct outer *)self;
  outer->outer_polls++;
  return outer->poll_inner(self, cx);
}

static struct ticks global = {{poll_ticks}, 2, 0};
static struct holder {
  char before;
  struct ticks ticks[3];
} holder;

static yields int wait_here(void) {
  struct ticks local = {{poll_ticks}, 3, 0};
  coro_status status = coro_wait(&local);
  return local.polls * 10 + status;
}
static yields int wait_there(struct ticks *ticks) {
  coro_wait(ticks);
  return ticks->polls;
}
static yields int wait_first(coro_future *future) { return coro_wait(future); }
static yields int wait_everywhere(void) {
  int polls = wait_there(&global);
  for (int i = 0; i < 3; i++) {
    holder.ticks[i] = ticks(i);
    polls = polls * 10 + wait_there(&holder.ticks[i]);
  }
  struct ticks made = ticks(4);
  wait_first(&made.future);
  coro_wait(&(struct ticks){.future.poll = poll_ticks, .left = 1});
  struct outer outer = {ticks(1), poll_ticks, 0};
  outer.inner.future.poll = poll_outer;
  coro_wait(&outer);
  return polls * 100 + made.polls * 10 + outer.outer_polls;
}

// Another poll function each time: what is remembered must not be too old.
static yields int wait_again(int n) {
  struct ticks one = ticks(1);
  struct outer other = {ticks(2), poll_ticks, 0};
  int polls = 0;
  for (int i = 0; i < n; i++) {
    one.future.poll = poll_ticks;
    coro_wait(&one);
    one.left = i;
    other.inner.future.poll = i % 2 ? poll_outer : poll_ticks;
    other.inner.left = 1;
    coro_wait(&other);
    polls = polls * 10 + other.outer_polls;
  }
  return polls * 100 + one.polls;
}

static yields int statuses(void) {
  struct speaker speaker = {{{poll_speaker}}, CORO_YIELDED};
  int all = coro_wait(&speaker);
  all = all * 10 + coro_wait(&speaker);
  return all * 10 + coro_wait(&speaker);
}

#ifdef CORO_ERASE_EFFECTS
static void beside_tasks(void) {
  puts("any 1 2, 1");
  puts("race 0 3");
  puts("join 6 4 4");
}
static void erased(void) { puts("erased 3 3, 2"); }
#else

static yields int count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield_now();
  return n;
}

static yields void beside_tasks(void) {
  coro_task(count) task;
  coro_start(&task, count, 3);
  struct ticks first = {{poll_ticks}, 1, 0};
  int any = coro_any(&task, &first);
  printf("any %d %d, ", any, first.polls);
  struct ticks late = ticks(9);
  coro_start(&task, count, 2);
  int race = coro_race(&task, &late);
  printf("%d\nrace %d %d\n", late.left - 6, race, 9 - late.left + 1);
  struct ticks x = ticks(5), y = ticks(3);
  coro_start(&task, count, 4);
  coro_any_task any_task = coro_erase(&task);
  coro_join(&x, &any_task, &y);
  printf("join %d %d %d\n", x.polls, task.result, y.polls);
}

static yields void erased(void) {
  struct ticks x = ticks(2), y = ticks(2);
  coro_any_task a = coro_erase_future(&x.future);
  const coro_any_task b = coro_erase_future(&y.future);
  coro_join(&a, &b);
  struct ticks z = ticks(1);
  coro_any_task c[] = {coro_erase_future(&z.future)};
  coro_wait(&c[0]);
  printf("erased %d %d, %d\n", x.polls, y.polls, z.polls);
}
#endif

static yields int all(void) {
  printf("here %d\n", wait_here());
  printf("everywhere %d\n", wait_everywhere());
  printf("again %d\n", wait_again(4));
  printf("statuses %d\n", statuses());
  beside_tasks();
  erased();
  return 0;
}

int main(void) { return coro_block_on(all); }
