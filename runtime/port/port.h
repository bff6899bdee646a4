/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * All that the runtime's core asks of the platform. One folder beside this file
 * for each platform fills it in; the build chooses one.
 */
#ifndef CORO_PORT_H
#define CORO_PORT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* No time-out. The same number as CORO_FOREVER. */
#define CORO_PORT_FOREVER UINT64_MAX

/* Nanoseconds of a clock that never goes back. From any thread or handler. The
 * port also defines coro_clock, of coro/time.h. */
uint64_t coro_port_now(void);

/*
 * Returns soon after *word, which is touched atomically, no longer is
 * `expected` and coro_port_wake was called, or after `ns` nanoseconds, or for
 * no reason at all. Never misses a wake that follows a change of the word.
 */
void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns);

/*
 * Ends the waits on this word. From any thread or signal handler; keeps errno.
 * Never reads the word: its storage may be gone by then, and another wait that
 * took its place ends early.
 */
void coro_port_wake(const uint32_t *word);

/*
 * True if several threads of the program may run at the same moment: then what
 * another one is about to do may be worth spinning for.
 */
bool coro_port_parallel(void);

#ifdef __cplusplus
}
#endif

#endif
