// A dump lists every task with its state, the calls it is suspended in with
// their lines, and what it waits for; and that is the same for calls that were
// flattened, embedded with a state of their own, or embedded in the caller's. A
// wait that has not begun is none.
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O2 -fplugin-arg-coro-no-direct-resume %s %rt -o %t3
// RUN: %t3 > %t3.txt && %filecheck %s --input-file %t3.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t4
// RUN: %t4 > %t4.txt && %filecheck %s --input-file %t4.txt
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

#define APART __attribute__((noinline))

static coro_mutex mutex, other;
static coro_condition changed;
static coro_event event_;
static coro_channel_of(int, 1) numbers, nothing;
static int ends[2];

static uint64_t fixed(const coro_timers *timers) {
  (void)timers;
  return 10 * CORO_SECOND;
}

static void let_go(coro_spawned **child) { coro_detach(*child); }

// clang-format off
#line 100 "nested.c"
APART yields static int leaf(int n) {
  coro_yield_now();
  int got = coro_sleep((uint64_t)n * CORO_SECOND);
  return got + n;
}
yields static int flat(int n) {
  return leaf(n) + 1;
}
APART yields static int embedded(int n) {
  return flat(n) + leaf(n + 1);
}
yields static int nested(int n) {
  coro_yield_now();
  return embedded(n) + 1;
}
#line 200 "waits.c"
yields static void locks(void) {
  coro_mutex_lock(&mutex);
}
yields static void reads(void) {
  char byte;
  coro_read(ends[0], &byte, 1);
}
yields static void sends(int value) {
  coro_channel_send_of(&numbers, &value);
}
yields static void receives(void) {
  int value;
  coro_channel_receive_of(&nothing, &value);
}
yields static void is_told(void) {
  coro_mutex_lock(&other);
  coro_condition_wait(&changed, &other);
}
yields static void waits_for_event(void) {
  coro_event_wait_for(&event_, 5 * CORO_SECOND);
}
yields static void sleeps(void) {
  coro_mutex_lock_op later;
  coro_mutex_lock_op_init(&later, &mutex);
  coro_sleep(CORO_FOREVER);
  coro_wait(&later);
}
#line 300 "arms.c"
yields static void joins(void) {
  coro_task(reads) first;
  coro_task(leaf) second, third;
  coro_task(receives) fourth;
  coro_start(&first, reads);
  coro_start(&second, leaf, 7);
  coro_start(&third, leaf, 0);
  coro_start(&fourth, receives);
  coro_join(&first, &second, &third, &fourth);
}
yields static void limited(void) {
  coro_task(locks) lock;
  coro_start(&lock, locks);
  coro_timeout(2500 * CORO_MILLISECOND, &lock);
}
#line 400 "children.c"
yields static void parent(void) {
  coro_scope_var(children, 0);
  CHECK(coro_scope_spawn(&children, sleeps));
  CHECK(coro_scope_spawn(&children, sleeps));
  coro_scope_wait(&children);
}
yields static void spawner(void) {
  __attribute__((cleanup(let_go))) coro_spawned *child = coro_spawn(sleeps);
  coro_wait(&child->future);
}
yields static void itself(void) {
  coro_dump(coro_self()->executor, STDOUT_FILENO);
}
#line 500 "main.c"
// clang-format on

// CHECK:      15 tasks
// CHECK-NEXT: 1. nested: waiting
// CHECK-NEXT:     nested at {{.*}}/nested.c:113
// CHECK-NEXT:     embedded at {{.*}}/nested.c:109
// CHECK-NEXT:     flat at {{.*}}/nested.c:106
// CHECK-NEXT:     leaf at {{.*}}/nested.c:102
// CHECK-NEXT:     coro_sleep at {{.*}}/sleep.c:[[#]], waits for a timer, 3.000 s left
// CHECK-NEXT: 2. locks: waiting
// CHECK-NEXT:     locks at {{.*}}/waits.c:201
// CHECK-NEXT:     coro_mutex_lock at {{.*}}/mutex.h:[[#]]
// CHECK-NEXT:     coro_mutex_lock_wait at {{.*}}, waits for the mutex 0x{{.*}}, number 1 in its queue
// CHECK-NEXT: 3. reads: waiting
// CHECK-NEXT:     reads at {{.*}}/waits.c:205
// CHECK-NEXT:     coro_read at {{.*}}/fd.c:[[#]]
// CHECK-NEXT:     coro_wait_fd at {{.*}}/fd.c:[[#]], waits for file descriptor 5 to be readable
// CHECK-NEXT: 4. sends: waiting
// CHECK-NEXT:     sends at {{.*}}/waits.c:208
// CHECK-NEXT:     coro_channel_send at {{.*}}, waits for room in the channel 0x{{.*}}, number 1 in its queue
// CHECK-NEXT: 5. is_told: waiting
// CHECK-NEXT:     is_told at {{.*}}/waits.c:216
// CHECK-NEXT:     coro_condition_wait at {{.*}}, waits for the condition 0x{{.*}}, number 1 in its queue
// CHECK-NEXT: 6. waits_for_event: waiting
// CHECK-NEXT:     waits_for_event at {{.*}}/waits.c:219
// CHECK-NEXT:     coro_event_wait_for at {{.*[0-9](, waits for the event 0x[0-9a-f]+ .event_., number 1 in its queue|, waits for a timer, 5.000 s left){2}$}}
// CHECK-NEXT: 7. joins: waiting
// CHECK-NEXT:     joins at {{.*}}/arms.c:308
// CHECK-DAG:        first:
// CHECK-DAG:          reads at {{.*}}/waits.c:205
// CHECK-DAG:          coro_wait_fd at {{.*}}, waits for file descriptor 5 to be readable
// CHECK-DAG:        second:
// CHECK-DAG:          leaf at {{.*}}/nested.c:102
// CHECK-DAG:          coro_sleep at {{.*}}, waits for a timer, 7.000 s left
// CHECK-DAG:        fourth:
// CHECK-DAG:          coro_channel_receive at {{.*}}, waits for a value of the channel 0x{{.*}}, number 1 in its queue
// CHECK-NOT:        third
// CHECK:      8. limited: waiting
// CHECK-NEXT:     limited at {{.*}}/arms.c:313, waits for a timer, 2.500 s left
// CHECK-NEXT:       lock:
// CHECK-NEXT:         locks at {{.*}}/waits.c:201
// CHECK-NEXT:         coro_mutex_lock at {{.*}}/mutex.h:[[#]]
// CHECK-NEXT:         coro_mutex_lock_wait at {{.*}}, waits for the mutex {{.*}}, number 2 in its queue
// CHECK-NEXT: 9. parent: waiting
// CHECK-NEXT:     parent at {{.*}}/children.c:404{{$}}
// CHECK-NEXT:     coro_scope_wait at {{.*}}, waits for its children: tasks 11 12{{$}}
// CHECK-NEXT: 10. spawner: waiting
// CHECK-NEXT:     spawner at {{.*}}/children.c:408, waits for task 13{{$}}
// CHECK-NEXT: 11. sleeps: waiting
// CHECK-NEXT:     sleeps at {{.*}}/waits.c:224{{$}}
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for ever
// CHECK-NEXT: 12. sleeps: waiting
// CHECK:      13. sleeps: waiting
// CHECK:      14. itself: running
// CHECK-NEXT: 15. leaf: ready
// CHECK-NEXT:     leaf, from its beginning
// CHECK-NEXT: 15 tasks
// CHECK-NEXT: 1. nested: ready, being cancelled
// CHECK-NEXT:     nested at {{.*}}/nested.c:113
// CHECK:      14. leaf: ready
// CHECK-NEXT:     leaf, from its beginning
// CHECK-NEXT: 15. by_hand: ready
// CHECK-NEXT:     by_hand, written by hand
// CHECK-NEXT: by_hand:
// CHECK-NEXT:     by_hand, written by hand

static coro_status by_hand(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_PENDING;
}
static const coro_descriptor hand = BY_HAND(int, by_hand);

static coro_loop loop;

#define ADD(number, f, ...)                                                    \
  coro_task(f) task##number;                                                   \
  coro_job job##number;                                                        \
  coro_start(&task##number, f __VA_OPT__(, ) __VA_ARGS__);                     \
  coro_loop_add(&loop, &job##number, coro_erase(&task##number), NULL)

int main(void) {
  CHECK(!coro_loop_init(&loop) && !pipe(ends) && ends[0] == 5);
  coro_timers_init(&loop.executor.timers, fixed);
  CHECK(coro_mutex_try_lock(&mutex));
  coro_channel_init_of(&numbers);
  coro_channel_init_of(&nothing);
  int value = 1;
  CHECK(!coro_channel_try_send_of(&numbers, &value));
  ADD(1, nested, 3);
  ADD(2, locks);
  ADD(3, reads);
  ADD(4, sends, 2);
  ADD(5, is_told);
  ADD(6, waits_for_event);
  ADD(7, joins);
  ADD(8, limited);
  ADD(9, parent);
  ADD(10, spawner);
  while (coro_executor_step(&loop.executor))
    ;
  ADD(14, itself);
  ADD(15, leaf, 1);
  CHECK(coro_executor_step(&loop.executor)); /* itself */
  coro_job_cancel(&job1);
  coro_job job16;
  int frame;
  coro_loop_add(&loop, &job16, (coro_any_task){&frame, &hand}, NULL);
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 15);
  coro_dump_task((coro_any_task){&frame, &hand}, STDOUT_FILENO);
  CHECK(!coro_job_remove(&job16));
  CHECK(coro_executor_shutdown(&loop.executor, CORO_FOREVER) == 0);
  coro_loop_fini(&loop);
  return 0;
}
