/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What most programs on an operating system want: an executor with a reactor.
 * It is only a convenience: each part can be had alone.
 */
#ifndef CORO_LOOP_H
#define CORO_LOOP_H

#include <coro/executor.h>
#include <coro/io.h>
#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Storage of the caller's choice; stays where it is until coro_loop_fini. */
typedef struct coro_loop {
  coro_executor executor;
  struct coro_reactor *reactor;
} coro_loop;

/* 0, or the negative errno value of coro_reactor_open: nothing to end then. */
int coro_loop_init(coro_loop *loop);

/* As coro_executor_fini, and closes the reactor: tasks that are left cannot be
 * cancelled afterwards. */
void coro_loop_fini(coro_loop *loop);

/* As coro_executor_add, coro_executor_run and coro_executor_stop. */
static inline void coro_loop_add(coro_loop *loop, coro_job *job,
                                 coro_any_task task, coro_on_done *on_done) {
  coro_executor_add(&loop->executor, job, task, on_done);
}
CORO_BLOCKING static inline int coro_loop_run(coro_loop *loop) {
  return coro_executor_run(&loop->executor);
}
static inline void coro_loop_stop(coro_loop *loop) {
  coro_executor_stop(&loop->executor);
}

#ifdef __cplusplus
}
#endif

#endif
