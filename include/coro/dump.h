/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Seeing tasks: where each is suspended, through which calls, and what it waits
 * for. All of that is read from frames, with the records that -g leaves in the
 * program's file, when somebody asks: a program that can be asked does nothing
 * for it while it runs. See docs/observing.md.
 */
#ifndef CORO_DUMP_H
#define CORO_DUMP_H

#include <coro/executor.h>
#include <coro/pool.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes what an executor has to the file descriptor fd, as text: each job, and
 * each slot of coro_executor_know_slots, or of a closed set, its state and
 * where it is. How many tasks it listed. Owner's thread, also from inside a
 * task; or any, once no thread runs the executor. Not from signal handlers.
 * Takes memory for the records while it runs; where there is none it says less.
 */
size_t coro_dump(const coro_executor *executor, int fd);

/* The same of all executors of a pool, after coro_pool_join. */
size_t coro_dump_pool(coro_pool *pool, int fd);

/*
 * coro_executor_shutdown, and a dump of what would not end, if there is any:
 * how many, 0 if none; or -errno. From where that may be called.
 */
CORO_BLOCKING long coro_executor_shutdown_dump(coro_executor *executor,
                                               uint64_t ns, int fd);

/* The same for a pool: coro_pool_stop, coro_pool_join and the dump. From where
 * coro_pool_join may be called; coro_pool_close comes after it. */
CORO_BLOCKING long coro_pool_shutdown_dump(coro_pool *pool, uint64_t ns,
                                           int fd);

/* The same for a closed set: struct name *e of CORO_EXECUTOR(name, ...), which
 * is evaluated twice. From where name_shutdown may be called. */
#define coro_closed_shutdown_dump(name, e, ns, fd)                             \
  coro_dump_left(name##_shutdown((e), (ns)), name##_executor(e), (fd))

/* Dumps the executor if what its shutdown returned says that tasks are left:
 * returns that. */
long coro_dump_left(long left, const coro_executor *executor, int fd);

/*
 * Where one task is, for executors of your own. It was started and nobody polls
 * it meanwhile. What it waits for is told by the functions' names alone.
 */
void coro_dump_task(coro_any_task task, int fd);

/* Somebody who asks for a dump by a signal. Opaque; the caller's storage, which
 * stays where it is until coro_dump_on_signal_end. */
typedef struct coro_dump_watch {
  coro_call call;
  struct coro_dump_watch *next;
  int signal, fd;
} coro_dump_watch;

/*
 * Has the executor's thread call coro_dump(executor, fd) soon after each signal
 * of this number, such as SIGUSR1, while it runs or sleeps: after the poll that
 * is running. The handler only wakes it. Any number of executors may share a
 * signal: each dumps itself. Signals that come before the dump is written count
 * as one. 0, or -errno of sigaction. Owner's thread, from outside of tasks or
 * inside; a pool's from coro_pool_options.begin.
 */
int coro_dump_on_signal(coro_dump_watch *watch, coro_executor *executor,
                        int signal, int fd);

/*
 * Ends that: before coro_executor_fini, for a pool in coro_pool_options.end. No
 * dump is written afterwards. The handler stays, and does nothing. Owner's
 * thread. Nothing happens to a watch that is all zero.
 */
void coro_dump_on_signal_end(coro_dump_watch *watch);

#ifdef __cplusplus
}
#endif

#endif
