/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Spawning: a task of its own, beside the one that asks for it. What is spawned
 * is a coro_spawned, which is a future: it can be waited for, cancelled and let
 * go. Frame and bookkeeping are one piece of memory, from an allocator or the
 * caller's. For children that may borrow from their parent see scope.h.
 */
#ifndef CORO_SPAWN_H
#define CORO_SPAWN_H

#include <coro/box.h>
#include <coro/capability.h>
#include <coro/combine.h>
#include <coro/future.h>
#include <coro/shared.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As coro_spawned.kind, which never changes; the runtime's. */
enum {
  CORO_SPAWNED_BOXED = 1, /* in one piece with its frame, to be given back */
  CORO_SPAWNED_SENT = 2,  /* a coro_sent, shared between threads */
  CORO_SPAWNED_CHILD = 4, /* a coro_child of a scope */
};

/*
 * A spawned task. It is a future: done when the task is, with the status the
 * task ended with. Any number of tasks wait for it, any number of times, on the
 * spawner's thread unless it was sent. That nobody waits any more does not end
 * the task. Opaque but for `future` and `job.task`, which names the frame.
 */
typedef struct coro_spawned {
  union {
    coro_shared shared;
    coro_future future; /* polled by hand, one at a time: see shared.h */
  };
  coro_job job;
  union {
    coro_spawner *spawner;
    coro_sender *sender; /* where CORO_SPAWNED_SENT */
  } to;
  coro_status status; /* CORO_PENDING until it is done */
  uint16_t kind;
  uint16_t detached; /* 1: nobody will ask for it */
} coro_spawned;

/* One that may run on any thread. */
typedef struct coro_sent {
  coro_spawned spawned;
  uint32_t state; /* atomic: see runtime/scope/sent.h */
} coro_sent;

/*
 * Spawns a task that was started and is not done, in storage that stays until
 * it is: any task, also that of a future by hand (coro_erase_future). 0, or
 * CORO_NOT_OFFERED where spawner is NULL, or why the spawner refused it; then
 * the task is still the caller's. The spawner's thread.
 */
int coro_spawn_any(coro_spawned *spawned, coro_spawner *spawner,
                   coro_any_task task);

/* The same for any thread, from any thread. The storage stays until it is done
 * and all who wait for it have seen that. */
int coro_spawn_send_any(coro_sent *sent, coro_sender *sender,
                        coro_any_task task CORO_SENDS);

/*
 * How it ended: CORO_DONE, CORO_RAISED or CORO_CANCELLED; CORO_PENDING if it
 * has not yet. From where its future may be polled. The result is at
 * coro_result_any(spawned->job.task), or coro_spawned_result; the error at
 * coro_error_any.
 */
coro_status coro_spawned_status(coro_spawned *spawned);

/*
 * Nobody wants it any more: it is cancelled in its turn. Does not wait. Nothing
 * happens to one that is done. The spawner's thread; from any, if it was sent.
 */
void coro_spawned_request_cancel(coro_spawned *spawned);

/*
 * Lets go of it: its memory goes back when it is done, at once if it is. To be
 * called once for each that coro_spawn and its like have given, and not by who
 * still waits for it, nor while somebody polls `future` by hand. Others that
 * wait still see how it ends. In the caller's storage there is nothing to give
 * back, and nothing happens. NULL is fine. From where its future may be polled.
 */
void coro_detach(coro_spawned *spawned);

/* A coro_spawn on its way, for what the macros below compile to. Takes frame
 * and bookkeeping from `from` in one piece. */
typedef struct coro_spawn_room {
  coro_allocator allocator; /* first: what coro_new is given */
  coro_allocator *from;
  size_t head;  /* bytes of bookkeeping */
  void *memory; /* the piece */
} coro_spawn_room;

coro_spawn_room coro_spawn_room_from(coro_allocator *allocator, size_t head);
/* The bookkeeping, with its task and no more; NULL where there is no memory. */
coro_spawned *coro_spawn_room_take(coro_spawn_room *room, coro_any_task task);
/* Gives back what was not spawned. */
void coro_spawned_give_back(coro_spawned *spawned);

int coro_spawn_begin(coro_spawned **spawned, coro_spawner *spawner,
                     coro_spawn_room *room, coro_any_task task);
int coro_spawn_send_begin(coro_spawned **spawned, coro_sender *sender,
                          coro_spawn_room *room, coro_any_task task CORO_SENDS);

#ifdef __clang__
/* What nobody keeps nobody can detach; and who does not look sees no refusal.
 */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
#pragma clang diagnostic ignored "-Wc++20-extensions"
[[nodiscard("it is NULL where it was refused, and otherwise to be detached, "
            "unless a scope has it")]] static inline coro_spawned *
coro_spawned_given(coro_spawned *spawned) {
  return spawned;
}
#pragma clang diagnostic pop
#endif

/* The value, which is a pointer to that type, or NULL. */
#define CORO_POINTER(type, value) (1 ? (value) : (type *)0)

/* A spawner's offer and the memory that goes with it, kept while arguments are
 * evaluated, which may suspend. */
#define CORO_SPAWN_INTO(out, begin, taker, from, head, ...)                    \
  __extension__({                                                              \
    coro_spawned **__coro_spawned_to = (out);                                  \
    __auto_type __coro_taker = (taker);                                        \
    coro_spawn_room __coro_room = coro_spawn_room_from(                        \
        __coro_taker ? CORO_POINTER(coro_allocator, from) : 0, (head));        \
    begin(__coro_spawned_to, __coro_taker, &__coro_room,                       \
          coro_new(&__coro_room.allocator, __VA_ARGS__));                      \
  })
#define CORO_SPAWN_OR_NULL(begin, taker, from, head, ...)                      \
  __extension__({                                                              \
    coro_spawned *__coro_spawned;                                              \
    CORO_SPAWN_INTO(&__coro_spawned, begin, taker, from, head, __VA_ARGS__);   \
    __coro_spawned;                                                            \
  })

#ifdef __cplusplus
}
#endif

#ifdef CORO_HAS_EFFECTS

/*
 * Cancels it and waits until it is over, which its cleanups may delay: how it
 * ended. It is still to be detached. Is not itself cancelled while it waits.
 */
CORO_YIELDS coro_status coro_spawned_cancel(coro_spawned *spawned)
    CORO_FRAME(96);

/*
 * The same as a cleanup, and detaches it: for a variable that owns one, as in
 * __attribute__((cleanup(coro_spawned_close))) coro_spawned *s = coro_spawn(f);
 * NULL is fine, and what the variable then is.
 */
CORO_YIELDS void coro_spawned_close(coro_spawned **spawned) CORO_FRAME(96);

#ifndef CORO_ERASE_EFFECTS

/*
 * coro_try_spawn(&spawned, f, args...): a task of the function named f, in
 * memory from the context's allocator, given to the context's spawner. 0, and
 * spawned is then to be detached; or, with spawned NULL, CORO_NOT_OFFERED where
 * the context has no spawner, CORO_REFUSED where the allocator refuses, or why
 * the spawner did. The arguments are evaluated in any case. For functions that
 * yield. In coro_block_on and closed sets, which have no spawner, an error of
 * the compiler.
 */
#define coro_try_spawn(spawned, ...)                                           \
  CORO_SPAWN_INTO(spawned, coro_spawn_begin, coro_needed_spawner(coro_self()), \
                  coro_self()->allocator, sizeof(coro_spawned), __VA_ARGS__)

/* coro_spawn(f, args...): the same for who need not know why: the coro_spawned,
 * or NULL where coro_try_spawn would say an error. */
#define coro_spawn(...)                                                        \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_spawn_begin, coro_needed_spawner(coro_self()),                      \
      coro_self()->allocator, sizeof(coro_spawned), __VA_ARGS__))

/*
 * Both for plain C, on the spawner's thread: coro_spawn_on(spawner, allocator,
 * f, args...), where either may be NULL.
 */
#define coro_try_spawn_on(spawned, spawner, allocator, ...)                    \
  CORO_SPAWN_INTO(spawned, coro_spawn_begin,                                   \
                  CORO_POINTER(coro_spawner, spawner), (allocator),            \
                  sizeof(coro_spawned), __VA_ARGS__)
#define coro_spawn_on(spawner, allocator, ...)                                 \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_spawn_begin, CORO_POINTER(coro_spawner, spawner), (allocator),      \
      sizeof(coro_spawned), __VA_ARGS__))

/*
 * coro_spawn_send(f, args...) and its like: the task may run on any thread that
 * the context's sender serves, and stays on the one that polls it first. NULL
 * or CORO_NOT_OFFERED where the context has no sender, as above. It
 * may be waited for, cancelled and detached on any thread. Its memory goes back
 * on the thread where it ends, or where the last one who waits or owns it sees
 * that: the allocator must stand it.
 */
#define coro_try_spawn_send(spawned, ...)                                      \
  CORO_SPAWN_INTO(spawned, coro_spawn_send_begin,                              \
                  coro_needed_sender(coro_self()), coro_self()->allocator,     \
                  sizeof(coro_sent), __VA_ARGS__)
#define coro_spawn_send(...)                                                   \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_spawn_send_begin, coro_needed_sender(coro_self()),                  \
      coro_self()->allocator, sizeof(coro_sent), __VA_ARGS__))
/* From any thread: coro_spawn_send_on(sender, allocator, f, args...). */
#define coro_try_spawn_send_on(spawned, sender, allocator, ...)                \
  CORO_SPAWN_INTO(spawned, coro_spawn_send_begin,                              \
                  CORO_POINTER(coro_sender, sender), (allocator),              \
                  sizeof(coro_sent), __VA_ARGS__)
#define coro_spawn_send_on(sender, allocator, ...)                             \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_spawn_send_begin, CORO_POINTER(coro_sender, sender), (allocator),   \
      sizeof(coro_sent), __VA_ARGS__))

/*
 * In the caller's storage, without an allocator: coro_spawn_storage(f) here;
 * coro_spawn_in(&here, f, args...). 0 or why not, as coro_spawn_any. The
 * storage stays until here.spawned is done.
 */
#define coro_spawn_storage(f)                                                  \
  struct {                                                                     \
    coro_spawned spawned;                                                      \
    coro_task(f) task;                                                         \
  }
#define coro_spawn_in(storage, ...)                                            \
  __extension__({                                                              \
    __auto_type __coro_storage = (storage);                                    \
    coro_start(&__coro_storage->task, __VA_ARGS__);                            \
    coro_spawn_any(&__coro_storage->spawned, coro_needed_spawner(coro_self()), \
                   coro_erase(&__coro_storage->task));                         \
  })

/* The same for any thread: coro_sent_storage(f) here; coro_spawn_send_in. */
#define coro_sent_storage(f)                                                   \
  struct {                                                                     \
    coro_sent sent;                                                            \
    coro_task(f) task;                                                         \
  }
#define coro_spawn_send_in(storage, ...)                                       \
  __extension__({                                                              \
    __auto_type __coro_storage = (storage);                                    \
    coro_start(&__coro_storage->task, __VA_ARGS__);                            \
    coro_spawn_send_any(&__coro_storage->sent,                                 \
                        coro_needed_sender(coro_self()),                       \
                        coro_erase(&__coro_storage->task));                    \
  })

/* What the function named f returned, of a coro_spawned of it that is done. */
#define coro_spawned_result(spawned, f)                                        \
  (*(__typeof__(((coro_task(f) *)0)->result) *)coro_result_any(                \
      (spawned)->job.task))

/* What it raised, of one that ended with CORO_RAISED. */
#define coro_spawned_error(spawned, f)                                         \
  (*(__typeof__(((coro_task(f) *)0)->error) *)coro_error_any(                  \
      (spawned)->job.task))

#endif
#endif

#endif
