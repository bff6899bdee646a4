/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Traces: what happened to which task, and when. Only a runtime that was built
 * with -DCORO_TRACE (libcoro_rt_trace.a, which `corocc -DCORO_TRACE` links)
 * records any; in any other each hook is no code at all. See docs/observing.md.
 *
 * Each thread records into a ring of its own, without locks: where that is full
 * its oldest events are lost, and counted. `coro-trace` makes the file into one
 * that Chrome's and Perfetto's viewers show.
 */
#ifndef CORO_TRACE_H
#define CORO_TRACE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What happened. The number `other` of an event is 0 where nothing is said. */
enum {
  CORO_TRACE_ADDED = 1,     /* to an executor; other: the task that did it */
  CORO_TRACE_POLLED = 2,    /* its poll begins, on this thread */
  CORO_TRACE_SUSPENDED = 3, /* its poll ends, and it is not over */
  CORO_TRACE_DONE = 4,      /* its poll ends, and it is; other: coro_status */
  CORO_TRACE_REMOVED = 5,   /* by coro_job_remove */
  CORO_TRACE_WOKEN = 6,     /* is to be polled; by what this thread does */
  CORO_TRACE_CANCEL = 7,    /* nobody wants it any more */
  CORO_TRACE_QUEUED = 8,    /* this thread's task waits in a queue; other: its
                               address; task is NULL */
  CORO_TRACE_GRANTED = 9,   /* it has what it waited for; other: the queue */
  CORO_TRACE_MARK = 10,     /* coro_trace_mark; task is NULL */
  CORO_TRACE_WORK = 11,     /* this thread, a helper's, begins a task's work;
                               other: the address of its function */
  CORO_TRACE_WORKED = 12,   /* the work is over, and its task was woken; task is
                               NULL: it may be gone */
  CORO_TRACE_THREAD = 13,   /* in files, first of a thread's: it is one of a
                               pool's; name, and other: its number */
};

typedef struct coro_trace_event {
  uint64_t time;    /* coro_now() */
  const void *task; /* an address that is another task's once it is done */
  const char *name; /* its function, where it was added; a mark's text; else
                       NULL */
  uint64_t other;
  uint32_t kind;
} coro_trace_event;

/*
 * Begins to record: rings for so many threads, in the order in which they first
 * have an event, of so many events each (rounded up to a power of two). Takes
 * 40 bytes for each event at once, and keeps them. 0; CORO_REFUSED where there
 * is no memory; CORO_BUSY the second time; CORO_NOT_OFFERED in a runtime that
 * does not trace. One thread.
 */
int coro_trace_begin(uint32_t threads, uint32_t events);

/*
 * Ends recording and writes what there is to a file descriptor, for coro-trace:
 * 0 or -errno; CORO_INVALID where nothing was begun. No executor runs
 * meanwhile, in any thread, and no helper.
 */
int coro_trace_write(int fd);

/*
 * Has another function called with each event, instead of recording it; NULL
 * for none. It is called on the thread the event is of, in signal handlers,
 * too, and may not wake, add or cancel tasks. The event is there for the call.
 * Before any executor runs. CORO_NOT_OFFERED in a runtime that does not trace.
 */
int coro_trace_set_hook(void (*hook)(const coro_trace_event *event));

/* For the runtime: an event of this thread. */
void coro_trace_record(uint32_t kind, const void *task, uint64_t other,
                       const char *name);

/* The same: what this thread is called in the file, whenever recording begins.
 * The text stays where it is for ever. */
void coro_trace_thread(const char *name, uint32_t number);

#ifdef CORO_TRACE
#define CORO_TRACE_EVENT(kind, task, other, name)                              \
  coro_trace_record((kind), (task), (uint64_t)(other), (name))
/* A point in time with a text, which stays where it is for ever. */
#define coro_trace_mark(text) coro_trace_record(CORO_TRACE_MARK, 0, 0, (text))
#define CORO_TRACE_THIS_THREAD(name, number) coro_trace_thread((name), (number))
#else
#define CORO_TRACE_EVENT(kind, task, other, name) ((void)0)
#define coro_trace_mark(text) ((void)0)
#define CORO_TRACE_THIS_THREAD(name, number) ((void)0)
#endif

#ifdef __cplusplus
}
#endif

#endif
