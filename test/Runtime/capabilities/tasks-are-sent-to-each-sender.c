// One library function sends tasks, waits for them, cancels some and lets go of
// others, over each sender: a pool's, an executor's inbox, one of the program's
// own, which sends to several in turn, and each behind one that refuses some.
// From a task and from plain threads. A task that is sent to an inbox runs on
// that executor's thread; a closed inbox refuses, and what it had is run.
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t 30
// RUN: %corocc %cflags -O1 -fsanitize=thread %s %rt_src -o %t && %t 20
// RUN: %corocc %cflags -O2 %s -o %t && %t 200
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>
#include <pthread.h>

static int rounds;
static size_t ended, refused; /* atomic */

static void count(int *unused) {
  (void)unused;
  __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
}

static yields int work(int n, int turns) {
  __attribute__((cleanup(count))) int counted = 0;
  while (turns--)
    coro_yield_now();
  return n + 1;
}

/* The library: how many it sent that began, or were cancelled before. */
static yields size_t send_some(int count) {
  size_t sent = 0;
  for (int i = 0; i < count; i++) {
    coro_spawned *spawned = coro_spawn_send(work, i, i % 5);
    if (!spawned) {
      __atomic_fetch_add(&refused, 1, __ATOMIC_RELAXED);
      continue;
    }
    sent++;
    if (i % 3 == 0) {
      coro_spawned_cancel(spawned);
    } else if (i % 3 == 1) {
      coro_wait(&spawned->future);
      CHECK(spawned->status == CORO_DONE);
      CHECK(coro_spawned_result(spawned, work) == i + 1);
    }
    coro_detach(spawned);
  }
  return sent;
}

static size_t over(coro_sender *sender) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->sender = sender;
  static _Thread_local coro_slot(send_some) slot;
  coro_start(&slot.task, send_some, 12);
  coro_executor_add_slot(&executor, &slot.run, coro_erase(&slot.task));
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  return slot.task.result;
}

static size_t over_faulty(coro_sender *sender) {
  coro_faulty_sender faulty;
  coro_faulty_sender_init(&faulty, sender, 3, true, CORO_BUSY);
  CHECK(over(&faulty.sender) == 2);
  CHECK(faulty.faults.seen == 12);
  return 2;
}

/* A thread with an executor and its inbox, which runs until it is told. */
static struct home {
  coro_executor executor;
  coro_inbox inbox;
  coro_event over;
  pthread_t thread;
} home;

static yields void stay(void) { coro_event_wait(&home.over); }

static void *live(void *unused) {
  coro_task(stay) task;
  coro_job job;
  coro_start(&task, stay);
  coro_executor_add(&home.executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&home.executor) == CORO_RUN_FINISHED);
  coro_inbox_close(&home.inbox);
  CHECK(coro_executor_run(&home.executor) == CORO_RUN_FINISHED);
  return unused;
}

/* A sender of the program's own: to two others, in turn. */
struct turns {
  coro_sender sender;
  coro_sender *to[2];
  unsigned next; /* atomic */
};

static int turns_send(coro_sender *sender, coro_job *job, coro_any_task task,
                      coro_on_done *on_done) {
  struct turns *self = (struct turns *)sender;
  unsigned next = __atomic_fetch_add(&self->next, 1, __ATOMIC_RELAXED) % 2;
  return self->to[next]->ops->send(self->to[next], job, task, on_done);
}

/* Both of ours cancel a job without asking who has it. */
static void turns_cancel(coro_sender *sender, coro_job *job) {
  struct turns *self = (struct turns *)sender;
  self->to[0]->ops->cancel(self->to[0], job);
}

static const coro_sender_ops turns_ops = {CORO_CAPABILITY_VERSION, turns_send,
                                          turns_cancel};

static coro_sender *senders[3];

static void *send_all(void *unused) {
  for (int i = 0; i < rounds; i++) {
    for (int sender = 0; sender < 3; sender++)
      CHECK(over(senders[sender]) == 12);
    over_faulty(senders[i % 3]);
  }
  return unused;
}

static yields int here(void) { return coro_self()->executor == &home.executor; }

static void runs_where_it_is_sent(void) {
  coro_spawned *spawned =
      coro_spawn_send_on(&home.inbox.sender, &coro_allocator_default, here);
  CHECK(spawned && coro_block_on_future(&spawned->future) == CORO_DONE);
  CHECK(coro_spawned_result(spawned, here) == 1);
  coro_detach(spawned);
}

static void closed_inboxes(void) {
  coro_executor executor;
  coro_inbox inbox;
  coro_executor_init(&executor, NULL, NULL);
  coro_inbox_open(&inbox, &executor);
  coro_spawned *first =
      coro_spawn_send_on(&inbox.sender, &coro_allocator_default, work, 1, 1);
  CHECK(first);
  coro_inbox_close(&inbox);
  CHECK(coro_executor_jobs(&executor) == 1);
  coro_spawned *second;
  CHECK(coro_try_spawn_send_on(&second, &inbox.sender, &coro_allocator_default,
                               work, 1, 1) == CORO_CLOSED &&
        !second);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(first->status == CORO_DONE);
  coro_detach(first);
  coro_executor_fini(&executor);
}

int main(int count, char **arguments) {
  rounds = count > 1 ? atoi(arguments[1]) : 10;
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  home.over = (coro_event)CORO_EVENT_SHARED_INIT;
  coro_executor_init(&home.executor, NULL, NULL);
  coro_inbox_open(&home.inbox, &home.executor);
  CHECK(!pthread_create(&home.thread, NULL, live, NULL));
  struct turns turns = {
      {&turns_ops}, {coro_pool_sender(pool), &home.inbox.sender}, 0};
  senders[0] = coro_pool_sender(pool);
  senders[1] = &home.inbox.sender;
  senders[2] = &turns.sender;
  runs_where_it_is_sent();
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    CHECK(!pthread_create(&threads[i], NULL, send_all, NULL));
  for (int i = 0; i < 2; i++)
    CHECK(!pthread_join(threads[i], NULL));
  coro_event_set(&home.over);
  CHECK(!pthread_join(home.thread, NULL));
  coro_executor_fini(&home.executor);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  coro_pool_close(pool);
  CHECK(refused == 2 * (size_t)rounds * 10 && ended);
  closed_inboxes();
}
