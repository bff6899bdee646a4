/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Lists the tasks of an executor: what it knows of each by itself, and then
 * where each is (dump_calls.c). */
#define _GNU_SOURCE
#include "dump.h"
#include "trace.h"

#include "../exec/run_queue.h"

#include <coro/closed.h>
#include <coro/dump.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

CORO_ALLOW("coro-blocking-call")
void dump_flush(dump_text *text) {
  const char *at = text->buffer;
  while (text->used) {
    ssize_t written = write(text->fd, at, text->used);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      break; /* nobody reads it */
    at += written;
    text->used -= (size_t)written;
  }
  text->used = 0;
}

/* A line is cut where it is longer than the buffer. */
void dump_print(dump_text *text, const char *format, ...) {
  for (int attempt = 0; attempt < 2; attempt++) {
    size_t room = sizeof(text->buffer) - text->used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->buffer + text->used, room, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < room) {
      text->used += (size_t)length;
      return;
    }
    dump_flush(text);
  }
}

/* Many tasks wait for the same. */
void dump_address(dump *dump, const void *address) {
  if (address != dump->named && dump->index)
    dump->name = dump_index_variable(dump->index, (uintptr_t)address);
  dump->named = address;
  dump_print(&dump->text, "%p", address);
  if (!dump->name.name)
    return;
  dump_print(&dump->text, " (%s", dump->name.name);
  if (dump->name.offset)
    dump_print(&dump->text, "+%zu", dump->name.offset);
  dump_print(&dump->text, ")");
}

/* The jobs, the oldest first. */
static const coro_job *oldest(const coro_executor *executor) {
  const coro_job *job = executor->jobs_list;
  while (job && job->older)
    job = job->older;
  return job;
}

size_t dump_number_of(const coro_executor *executor, const coro_job *job) {
  size_t number = 1;
  for (const coro_job *at = oldest(executor); at; at = at->newer, number++)
    if (at == job)
      return number;
  return 0;
}

static const char *state_of(const coro_executor *executor,
                            const coro_runnable *run) {
  if (run == executor->running)
    return "running";
  uintptr_t woken = __atomic_load_n(&run->woken, __ATOMIC_RELAXED);
  return run->coro & CORO_RUN_READY || woken & CORO_WOKEN_CLAIMED ? "ready"
                                                                  : "waiting";
}

/* The frame of one that is running says where it was, and not where it is. */
static void print_task(dump *dump, const coro_runnable *run, coro_any_task task,
                       size_t number) {
  const coro_executor *executor = dump->executor;
  dump->run = run;
  dump->told = 0;
  dump->arm_count = 0;
  dump_print(&dump->text, "%zu. %s: %s%s", number, task.coro->name,
             state_of(executor, run),
             run->coro & CORO_RUN_ENDING ? ", being cancelled" : "");
  uint64_t time;
  if (coro_trace_last_poll(run, &time))
    dump_time(dump, run == executor->running ? ", polled before " : ", for ",
              coro_now() - time);
  dump_print(&dump->text, "\n");
  if (run != executor->running)
    dump_calls(dump, task);
}

static coro_any_task task_of(const coro_runnable *run) {
  return (coro_any_task){coro_runnable_frame((coro_runnable *)run),
                         coro_runnable_descriptor(run)};
}

/* Which function a slot has a task of, the set alone can tell. */
static size_t print_closed(dump *dump, const coro_closed *set) {
  size_t listed = 0;
  char *at = set->slots;
  for (size_t i = 0; i < set->begun; i++, at += set->kind->stride) {
    const coro_runnable *run = (const coro_runnable *)at;
    if (run->coro & CORO_CLOSED_TAGS)
      print_task(dump, run, set->kind->task(at), ++listed);
  }
  return listed;
}

static size_t print_slots(dump *dump, size_t listed) {
  for (const coro_slots *slots = dump->executor->slots; slots;
       slots = slots->next) {
    const char *at = slots->first;
    for (size_t i = 0; i < slots->count; i++, at += slots->stride)
      if (coro_runnable_descriptor((const coro_runnable *)at))
        print_task(dump, (const coro_runnable *)at,
                   task_of((const coro_runnable *)at), ++listed);
  }
  return listed;
}

static size_t print_executor(dump *dump, const coro_executor *executor) {
  dump->executor = executor;
  size_t listed = 0;
  dump_print(&dump->text, "%zu task%s%s\n", executor->jobs,
             executor->jobs == 1 ? "" : "s",
             coro_trace_is_on() ? "" : "; since when: unknown without a trace");
  if (executor->closed)
    return print_closed(dump, (const coro_closed *)executor);
  for (const coro_job *job = oldest(executor); job; job = job->newer)
    print_task(dump, &job->run, task_of(&job->run), ++listed);
  listed = print_slots(dump, listed);
  if (listed < executor->jobs)
    dump_print(&dump->text,
               "and %zu in slots that coro_executor_know_slots was not told\n",
               executor->jobs - listed);
  return listed;
}

static void begin(dump *dump, int fd) {
  memset(dump, 0, sizeof(*dump));
  dump->text.fd = fd;
  dump->index = dump_index_open();
  dump_memory_open(dump);
}

/* One line for each file that did not have what it was asked for. */
static void print_troubles(dump *dump) {
  const char *path, *why;
  if (!dump->index)
    dump_print(&dump->text, "no frame records: there is no memory for them\n");
  for (size_t i = 0;
       dump->index && (why = dump_index_trouble(dump->index, i, &path)); i++)
    if (*why)
      dump_print(&dump->text, "no frame records of %s: %s\n", path, why);
}

static void end(dump *dump) {
  print_troubles(dump);
  dump_statics_close(dump);
  dump_memory_close(dump);
  dump_index_close(dump->index);
  dump_flush(&dump->text);
}

size_t coro_dump(const coro_executor *executor, int fd) {
  int saved = errno;
  dump dump;
  begin(&dump, fd);
  size_t listed = print_executor(&dump, executor);
  end(&dump);
  errno = saved;
  return listed;
}

void dump_of_thread(const coro_executor *executor, int fd) {
  /* A text is written in pieces, and several threads may have been asked. */
  static pthread_mutex_t one_by_one = PTHREAD_MUTEX_INITIALIZER;
  int saved = errno;
  dump dump;
  pthread_mutex_lock(&one_by_one);
  begin(&dump, fd);
  dump_print(&dump.text, "thread %ld: ", syscall(SYS_gettid));
  print_executor(&dump, executor);
  end(&dump);
  pthread_mutex_unlock(&one_by_one);
  errno = saved;
}

size_t coro_dump_pool(coro_pool *pool, int fd) {
  dump dump;
  begin(&dump, fd);
  size_t listed = 0;
  for (uint32_t i = 0; i < coro_pool_workers(pool); i++) {
    dump_print(&dump.text, "worker %u: ", (unsigned)i);
    listed += print_executor(&dump, coro_pool_executor(pool, i));
  }
  end(&dump);
  return listed;
}

long coro_dump_left(long left, const coro_executor *executor, int fd) {
  if (left > 0)
    coro_dump(executor, fd);
  return left;
}

long coro_executor_shutdown_dump(coro_executor *executor, uint64_t ns, int fd) {
  return coro_dump_left(coro_executor_shutdown(executor, ns), executor, fd);
}

long coro_pool_shutdown_dump(coro_pool *pool, uint64_t ns, int fd) {
  coro_pool_stop(pool, ns);
  long left = coro_pool_join(pool);
  if (left > 0)
    coro_dump_pool(pool, fd);
  return left;
}

void coro_dump_task(coro_any_task task, int fd) {
  dump dump;
  begin(&dump, fd);
  dump_print(&dump.text, "%s:\n", task.coro->name);
  dump_calls(&dump, task);
  end(&dump);
}
