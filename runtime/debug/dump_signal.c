/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Dumps on a signal. The handler goes through the watches and has each
 * executor call the function that dumps; it takes no lock.
 *
 * A watch is taken out while handlers may be looking at it: `inside` counts
 * them, and who takes it out waits until none is left that may have seen it. A
 * handler that interrupts the waiting thread itself is over before that goes
 * on.
 */
#define _GNU_SOURCE
#include "dump.h"

#include <coro/dump.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the list */
static coro_dump_watch *watches;                         /* atomic */
static uint32_t inside;                                  /* atomic */

static void ask(int number) {
  __atomic_fetch_add(&inside, 1, __ATOMIC_SEQ_CST);
  coro_dump_watch *watch = __atomic_load_n(&watches, __ATOMIC_SEQ_CST);
  for (; watch; watch = __atomic_load_n(&watch->next, __ATOMIC_SEQ_CST))
    if (watch->signal == number)
      coro_call_request(&watch->call);
  __atomic_fetch_sub(&inside, 1, __ATOMIC_SEQ_CST);
}

static void answer(coro_call *call) {
  coro_dump_watch *watch = (coro_dump_watch *)call;
  dump_of_thread(call->run.executor, watch->fd);
}

int coro_dump_on_signal(coro_dump_watch *watch, coro_executor *executor,
                        int number, int fd) {
  coro_call_init(&watch->call, executor, answer);
  watch->signal = number;
  watch->fd = fd;
  pthread_mutex_lock(&lock);
  watch->next = watches;
  __atomic_store_n(&watches, watch, __ATOMIC_SEQ_CST);
  pthread_mutex_unlock(&lock);
  struct sigaction action = {.sa_handler = ask, .sa_flags = SA_RESTART};
  if (sigaction(number, &action, NULL) == 0)
    return 0;
  int error = -errno;
  coro_dump_on_signal_end(watch);
  return error;
}

void coro_dump_on_signal_end(coro_dump_watch *watch) {
  if (!watch->call.run.executor)
    return;
  pthread_mutex_lock(&lock);
  coro_dump_watch **at = &watches;
  while (*at != watch)
    at = &(*at)->next;
  __atomic_store_n(at, watch->next, __ATOMIC_SEQ_CST);
  while (__atomic_load_n(&inside, __ATOMIC_SEQ_CST))
    sched_yield();
  pthread_mutex_unlock(&lock);
  coro_call_end(&watch->call);
  watch->call.run.executor = NULL;
}
