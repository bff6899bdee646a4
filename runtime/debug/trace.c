/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Records events. A thread takes one of the rings with its first event, and
 * from then on is the only one to write there, signal handlers included: each
 * takes a place with one addition and then fills it, so a handler that comes in
 * between takes the next. All memory is there before the first event.
 */
#define _GNU_SOURCE
#include "trace.h"

#include <coro/error.h>
#include <coro/time.h>
#include <coro/trace.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct ring {
  uint64_t next; /* events so far; atomic, for signal handlers */
  int thread;
  uint32_t number;  /* which of those of that name */
  const char *name; /* NULL: it has none */
  coro_trace_event *events;
};

static struct {
  uint32_t on; /* atomic */
  uint32_t rings_count;
  uint32_t taken;    /* atomic; may be more than there are rings */
  uint64_t homeless; /* atomic; events of threads that got no ring */
  uint64_t size;     /* events of a ring, a power of two */
  struct ring *rings;
  void (*hook)(const coro_trace_event *event);
} trace;

static _Thread_local uint32_t my_ring; /* 1 + its number */
static _Thread_local uint32_t my_number;
static _Thread_local const char *my_name;

/* NULL if none was left. */
static struct ring *ring_of_thread(void) {
  if (!my_ring) {
    my_ring = 1 + __atomic_fetch_add(&trace.taken, 1, __ATOMIC_RELAXED);
    if (my_ring <= trace.rings_count) {
      struct ring *ring = &trace.rings[my_ring - 1];
      ring->thread = (int)syscall(SYS_gettid);
      ring->name = my_name;
      ring->number = my_number;
    }
  }
  return my_ring <= trace.rings_count ? &trace.rings[my_ring - 1] : NULL;
}

/* Before the thread's first event. */
void coro_trace_thread(const char *name, uint32_t number) {
  my_name = name;
  my_number = number;
}

bool coro_trace_is_on(void) {
  return __atomic_load_n(&trace.on, __ATOMIC_ACQUIRE);
}

void coro_trace_record(uint32_t kind, const void *task, uint64_t other,
                       const char *name) {
  if (!coro_trace_is_on() && !trace.hook)
    return;
  coro_trace_event event = {coro_now(), task, name, other, kind};
  if (trace.hook) {
    trace.hook(&event);
    return;
  }
  struct ring *ring = ring_of_thread();
  if (!ring) {
    __atomic_fetch_add(&trace.homeless, 1, __ATOMIC_RELAXED);
    return;
  }
  uint64_t place = __atomic_fetch_add(&ring->next, 1, __ATOMIC_RELAXED);
  ring->events[place & (trace.size - 1)] = event;
}

/* Runs once for each ring; nothing is left where there is no memory. */
static int take_rings(uint32_t threads, uint64_t size) {
  struct ring *rings = calloc(threads, sizeof(*rings));
  coro_trace_event *events = calloc(threads * size, sizeof(*events));
  if (!rings || !events) {
    free(rings);
    free(events);
    return CORO_REFUSED;
  }
  for (uint32_t i = 0; i < threads; i++)
    rings[i].events = events + i * size;
  trace.rings = rings;
  trace.rings_count = threads;
  trace.size = size;
  return 0;
}

static bool is_offered(void) {
#ifdef CORO_TRACE
  return true;
#else
  return false;
#endif
}

int coro_trace_begin(uint32_t threads, uint32_t events) {
  if (!is_offered())
    return CORO_NOT_OFFERED;
  if (trace.rings)
    return CORO_BUSY;
  if (!threads || !events || events > UINT32_MAX / 2)
    return CORO_INVALID;
  uint64_t size = 1;
  while (size < events)
    size *= 2;
  int error = take_rings(threads, size);
  if (!error)
    __atomic_store_n(&trace.on, 1, __ATOMIC_RELEASE);
  return error;
}

int coro_trace_set_hook(void (*hook)(const coro_trace_event *event)) {
  if (!is_offered())
    return CORO_NOT_OFFERED;
  trace.hook = hook;
  return 0;
}

bool coro_trace_last_poll(const void *task, uint64_t *time) {
  if (!trace.rings || !my_ring || my_ring > trace.rings_count)
    return false;
  const struct ring *ring = &trace.rings[my_ring - 1];
  uint64_t kept = ring->next < trace.size ? ring->next : trace.size;
  for (uint64_t i = 1; i <= kept; i++) {
    const coro_trace_event *event =
        &ring->events[(ring->next - i) & (trace.size - 1)];
    if (event->task == task && (event->kind == CORO_TRACE_SUSPENDED ||
                                event->kind == CORO_TRACE_ADDED)) {
      *time = event->time;
      return true;
    }
  }
  return false;
}

/* A line for each event: what is behind the fourth number is its name. */
static void write_event(FILE *out, const coro_trace_event *event,
                        trace_names *names) {
  const char *name = event->kind == CORO_TRACE_WORK
                         ? coro_trace_name_of(names, (uintptr_t)event->other)
                         : event->name;
  fprintf(out, "%" PRIu64 " %" PRIu32 " %" PRIxPTR " %" PRIx64, event->time,
          event->kind, (uintptr_t)event->task, event->other);
  if (name)
    fputc(' ', out);
  for (const char *at = name ? name : ""; *at; at++)
    fputc((unsigned char)*at < ' ' ? '?' : *at, out);
  fputc('\n', out);
}

static void write_ring(FILE *out, const struct ring *ring, trace_names *names) {
  uint64_t end = ring->next, begin = end > trace.size ? end - trace.size : 0;
  fprintf(out, "thread %d lost %" PRIu64 "\n", ring->thread, begin);
  if (ring->name && begin < end)
    write_event(out,
                &(coro_trace_event){ring->events[begin & (trace.size - 1)].time,
                                    NULL, ring->name, ring->number,
                                    CORO_TRACE_THREAD},
                names);
  for (uint64_t i = begin; i < end; i++)
    write_event(out, &ring->events[i & (trace.size - 1)], names);
}

int coro_trace_write(int fd) {
  if (!trace.rings)
    return CORO_INVALID;
  __atomic_store_n(&trace.on, 0, __ATOMIC_RELEASE);
  int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  FILE *out = own < 0 ? NULL : fdopen(own, "w");
  if (!out) {
    int error = -errno;
    if (own >= 0)
      close(own);
    return error;
  }
  uint32_t taken = __atomic_load_n(&trace.taken, __ATOMIC_ACQUIRE);
  fprintf(out, "coro-trace 1 lost %" PRIu64 "\n", trace.homeless);
  trace_names names = {0};
  for (uint32_t i = 0; i < taken && i < trace.rings_count; i++)
    write_ring(out, &trace.rings[i], &names);
  coro_trace_names_close(&names);
  bool failed = ferror(out);
  errno = EIO;
  return fclose(out) == 0 && !failed ? 0 : -errno;
}

#ifdef CORO_TRACE
/* Without a line of the program: CORO_TRACE_FILE=<path> records all of a run,
 * and writes it when main is over. */
enum { THREADS = 64, EVENTS = 1 << 16 };

static const char *trace_path;

static void write_file(void) {
  int fd = open(trace_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int error = fd < 0 ? -errno : coro_trace_write(fd);
  if (error)
    fprintf(stderr, "coro: the trace cannot be written: %s\n",
            strerror(-error));
  if (fd >= 0)
    close(fd);
}

__attribute__((constructor)) static void begin_by_environment(void) {
  trace_path = getenv("CORO_TRACE_FILE");
  if (trace_path && !coro_trace_begin(THREADS, EVENTS))
    atexit(write_file);
}
#endif
