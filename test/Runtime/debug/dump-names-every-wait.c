// Whatever the runtime has to wait for, a dump names it: each primitive, alone
// and as an arm of others, through pointers and in boxes. With a trace it says
// since when.
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_src %rt -o %t3
// RUN: %t3 > %t3.txt && %filecheck %s --input-file %t3.txt
// RUN: %coro %cflags -O2 -DCORO_TRACE %s %rt_trace -o %t4 && %t4 > %t4.txt
// RUN: %filecheck %s --input-file %t4.txt
// RUN: grep "^[0-9]*\. " %t4.txt | %not grep -v "waiting, for [0-9]*\.[0-9]* s$"
// RUN: grep -q "running for [0-9]*\.[0-9]* s$" %t4.txt
#include "../check.h"

#include <coro/coro.h>
#include <signal.h>
#include <unistd.h>

static coro_mutex mutex;
static coro_rwlock rwlock;
static coro_semaphore semaphore;
static coro_event event_;
static coro_once once;
static coro_barrier barrier = CORO_BARRIER_INIT(2);
static coro_condition condition;
static coro_channel_of(int, 1) full, empty;
static coro_channel_of(int, 0) meeting;
static coro_oneshot oneshot;
static coro_broadcast broadcast;
static coro_subscription subscription;
static int ends[2], value, slots[2];
static coro_mutex_lock_op *far; /* not in a frame */
static uint32_t holding = 1;    /* atomic: the helper's work goes on */

static void let_go(coro_spawned **spawned) { coro_detach(*spawned); }

static uint64_t fixed(const coro_timers *timers) {
  (void)timers;
  return 10 * CORO_SECOND;
}

static void hold(int *of) {
  while (__atomic_load_n(&holding, __ATOMIC_ACQUIRE))
    usleep(100);
  *of = 1;
}

/* Performs nothing until it is told to. */
static coro_operation *submitted;
static int submit(coro_completion *self, coro_operation *operation) {
  (void)self;
  submitted = operation;
  return 0;
}
static int forget(coro_completion *self, coro_operation *operation) {
  (void)self, (void)operation;
  return 0;
}
static const coro_completion_ops completion_ops = {CORO_CAPABILITY_VERSION,
                                                   submit, forget};
static coro_completion completion = {&completion_ops};

#define APART __attribute__((noinline))
#define TASK(name, wait)                                                       \
  static yields void name(void) { wait; }

// CHECK: {{[0-9]+}} tasks
// CHECK: {{[0-9]+}}. locks: waiting
// CHECK: coro_mutex{{[a-z_]*}} at {{.*}}, waits for the mutex 0x{{.*}} (mutex), number 1 in its queue
TASK(locks, coro_mutex_lock(&mutex))
// CHECK: locks_for: waiting
// CHECK: coro_mutex{{[a-z_]*}} at {{.*[0-9](, waits for the mutex 0x[0-9a-f]+ .mutex., number 2 in its queue|, waits for a timer, 5.000 s left){2}$}}
TASK(locks_for, coro_mutex_lock_for(&mutex, 5 * CORO_SECOND))
// CHECK: writes: waiting
// CHECK: coro_rwlock{{[a-z_]*}} at {{.*}}, waits for the rwlock 0x{{.*}} (rwlock), number 1 in its queue
TASK(writes, coro_rwlock_write(&rwlock))
// CHECK: reads: waiting
// CHECK: coro_rwlock{{[a-z_]*}} at {{.*}}, waits for the rwlock 0x{{.*}} (rwlock), number 2 in its queue
TASK(reads, coro_rwlock_read(&rwlock))
// CHECK: acquires: waiting
// CHECK: coro_semaphore{{[a-z_]*}} at {{.*}}, waits for the semaphore 0x{{.*}} (semaphore), number 1 in its queue
TASK(acquires, coro_semaphore_acquire(&semaphore, 1))
// CHECK: hears: waiting
// CHECK: coro_event{{[a-z_]*}} at {{.*}}, waits for the event 0x{{.*}} (event_), number 1 in its queue
TASK(hears, coro_event_wait(&event_))
// CHECK: begins: waiting
// CHECK: coro_once{{[a-z_]*}} at {{.*}}, waits for the once 0x{{.*}} (once), number 1 in its queue
TASK(begins, coro_once_begin(&once))
// CHECK: meets: waiting
// CHECK: coro_barrier{{[a-z_]*}} at {{.*}}, waits for the barrier 0x{{.*}} (barrier), number 1 in its queue
TASK(meets, coro_barrier_wait(&barrier))
// CHECK: is_told: waiting
// CHECK: coro_condition{{[a-z_]*}} at {{.*}}, waits for the condition 0x{{.*}} (condition), number 1 in its queue
TASK(is_told, coro_mutex other = CORO_MUTEX_INIT; coro_mutex_lock(&other);
     coro_condition_wait(&condition, &other))
// CHECK: sends: waiting
// CHECK: coro_channel{{[a-z_]*}} at {{.*}}, waits for room in the channel 0x{{.*}} (full), number 1 in its queue
TASK(sends, coro_channel_send_of(&full, &value))
// CHECK: receives: waiting
// CHECK: coro_channel{{[a-z_]*}} at {{.*}}, waits for a value of the channel 0x{{.*}} (empty), number 1 in its queue
TASK(receives, coro_channel_receive_of(&empty, &value))
// CHECK: hands_over: waiting
// CHECK: coro_channel{{[a-z_]*}} at {{.*}}, waits for room in the channel 0x{{.*}} (meeting), number 1 in its queue
TASK(hands_over, coro_channel_send_of(&meeting, &value))
// CHECK: gets_once: waiting
// CHECK: coro_oneshot{{[a-z_]*}} at {{.*}}, waits for the oneshot 0x{{.*}} (oneshot), number 1 in its queue
TASK(gets_once, coro_oneshot_receive(&oneshot, &value))
// CHECK: listens: waiting
// CHECK: coro_broadcast{{[a-z_]*}} at {{.*}}, waits for the broadcast 0x{{.*}} (broadcast), number 1 in its queue
TASK(listens, coro_broadcast_receive(&subscription, &value))
// CHECK: sleeps: waiting
// CHECK: coro_sleep at {{.*}}, waits for a timer, 3.000 s left
TASK(sleeps, coro_sleep(3 * CORO_SECOND))
// CHECK: sleeps_on: waiting
// CHECK: coro_sleep_until at
// CHECK: coro_sleep at {{.*}}, waits for a timer, 2.000 s left
TASK(sleeps_on, coro_sleep_until(12 * CORO_SECOND))
// CHECK: beats: waiting
// CHECK: coro_interval_wait at
// CHECK: coro_sleep at {{.*}}, waits for a timer, 1.500 s left
TASK(beats, coro_interval each = coro_interval_every(coro_self(), 1500000000);
     coro_interval_wait(&each))
// CHECK: reads_file: waiting
// CHECK: coro_wait_fd at {{.*}}, waits for file descriptor [[#]] to be readable
TASK(reads_file, char byte; coro_read(ends[0], &byte, 1))
// CHECK: either_way: waiting
// CHECK: coro_wait_fd at {{.*}}, waits for file descriptor [[#]] to be readable or writable
TASK(either_way, coro_wait_fd(ends[0], CORO_READABLE | CORO_WRITABLE))
// CHECK: hears_signal: waiting
// CHECK: coro_wait_signal at
// CHECK: coro_wait_fd at {{.*}}, waits for file descriptor [[#]] to be readable
TASK(hears_signal, sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR2);
     coro_wait_signal(&set))
// CHECK: performs: waiting
// CHECK: coro_perform at {{.*}}, waits for operation 42 to be performed
TASK(performs, coro_operation operation = {.code = 42};
     coro_perform(&operation))
// CHECK: joins: waiting
// CHECK-DAG: first:
// CHECK-DAG: coro_mutex{{[a-z_]*}} at {{.*}}, waits for the mutex 0x{{.*}} (mutex), number 3 in its queue
// CHECK-DAG: second:
// CHECK-DAG: coro_sleep at {{.*}}, waits for a timer, 3.000 s left
TASK(joins, coro_task(locks) first; coro_task(sleeps) second;
     coro_start(&first, locks); coro_start(&second, sleeps);
     coro_join(&first, &second))
// CHECK: selects: waiting
// CHECK-NEXT: selects at {{.*[0-9](, waits for a value of the channel 0x[0-9a-f]+ .empty., number 2 in its queue|, waits for room in the channel 0x[0-9a-f]+ .full., number 2 in its queue|, waits for the event 0x[0-9a-f]+ .event_., number 2 in its queue){3}$}}
TASK(selects, coro_receive_op receive; coro_send_op send;
     coro_event_wait_op hear; coro_receive_op_init_of(&receive, &empty, &value);
     coro_send_op_init_of(&send, &full, &value);
     coro_event_wait_op_init(&hear, &event_); coro_race(&receive, &send, &hear))
// CHECK: is_limited: waiting
// CHECK-NEXT: is_limited at {{.*}}, waits for a timer, 4.000 s left
// CHECK-NEXT: inner:
// CHECK: coro_semaphore{{[a-z_]*}} at {{.*}}, waits for the semaphore 0x{{.*}} (semaphore), number 2 in its queue
TASK(is_limited, coro_task(acquires) inner; coro_start(&inner, acquires);
     (void)coro_timeout(4 * CORO_SECOND, &inner))
// CHECK: parent: waiting
// CHECK-NEXT: parent at
// CHECK-NEXT: coro_scope_wait at {{.*}}, waits for its children: tasks [[#CHILD:]] [[#]]{{$}}
TASK(parent, coro_scope_var(children, 0);
     CHECK(coro_scope_spawn(&children, sleeps));
     CHECK(coro_scope_spawn(&children, sleeps)); coro_scope_wait(&children))
// CHECK: takes: waiting
// CHECK-NEXT: takes at
// CHECK-NEXT: coro_scope_next at {{.*}}, waits for its children: tasks [[#CHILD + 2]]{{$}}
TASK(takes, coro_scope_var(children, 0);
     CHECK(coro_scope_spawn(&children, sleeps)); coro_scope_next(&children))
// CHECK: spawner: waiting
// CHECK-NEXT: spawner at {{.*}}, waits for task [[#CHILD + 3]]{{$}}
TASK(spawner,
     __attribute__((cleanup(let_go))) coro_spawned *one = coro_spawn(sleeps);
     coro_wait(&one->future))
// CHECK: keeper: waiting
// CHECK-NEXT: keeper at {{.*}}, waits for task [[#CHILD + 4]]{{$}}
// CHECK-NEXT: task:
// CHECK-NEXT: sleeps at
TASK(keeper, coro_spawned kept; coro_task(sleeps) task;
     coro_start(&task, sleeps);
     CHECK(!coro_spawn_any(&kept, coro_self()->spawner, coro_erase(&task)));
     coro_wait(&kept))
// CHECK: offloads: waiting
// CHECK: coro_offload_call at {{.*}}, offloaded: hold, running
TASK(offloads, int done; coro_offload(hold, &done))
// CHECK: queues: waiting
// CHECK: coro_offload_call at {{.*}}, offloaded: hold, waiting in queue
TASK(queues, int done; coro_offload(hold, &done))
// CHECK: lends: waiting
// CHECK-NEXT: lends at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT: awaits at {{.*}}, waits {{for the mutex 0x.*, number 4 in its|in the}} queue
APART yields static void awaits(coro_mutex_lock_op *op) { coro_wait(op); }
TASK(lends, awaits(far))
// CHECK: boxed: waiting
// CHECK-NEXT: boxed at
// CHECK-NEXT: locks at
// CHECK: coro_mutex{{[a-z_]*}} at {{.*}}, waits for the mutex 0x{{.*}} (mutex), number 5 in its queue
TASK(boxed, CHECK(coro_try_box(0, locks)))
// CHECK-NEXT: {{[0-9]+}}. sleeps: waiting

#define ADD(f)                                                                 \
  coro_task(f) f##_task;                                                       \
  coro_job f##_job;                                                            \
  coro_start(&f##_task, f);                                                    \
  coro_loop_add(&loop, &f##_job, coro_erase(&f##_task), NULL)

static coro_loop loop;

static void block_all(coro_helpers *helpers) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  CHECK(!sigprocmask(SIG_BLOCK, &set, NULL) && !pipe(ends));
  coro_channel_init_of(&full);
  coro_channel_init_of(&empty);
  coro_channel_init_of(&meeting);
  coro_oneshot_init(&oneshot, &value, sizeof(value));
  coro_broadcast_init(&broadcast, slots, 2, sizeof(int));
  coro_subscribe(&subscription, &broadcast);
  CHECK(coro_mutex_try_lock(&mutex) && coro_rwlock_try_write(&rwlock));
  CHECK(coro_once_try_begin(&once) == CORO_ONCE_YOURS);
  CHECK(!coro_channel_try_send_of(&full, &value));
  CHECK(!coro_helpers_start(helpers, &(coro_helpers_options){.max = 1}));
  coro_context *cx = coro_executor_context(&loop.executor);
  cx->offloader = &helpers->offloader;
  cx->completion = &completion;
}

int main(void) {
  coro_helpers helpers;
  CHECK(!coro_loop_init(&loop));
  coro_timers_init(&loop.executor.timers, fixed);
  block_all(&helpers);
  far = malloc(sizeof(*far));
  CHECK(far);
  coro_mutex_lock_op_init(far, &mutex);
  ADD(locks);
  ADD(locks_for);
  ADD(writes);
  ADD(reads);
  ADD(acquires);
  ADD(hears);
  ADD(begins);
  ADD(meets);
  ADD(is_told);
  ADD(sends);
  ADD(receives);
  ADD(hands_over);
  ADD(gets_once);
  ADD(listens);
  ADD(sleeps);
  ADD(sleeps_on);
  ADD(beats);
  ADD(reads_file);
  ADD(either_way);
  ADD(hears_signal);
  ADD(performs);
  ADD(joins);
  ADD(selects);
  ADD(is_limited);
  ADD(parent);
  ADD(takes);
  ADD(spawner);
  ADD(keeper);
  ADD(offloads);
  ADD(queues);
  ADD(lends);
  ADD(boxed);
#ifdef CORO_TRACE
  CHECK(!coro_trace_begin(4, 1 << 12));
#endif
  while (coro_executor_step(&loop.executor))
    ;
  while (coro_helpers_now(&helpers).queued == 2)
    usleep(100);
  usleep(2000);
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 37);
  __atomic_store_n(&holding, 0, __ATOMIC_RELEASE);
  CHECK(!coro_executor_shutdown(&loop.executor, CORO_FOREVER));
  free(far);
  coro_helpers_stop(&helpers);
  coro_loop_fini(&loop);
}
