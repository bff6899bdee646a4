// A signal handler performs operations: it interrupts the task's own thread in
// submit, in polls, in cancels and asleep, and takes no lock. Whatever it
// interrupts, the task goes on, and a cancelled one ends.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <signal.h>
#include <sys/time.h>

/* What the handler is to perform: one, atomic. */
static coro_operation *asked;
static volatile sig_atomic_t performed;
static unsigned submitted, forgotten;

static int submit(coro_completion *completion, coro_operation *operation) {
  (void)completion;
  if (__atomic_load_n(&asked, __ATOMIC_ACQUIRE))
    return CORO_BUSY;
  submitted++;
  __atomic_store_n(&asked, operation, __ATOMIC_RELEASE);
  if (operation->code % 3 == 0)
    raise(SIGALRM); /* before submit returns */
  return 0;
}

static int forget(coro_completion *completion, coro_operation *operation) {
  (void)completion;
  if (operation->code % 3 == 1)
    raise(SIGALRM); /* before the cancel */
  if (!__atomic_exchange_n(&asked, NULL, __ATOMIC_ACQ_REL))
    return CORO_BUSY;
  forgotten++;
  return 0;
}

static const coro_completion_ops ops = {CORO_CAPABILITY_VERSION, submit,
                                        forget};

static void on_alarm(int signal) {
  (void)signal;
  coro_operation *operation =
      __atomic_exchange_n(&asked, NULL, __ATOMIC_ACQ_REL);
  if (!operation)
    return;
  performed++;
  coro_operation_finish(operation, operation->code + 1);
}

static yields int64_t ask(uint32_t code) {
  coro_operation operation = {.code = code};
  return coro_perform(&operation);
}

static yields void give_way(int turns) {
  while (turns--)
    coro_yield_now();
}

static yields void lose_patience(uint32_t code) {
  coro_operation operation;
  coro_operation_init(&operation, code);
  coro_task(give_way) other;
  coro_start(&other, give_way, (int)(code % 16));
  if (coro_race(&operation, &other) == 0)
    CHECK(operation.result == code + 1);
}

static yields void all(uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (i % 4)
      CHECK(ask(i) == i + 1);
    else
      lose_patience(i);
  }
}

int main(void) {
  coro_completion completion = {&ops};
  struct sigaction action = {.sa_handler = on_alarm};
  CHECK(!sigaction(SIGALRM, &action, NULL));
  struct itimerval often = {{0, 50}, {0, 50}};
  CHECK(!setitimer(ITIMER_REAL, &often, NULL));
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->completion = &completion;
  coro_task(all) task;
  coro_job job;
  coro_start(&task, all, 4000);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
  CHECK(performed && forgotten);
  CHECK(submitted == (unsigned)performed + forgotten);
}
