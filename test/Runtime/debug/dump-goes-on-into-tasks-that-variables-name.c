// A dump goes on into the tasks that a function waits for and that its
// variables name: a coro_any_task, also in an array, in two halves, and through
// a pointer; and a pointer to a task. What they name twice, or in a circle, is
// written once; what is over, or no task, not at all.
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t3
// RUN: %t3 > %t3.txt && %filecheck %s --input-file %t3.txt
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

static coro_mutex mutex = CORO_MUTEX_INIT;

// clang-format off
#line 100 "leaves.c"
yields static void sleeps(int n) {
  coro_sleep((uint64_t)n * CORO_SECOND);
}
yields static void locks(coro_mutex *lock) {
  coro_mutex_lock(lock);
}
#line 200 "arms.c"
yields static void several(coro_any_task first, coro_any_task second) {
  coro_any_task again = first;
  coro_join(&first, &second);
  CHECK(again.frame == first.frame);
}
yields static void array(const coro_any_task *tasks) {
  coro_any_task all[3];
  for (int i = 0; i < 3; i++)
    all[i] = tasks[i];
  coro_race(&all[0], &all[1], &all[2]);
}
__attribute__((noinline)) yields static void lends(coro_any_task *task) {
  coro_wait(task);
}
yields static void lender(coro_any_task task) {
  lends(&task);
}
yields static void limited(coro_any_task task) {
  (void)coro_timeout(CORO_SECOND, &task);
}
yields static void own(void) {
  coro_task(sleeps) task;
  coro_start(&task, sleeps, 20);
  coro_any_task same = coro_erase(&task);
  coro_wait(&same);
}
struct couple {
  coro_any_task one, other;
};
yields static void names(struct couple *both, coro_mutex *lock) {
  coro_any_task one = both->one, other = both->other;
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, lock);
  coro_wait(&op);
  CHECK(one.frame != other.frame);
}
yields static void circle(struct couple *both) {
  coro_any_task one = both->one, other = both->other;
  coro_join(&one, &other);
}
yields static void no_task(coro_any_task over, coro_any_task wild) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &mutex);
  coro_wait(&op);
  CHECK(over.frame && wild.frame);
}
yields static void by_hand(coro_any_task future) {
  coro_wait(&future);
}
#line 300 "main.c"
// clang-format on

// CHECK:      1. several: waiting
// CHECK-NEXT:     several at {{.*}}arms.c:202{{$}}
// CHECK-DAG:        {{first|again}}:
// CHECK-DAG:          sleeps at {{.*}}leaves.c:101
// CHECK-DAG:          coro_sleep at {{.*}}, waits for a timer, 5.000 s left
// CHECK-DAG:        second:
// CHECK-DAG:          locks at {{.*}}leaves.c:104
// CHECK-DAG:          coro_mutex_lock_wait at {{.*}}, waits for the mutex 0x{{.*}}, number 1 in its queue
// CHECK-NOT:        {{first|again}}:
// CHECK:      2. array: waiting
// CHECK-NEXT:     array at {{.*}}arms.c:209{{$}}
// CHECK-NEXT:       all:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 7.000 s left
// CHECK-NEXT:       all:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 8.000 s left
// CHECK-NEXT:       all:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 9.000 s left
// CHECK-NEXT: 3. lender: waiting
// CHECK-NEXT:     lender at {{.*}}arms.c:215{{$}}
// CHECK-NEXT:     lends at {{.*}}arms.c:212{{$}}
// CHECK-NEXT:       {{task|a task}}:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 3.000 s left
// CHECK-NEXT: 4. limited: waiting
// CHECK-NEXT:     limited at {{.*}}arms.c:218, waits for a timer, 1.000 s left
// CHECK-NEXT:       task:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 4.000 s left
// CHECK-NEXT: 5. own: waiting
// CHECK-NEXT:     own at {{.*}}arms.c:224{{$}}
// CHECK-NEXT:       task:
// CHECK-NEXT:         sleeps at
// CHECK-NEXT:         coro_sleep at {{.*}}, waits for a timer, 20.000 s left
// CHECK-NEXT: 6. circle: waiting
// CHECK-NEXT:     circle at
// CHECK-NEXT:       {{one|other}}:
// CHECK-NEXT:         names at {{.*}}, waits for the mutex 0x{{.*}}
// CHECK-NEXT:       {{one|other}}:
// CHECK-NEXT:         names at {{.*}}, waits for the mutex 0x{{.*}}
// CHECK-NEXT: 7. no_task: waiting
// CHECK-NEXT:     no_task at {{.*}}, waits for the mutex 0x{{.*}}, number 4 in its queue
// CHECK-NEXT: 8. by_hand: waiting
// CHECK-NEXT:     by_hand at
// CHECK-NEXT:       future:
// CHECK-NEXT:         {{.*}}, written by hand, waits in the queue 0x{{.*}}
// CHECK-NOT:  {{.}}

static uint64_t fixed(const coro_timers *timers) {
  (void)timers;
  return 10 * CORO_SECOND;
}

static coro_loop loop;

#define NEW(f, ...) coro_new(&coro_allocator_default, f, __VA_ARGS__)
#define ADD(number, task)                                                      \
  static coro_job job##number;                                                 \
  coro_loop_add(&loop, &job##number, task, NULL)

int main(void) {
  CHECK(!coro_loop_init(&loop));
  coro_timers_init(&loop.executor.timers, fixed);
  CHECK(coro_mutex_try_lock(&mutex));
  coro_any_task arms[] = {NEW(sleeps, 5), NEW(locks, &mutex), NEW(sleeps, 7),
                          NEW(sleeps, 8), NEW(sleeps, 9),     NEW(sleeps, 3),
                          NEW(sleeps, 4)};
  ADD(1, NEW(several, arms[0], arms[1]));
  ADD(2, NEW(array, arms + 2));
  ADD(3, NEW(lender, arms[5]));
  ADD(4, NEW(limited, arms[6]));
  coro_task(own) owns;
  coro_start(&owns, own);
  ADD(5, coro_erase(&owns));
  struct couple both;
  both.one = NEW(names, &both, &mutex);
  both.other = NEW(names, &both, &mutex);
  ADD(6, NEW(circle, &both));
  coro_context cx = CORO_CONTEXT_INIT;
  coro_any_task over = NEW(sleeps, 0), wild = {&both, (void *)16};
  while (coro_poll_any(over, &cx) == CORO_PENDING)
    ;
  ADD(7, NEW(no_task, over, wild));
  static coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &mutex);
  ADD(8, NEW(by_hand, coro_erase_future((coro_future *)&op)));
  while (coro_executor_step(&loop.executor))
    ;
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 8);
  CHECK(coro_executor_shutdown(&loop.executor, CORO_FOREVER) == 0);
  coro_any_task left[] = {both.one,  both.other, over,      job1.task,
                          job2.task, job3.task,  job4.task, job6.task,
                          job7.task, job8.task};
  for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++)
    coro_free(left[i]);
  for (size_t i = 0; i < sizeof(arms) / sizeof(*arms); i++)
    coro_free(arms[i]);
  coro_loop_fini(&loop);
}
