// What a task waits for may be at an address that the code knows and no frame
// has. A dump then says in which variables of the program its waker is, and
// what that is where it can tell: operations, works, waiters of a queue.
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t3
// RUN: %t3 > %t3.txt && %filecheck %s --input-file %t3.txt
// RUN: llvm-strip %t2 -o %t4 && %t4 | %filecheck %s --check-prefix=STRIPPED
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

static coro_mutex mutex = CORO_MUTEX_INIT;
static struct {
  long more;
  coro_mutex lock;
} server = {1, CORO_MUTEX_INIT};

static coro_mutex_lock_op global_op;
static yields void waits_in_queue(void) {
  coro_mutex_lock_op_init(&global_op, &mutex);
  coro_wait(&global_op);
}

static coro_operation global_operation;
static yields void is_performed(void) {
  coro_operation_init(&global_operation, 42);
  coro_wait(&global_operation);
}

static void hold(coro_work *work) { (void)work; }
static coro_work global_work[2];
static yields void offloads(void) {
  coro_work_init(&global_work[1], hold);
  coro_wait(&global_work[1]);
}

/* A future of the program's own. */
static struct flag {
  coro_future future;
  int set;
  coro_waker waker;
} global_flag;
static coro_status poll_flag(coro_future *self, coro_context *cx) {
  struct flag *flag = (struct flag *)self;
  flag->waker = cx->waker;
  return flag->set ? CORO_DONE : CORO_PENDING;
}
static yields void waits_for_flag(void) {
  global_flag.future.poll = poll_flag;
  coro_wait(&global_flag);
}

/* A wait without any future. */
static coro_waker kept[3];
static yields void suspends(void) {
  kept[0] = kept[2] = coro_self()->waker;
  coro_suspend();
}

/* Of this nobody says that it waits for the flag. */
static yields void waits_for_more(coro_mutex *lock) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, lock);
  kept[1] = coro_self()->waker;
  coro_wait(&op);
}
static yields void is_forgotten(void) { coro_suspend(); }

// CHECK:      1. waits_in_queue: waiting
// CHECK-NEXT:     waits_in_queue at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT:       its waker is in the variable global_op, waits in the queue 0x{{[0-9a-f]+}} (mutex){{$}}
// CHECK-NEXT: 2. is_performed: waiting
// CHECK-NEXT:     is_performed at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT:       its waker is in the variable global_operation, waits for operation 42 to be performed{{$}}
// CHECK-NEXT: 3. offloads: waiting
// CHECK-NEXT:     offloads at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT:       its waker is in the variable global_work, offloaded: hold, waiting in queue{{$}}
// CHECK-NEXT: 4. waits_for_flag: waiting
// CHECK-NEXT:     waits_for_flag at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT:       its waker is in the variable global_flag{{$}}
// CHECK-NEXT: 5. suspends: waiting
// CHECK-NEXT:     suspends at {{.*}}c:[[#]]{{$}}
// CHECK-NEXT:       its waker is in the variable kept{{$}}
// CHECK-NEXT: 6. waits_for_more: waiting
// CHECK-NEXT:     waits_for_more at {{.*}}c:[[#]], waits for the mutex 0x{{[0-9a-f]+}} (server+[[#]]), number 1 in its queue{{$}}
// CHECK-NEXT: 7. is_forgotten: waiting
// CHECK-NEXT:     is_forgotten at {{.*}}c:[[#]]{{$}}
// CHECK-NOT:  {{.}}

// STRIPPED:     7. is_forgotten: waiting
// STRIPPED-NOT: waker

/* Neither is done, nor forgotten before the end. */
static int take(coro_completion *self, coro_operation *operation) {
  (void)self, (void)operation;
  return 0;
}
static const coro_completion_ops completion_ops = {CORO_CAPABILITY_VERSION,
                                                   take, take};
static coro_completion completion = {&completion_ops};
static int take_work(coro_offloader *self, coro_work *work) {
  (void)self, (void)work;
  return 0;
}
static const coro_offloader_ops offloader_ops = {
    CORO_CAPABILITY_VERSION, take_work, take_work, take_work};
static coro_offloader offloader = {&offloader_ops};

static coro_executor executor;

#define ADD(f, ...)                                                            \
  static coro_task(f) f##_task;                                                \
  static coro_job f##_job;                                                     \
  coro_start(&f##_task, f __VA_OPT__(, ) __VA_ARGS__);                         \
  coro_executor_add(&executor, &f##_job, coro_erase(&f##_task), NULL)

int main(void) {
  coro_executor_init(&executor, NULL, NULL);
  coro_context *cx = coro_executor_context(&executor);
  cx->completion = &completion;
  cx->offloader = &offloader;
  CHECK(coro_mutex_try_lock(&mutex) && coro_mutex_try_lock(&server.lock));
  ADD(waits_in_queue);
  ADD(is_performed);
  ADD(offloads);
  ADD(waits_for_flag);
  ADD(suspends);
  ADD(waits_for_more, &server.lock);
  ADD(is_forgotten);
  while (coro_executor_step(&executor))
    ;
  CHECK(coro_dump(&executor, STDOUT_FILENO) == 7);
  CHECK(coro_executor_shutdown(&executor, CORO_FOREVER) == 0);
  coro_executor_fini(&executor);
}
