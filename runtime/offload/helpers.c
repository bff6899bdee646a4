/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Helper threads. The works are nodes in the frames that wait, so the queue and
 * the line of those who found it full are one list: its first `limit` works are
 * the queue, the rest stands in line. A place that becomes free goes to the
 * first in line without anybody having to do anything, and who is cancelled
 * leaves wherever it stands.
 *
 * A helper without work puts a node in its own stack on the idle list and
 * sleeps on a word in it. Who brings work takes the first node off and calls
 * that one thread: the one that became idle last, whose caches are warm, so
 * that those who are not needed stay idle until their time is over.
 *
 * One helper at most is on its way at any time: it was called, or started, and
 * has not looked into the list yet. When it does, and leaves work behind, it
 * sends for the next one before it runs what it took. So a burst of works costs
 * who brings them one call, and yet no work waits for another one to end while
 * there is a thread to be had.
 *
 * Invariants, all under the gate:
 * - where there is work in the list, and a helper idle or still to be started,
 *   one is on its way;
 * - a helper is on the idle list until somebody takes it off: who brings work,
 *   who stops the group, or itself when its time is over.
 */
#include "../port/port.h"

#include <coro/capability.h>
#include <coro/offload.h>
#include <coro/time.h>
#include <pthread.h>
#include <signal.h>

enum { DEFAULT_THREADS = 4, DEFAULT_LIMIT = 256 };
static const uint64_t DEFAULT_IDLE_NS = 10000000000;

struct coro_helper {
  struct coro_helper *next;
  uint32_t called; /* atomic; set by who took it off the idle list */
};

_Static_assert(sizeof(pthread_t) <= sizeof(uintptr_t), "kept as a number");

static void lock(coro_helpers *helpers) {
  coro_wait_queue_lock(&helpers->gate);
}

static void unlock(coro_helpers *helpers) {
  coro_wait_queue_unlock(&helpers->gate);
}

/* Locked. The list of works ------------------------------------------------ */

static void append(coro_helpers *helpers, coro_work *work) {
  work->next = 0;
  work->prev = helpers->last;
  if (helpers->last)
    helpers->last->next = work;
  else
    helpers->first = work;
  helpers->last = work;
  work->queued = 1;
  helpers->works++;
}

static void take_out(coro_helpers *helpers, coro_work *work) {
  if (work->prev)
    work->prev->next = work->next;
  else
    helpers->first = work->next;
  if (work->next)
    work->next->prev = work->prev;
  else
    helpers->last = work->prev;
  work->queued = 0;
  helpers->works--;
}

/* Helpers ------------------------------------------------------------------ */

/* Locked: takes the first idle helper off its list; NULL if there is none. */
static struct coro_helper *take_idle(coro_helpers *helpers) {
  struct coro_helper *helper = helpers->idle;
  if (helper)
    helpers->idle = helper->next;
  return helper;
}

/* Not locked, so that it does not wake up only to wait for the gate. It may be
 * gone after the store: see coro_port_wake. */
static void call(struct coro_helper *helper) {
  __atomic_store_n(&helper->called, 1, __ATOMIC_RELEASE);
  coro_port_wake(&helper->called);
}

/* Locked, by a helper whose time is over: whether it still was on the list. */
static int leave_idle(coro_helpers *helpers, struct coro_helper *self) {
  struct coro_helper **at = &helpers->idle;
  while (*at && *at != self)
    at = &(*at)->next;
  if (!*at)
    return 0;
  *at = self->next;
  return 1;
}

/* Returns once the helper is called, or after ns. */
static void wait_called(struct coro_helper *self, uint64_t ns) {
  uint64_t begin = ns == CORO_PORT_FOREVER ? 0 : coro_port_now();
  uint64_t left = ns;
  while (left && !__atomic_load_n(&self->called, __ATOMIC_ACQUIRE)) {
    coro_port_wait(&self->called, 0, left);
    if (ns != CORO_PORT_FOREVER) {
      uint64_t passed = coro_port_now() - begin;
      left = passed < ns ? ns - passed : 0;
    }
  }
}

/* Locked; sleeps without. Whether this helper is to go on. */
static int sleep_idle(coro_helpers *helpers) {
  struct coro_helper self = {.next = helpers->idle};
  helpers->idle = &self;
  int stays = helpers->threads <= helpers->min;
  unlock(helpers);
  wait_called(&self, stays ? CORO_PORT_FOREVER : helpers->idle_ns);
  lock(helpers);
  if (leave_idle(helpers, &self))
    return helpers->threads <= helpers->min;
  unlock(helpers);
  /* Somebody took it off, and touches it until it is called. */
  wait_called(&self, CORO_PORT_FOREVER);
  lock(helpers);
  helpers->coming = 0;
  return 1;
}

/* Locked: leaves its thread to be joined by the next one that ends, or by who
 * stops the group, and joins the one before it: nothing has to remember more
 * than one, and a thread that ends has little left to do. */
static void end_thread(coro_helpers *helpers) {
  uintptr_t before = helpers->ended;
  uint32_t joins = helpers->has_ended;
  helpers->ended = (uintptr_t)pthread_self();
  helpers->has_ended = 1;
  helpers->threads--;
  uint32_t last = helpers->stopping && !helpers->threads;
  if (last) {
    __atomic_store_n(&helpers->changes, 1, __ATOMIC_RELEASE);
    coro_port_wake(&helpers->changes);
  }
  unlock(helpers);
  if (joins)
    pthread_join((pthread_t)before, 0);
}

static void *run_helper(void *of);

/* Locked: one thread more, which blocks all signals; false where the system
 * refuses. Under the gate, so that work that relies on a thread has one. */
static int start_thread(coro_helpers *helpers) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int started = !pthread_create(&thread, 0, run_helper, helpers);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  helpers->threads += (uint32_t)started;
  helpers->coming |= (uint32_t)started;
  return started;
}

/* Locked, after the list got work or with work left in it: has one helper more
 * come for it. The one to call once the gate is open, or NULL. */
static struct coro_helper *send_for_one(coro_helpers *helpers) {
  if (helpers->coming)
    return 0;
  struct coro_helper *helper = take_idle(helpers);
  if (helper)
    helpers->coming = 1;
  else if (helpers->threads < helpers->max)
    start_thread(helpers);
  return helper;
}

/* Locked; not while it runs. */
static void run_first(coro_helpers *helpers) {
  coro_work *work = helpers->first;
  take_out(helpers, work);
  struct coro_helper *next = helpers->first ? send_for_one(helpers) : 0;
  unlock(helpers);
  if (next)
    call(next);
  coro_work_run(work);
  lock(helpers);
}

static void *run_helper(void *of) {
  coro_helpers *helpers = of;
  lock(helpers);
  helpers->coming = 0;
  for (;;) {
    if (helpers->first)
      run_first(helpers);
    else if (helpers->stopping || !sleep_idle(helpers))
      break;
  }
  end_thread(helpers);
  return 0;
}

/* The offloader ------------------------------------------------------------ */

/* Ends with the gate open. */
static int take_locked(coro_helpers *helpers, coro_work *work) {
  int error = helpers->stopping ? CORO_CLOSED : 0;
  struct coro_helper *helper = 0;
  if (!error) {
    append(helpers, work);
    helper = send_for_one(helpers);
    if (!helpers->threads) { /* nor will there be one */
      take_out(helpers, work);
      error = CORO_REFUSED;
    }
  }
  unlock(helpers);
  if (helper)
    call(helper);
  return error;
}

static int submit(coro_offloader *self, coro_work *work) {
  coro_helpers *helpers = (coro_helpers *)self;
  lock(helpers);
  return take_locked(helpers, work);
}

static int try_submit(coro_offloader *self, coro_work *work) {
  coro_helpers *helpers = (coro_helpers *)self;
  lock(helpers);
  if (helpers->works < helpers->limit)
    return take_locked(helpers, work);
  unlock(helpers);
  return CORO_BUSY;
}

static int cancel(coro_offloader *self, coro_work *work) {
  coro_helpers *helpers = (coro_helpers *)self;
  lock(helpers);
  int queued = (int)work->queued;
  if (queued)
    take_out(helpers, work);
  unlock(helpers);
  return queued ? 0 : CORO_BUSY;
}

static const coro_offloader_ops ops = {.version = CORO_CAPABILITY_VERSION,
                                       .submit = submit,
                                       .cancel = cancel,
                                       .try_submit = try_submit};

int coro_helpers_start(coro_helpers *helpers,
                       const coro_helpers_options *options) {
  coro_helpers_options is = options ? *options : (coro_helpers_options){0};
  if (!is.max)
    is.max = is.min > DEFAULT_THREADS ? is.min : DEFAULT_THREADS;
  if (is.max < is.min)
    return CORO_INVALID;
  *helpers = (coro_helpers){
      .offloader = {&ops},
      .gate = CORO_WAIT_QUEUE_SHARED_INIT,
      .min = is.min,
      .max = is.max,
      .limit = is.limit ? is.limit : DEFAULT_LIMIT,
      .idle_ns = is.idle_ns ? is.idle_ns : DEFAULT_IDLE_NS,
  };
  lock(helpers);
  int started = 1;
  while (started && helpers->threads < is.min)
    started = start_thread(helpers);
  unlock(helpers);
  if (!started)
    coro_helpers_stop(helpers);
  return started ? 0 : CORO_REFUSED;
}

void coro_helpers_stop(coro_helpers *helpers) {
  lock(helpers);
  helpers->stopping = 1;
  struct coro_helper *idle = helpers->idle;
  helpers->idle = 0;
  int threads = helpers->threads != 0;
  unlock(helpers);
  while (idle) {
    struct coro_helper *next = idle->next;
    call(idle);
    idle = next;
  }
  while (threads && !__atomic_load_n(&helpers->changes, __ATOMIC_ACQUIRE))
    coro_port_wait(&helpers->changes, 0, CORO_PORT_FOREVER);
  lock(helpers); /* the last one has left the gate when we have it */
  uint32_t joins = helpers->has_ended;
  unlock(helpers);
  if (joins)
    pthread_join((pthread_t)helpers->ended, 0);
}

coro_helpers_state coro_helpers_now(coro_helpers *helpers) {
  coro_helpers_state now = {0};
  lock(helpers);
  now.queued =
      helpers->works < helpers->limit ? helpers->works : helpers->limit;
  now.waiting = helpers->works - now.queued;
  now.threads = helpers->threads;
  for (struct coro_helper *each = helpers->idle; each; each = each->next)
    now.idle++;
  unlock(helpers);
  return now;
}
