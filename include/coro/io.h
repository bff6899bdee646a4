/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Files and sockets: POSIX calls that wait instead of blocking. Each tries
 * first and waits only where the kernel says EAGAIN; interrupted calls are
 * repeated. Errors are negative errno values. Many tasks may wait for one file,
 * and for the same thing.
 *
 * The capability is the context's reactor. Without one, as in coro_block_on,
 * these functions block the thread instead, with the same results; until the
 * next of the context's timers is due at most, so that limits hold.
 *
 * A file descriptor need not be non-blocking. Sockets are asked for each call
 * not to block. Listening and connecting sockets are made non-blocking
 * (O_NONBLOCK stays set). Other files (pipes, terminals) are asked first
 * whether they are ready and their flags stay as they are; where another
 * process reads the same pipe or terminal, set O_NONBLOCK yourself, or its
 * reading first blocks our thread. Regular files are always ready.
 *
 * Closing a file does not wake who waits for it. shutdown() does, for sockets.
 *
 * Cancelled, each of these stops waiting, at once: the reactor and the kernel
 * have nothing of its frame any more, and neither buffers nor addresses are
 * touched again. So the reactor must still be there; the file need not.
 * Operations with which nothing is lost then are coro_cancel_safe; of the
 * others it is said what remains. Where the thread is blocked nobody cancels.
 */
#ifndef CORO_IO_H
#define CORO_IO_H

#include <coro/context.h>
#include <coro/effects.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Opens the reactor the program should use: the best one that works here, or
 * the one the environment variable CORO_REACTOR names. NULL if there is none;
 * *error, which may not be NULL, is then a negative errno value: -EINVAL if
 * CORO_REACTOR names no reactor of this library. It belongs to the thread that
 * uses it, and takes memory as the highest waited-for descriptor grows.
 */
struct coro_reactor *coro_reactor_open(int *error);

/* Ends it. Nothing waits in it any more. NULL is fine. */
void coro_reactor_close(struct coro_reactor *reactor);

/* Its name, as in CORO_REACTOR; lives as long as the program. */
const char *coro_reactor_name(const struct coro_reactor *reactor);

/* What coro_wait_fd waits for: a set. */
enum {
  CORO_READABLE = 1, /* reading would not block: data, the end, an error */
  CORO_WRITABLE = 2, /* writing would not block */
};

#ifdef CORO_HAS_EFFECTS

/*
 * Waits until fd is ready for one of events, a set that is not empty. Returns
 * those it is ready for, never 0, or -EBADF, -EINVAL, -ENOMEM. The file may
 * turn out not to be ready after all, as with poll(2).
 */
CORO_CANCEL_SAFE CORO_YIELDS int coro_wait_fd(int fd, unsigned events)
    CORO_FRAME(48);

/*
 * As read(2): the number of bytes, 0 at the end, or -errno. buf holds n bytes
 * and is borrowed until the call is over.
 */
CORO_CANCEL_SAFE CORO_YIELDS ssize_t coro_read(int fd, void *buf, size_t n)
    CORO_FRAME(80);

/*
 * As write(2), so it may write fewer than n bytes; how many, or -errno. A
 * socket whose other end is gone gives -EPIPE and no SIGPIPE; a pipe gives
 * both.
 */
CORO_CANCEL_SAFE CORO_YIELDS ssize_t coro_write(int fd, const void *buf,
                                                size_t n) CORO_FRAME(80);

/*
 * Writes all of it: n, or -errno, and then some of it may have been written.
 * Cancelled, too, and how much is not told: what follows on this stream would
 * not begin where the other end expects it.
 */
CORO_YIELDS ssize_t coro_write_all(int fd, const void *buf, size_t n)
    CORO_FRAME(96);

/*
 * Takes a connection from a listening socket: its descriptor, non-blocking and
 * close-on-exec, the caller's to close; or -errno. A connection that was
 * aborted while it waited is skipped. -EMFILE and -ENFILE come back at once
 * each time: sleep before trying again. Cancelled, it has taken none.
 */
CORO_CANCEL_SAFE CORO_ACQUIRES CORO_YIELDS int coro_accept(int fd)
    CORO_FRAME(64);

/*
 * Connects a socket: 0 or -errno. addr is borrowed until the call is over. Unix
 * sockets give -EAGAIN where the listener's backlog is full. Cancelled, the
 * kernel goes on connecting: all to do with the socket is to close it.
 */
CORO_YIELDS int coro_connect(int fd, const struct sockaddr *addr, socklen_t len)
    CORO_FRAME(64);

#ifdef SIG_BLOCK /* hidden where only ISO C is asked for */
/*
 * Waits for one of the signals in *set, which is borrowed until the call is
 * over, and takes it: its number, or -errno. All of them must be blocked in
 * every thread (sigprocmask at the start of main), or they do what they would
 * do otherwise. One that came before the call is not lost: it stays pending;
 * so does one that comes for a call that is cancelled.
 */
CORO_CANCEL_SAFE CORO_YIELDS int coro_wait_signal(const sigset_t *set)
    CORO_FRAME(64);
#endif

#endif

#ifdef __cplusplus
}
#endif

#endif
