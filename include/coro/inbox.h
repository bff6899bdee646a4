/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A coro_sender for one executor: whoever has it has a task run there, from any
 * thread. A pool's sender lets any of its threads take a task; this one says
 * which it is, such as the one that owns a window or a connection.
 */
#ifndef CORO_INBOX_H
#define CORO_INBOX_H

#include <coro/executor.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque but for the sender, which is for contexts and coro_spawn_send_on. */
typedef struct coro_inbox {
  coro_sender sender;
  coro_call call;
  coro_runnable *sent; /* atomic: what the executor has not got yet */
} coro_inbox;

/*
 * Opens it, in the caller's storage, for the executor's thread. What is sent is
 * added to the executor while that runs or is stepped; coro_executor_run does
 * not wait for what may yet be sent, so a task that is to serve others stays.
 * Owner's thread.
 */
void coro_inbox_open(coro_inbox *inbox, coro_executor *executor);

/*
 * What is sent from now on is refused with CORO_CLOSED; what was sent before is
 * added to the executor. Once: on the owner's thread, before
 * coro_executor_fini. The storage stays until no other thread is inside of a
 * send.
 */
void coro_inbox_close(coro_inbox *inbox);

#ifdef __cplusplus
}
#endif

#endif
