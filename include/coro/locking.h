/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Annotations for locks, checked by clang's -Wthread-safety, also in functions
 * that yield. They change no code, and are nothing where the compiler has none.
 * Beside the ones below, those of clang work: guarded_by, requires_capability.
 *
 * A capability whose name begins with "task " belongs to a task and not to a
 * thread: it may be held where the task suspends, and the warning
 * coro-lock-across-suspend says nothing of it.
 */
#ifndef CORO_LOCKING_H
#define CORO_LOCKING_H

#if defined(__has_attribute)
#if __has_attribute(capability)
#define CORO_LOCKING(...) __attribute__((__VA_ARGS__))
#endif
#endif
#ifndef CORO_LOCKING
#define CORO_LOCKING(...)
#endif

/* On a struct: it is a lock that tasks hold. */
#define CORO_TASK_LOCK(name) CORO_LOCKING(capability("task " name))

/* On a function: what it does with the lock. */
#define CORO_LOCKS(lock) CORO_LOCKING(acquire_capability(lock))
#define CORO_LOCKS_SHARED(lock) CORO_LOCKING(acquire_shared_capability(lock))
#define CORO_UNLOCKS(lock) CORO_LOCKING(release_capability(lock))
#define CORO_UNLOCKS_SHARED(lock) CORO_LOCKING(release_shared_capability(lock))
/* Locked where the function's value, as a condition, is `success`. */
#define CORO_TRIES_LOCK(success, lock)                                         \
  CORO_LOCKING(try_acquire_capability(success, lock))
#define CORO_TRIES_LOCK_SHARED(success, lock)                                  \
  CORO_LOCKING(try_acquire_shared_capability(success, lock))
/* The caller holds it, before and after. */
#define CORO_NEEDS_LOCK(lock) CORO_LOCKING(requires_capability(lock))
/* Says that it is held, to the check alone: where an op was waited for. */
#define CORO_SAYS_LOCKED(lock) CORO_LOCKING(assert_capability(lock))
#define CORO_SAYS_LOCKED_SHARED(lock)                                          \
  CORO_LOCKING(assert_shared_capability(lock))
/* Not checked: the body of what a lock is made of. */
#define CORO_LOCK_UNCHECKED CORO_LOCKING(no_thread_safety_analysis)

/* On a variable or member: only for whoever holds the lock. */
#define CORO_GUARDED_BY(lock) CORO_LOCKING(guarded_by(lock))

#endif
