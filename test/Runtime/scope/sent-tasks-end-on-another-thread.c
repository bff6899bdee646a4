// Sent tasks run on another thread and are waited for on this one: joined,
// raced, cancelled, detached, from a function that yields and from plain C, at
// every time relative to their end. What they wrote is seen; memory goes back
// once, on whichever thread.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "one_thread.h"

static struct one_thread other;
static long held; // atomic

static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  __atomic_fetch_add(&held, 1, __ATOMIC_RELAXED);
  return coro_allocator_default.ops->allocate(&coro_allocator_default, size,
                                              align);
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self;
  coro_allocator_default.ops->release(&coro_allocator_default, memory, size,
                                      align);
  __atomic_fetch_sub(&held, 1, __ATOMIC_RELAXED);
}
static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};
static coro_allocator counting = {&ops};

static yields long work(int rounds, long *written) {
  CHECK(pthread_equal(pthread_self(), other.thread));
  for (int i = 0; i < rounds; i++)
    coro_yield_now();
  if (written)
    *written = rounds;
  return rounds + 1;
}

static yields void clean(long **cleaned) {
  coro_yield_now();
  ++**cleaned;
}
static yields void never(long *written) {
  __attribute__((cleanup(clean))) long *cleaned = written;
  coro_suspend();
}

static yields void one_round(uint64_t *random) {
  long a = 0, b = 0;
  coro_spawned *slow = coro_spawn_send(work, next_random(random) % 30, &a);
  coro_spawned *quick = coro_spawn_send(work, next_random(random) % 5, &b);
  coro_spawned *left = coro_spawn_send(work, 3, NULL);
  coro_spawned *unwanted = coro_spawn_send(never, &b);
  CHECK(slow && quick && left && unwanted);
  if (next_random(random) % 2)
    sched_yield();
  coro_detach(left);
  if (coro_race(slow, quick) == 0)
    coro_wait(quick);
  coro_wait(slow);
  CHECK(a + 1 == coro_spawned_result(slow, work));
  CHECK(b + 1 == coro_spawned_result(quick, work));
  CHECK(coro_spawned_status(slow) == CORO_DONE);
  b = 0;
  CHECK(coro_spawned_cancel(unwanted) == CORO_CANCELLED && b <= 1);
  CHECK(coro_spawned_cancel(quick) == CORO_DONE);
  coro_detach(slow);
  coro_detach(quick);
  coro_detach(unwanted);
  if (next_random(random) % 4 == 0)
    coro_yield_now();
}

static yields void in_storage(void) {
  static coro_sent_storage(work) here;
  for (int i = 0; i < 100; i++) {
    CHECK(!coro_spawn_send_in(&here, work, i % 3, NULL));
    CHECK(coro_wait(&here.sent) == CORO_DONE && here.task.result == i % 3 + 1);
  }
}

static yields void all_rounds(void) {
  in_storage();
  uint64_t random = 4711;
  for (int i = 0; i < 1000; i++)
    one_round(&random);
}

static void from_plain_c(void) {
  coro_spawned *sent =
      coro_spawn_send_on(&other.sender, &counting, work, 2, NULL);
  CHECK(sent && coro_block_on_future(&sent->future) == CORO_DONE);
  CHECK(coro_spawned_result(sent, work) == 3);
  coro_detach(sent);

  static coro_task(work) task;
  static coro_sent in_storage;
  coro_start(&task, work, 7, NULL);
  CHECK(!coro_spawn_send_any(&in_storage, &other.sender, coro_erase(&task)));
  CHECK(coro_block_on_future(&in_storage.spawned.future) == CORO_DONE);
  CHECK(task.result == 8);
  coro_detach(&in_storage.spawned);
}

int main(void) {
  one_thread_open(&other);
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  executor.context.sender = &other.sender;
  coro_executor_set_allocator(&executor, &counting);
  coro_spawned *root = coro_spawn_on(&executor.spawner, &counting, all_rounds);
  CHECK(root && coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_detach(root);
  coro_executor_fini(&executor);
  from_plain_c();
  one_thread_close(&other);
  CHECK(held == 0);
}
