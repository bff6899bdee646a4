/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A scope is a variable of a function that yields, and holds tasks that run
 * beside it: its children. It does not end before they do, however the function
 * leaves it, so that they may use what was declared before it. All of it is of
 * one thread, that of the spawner.
 */
#ifndef CORO_SCOPE_H
#define CORO_SCOPE_H

#include <coro/spawn.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_scope coro_scope;

/* A task in a scope. Opaque but for `spawned`. */
typedef struct coro_child {
  coro_spawned spawned;
  coro_scope *scope;
  struct coro_child *next, *prev; /* in one of the scope's lists */
} coro_child;

/* One whose task runs on another thread. */
typedef struct coro_sent_child {
  coro_child child;
  coro_sent sent;
} coro_sent_child;

typedef struct coro_child_list {
  coro_child *first, *last;
} coro_child_list;

/*
 * What a scope does where a child fails: raises, is cancelled by somebody else
 * than the scope, or, if asked for, returns something else than zero. With none
 * of these the first failure cancels the other children.
 */
enum {
  CORO_SCOPE_COLLECT = 1, /* a failure cancels nobody */
  CORO_SCOPE_NONZERO = 2, /* a result with a byte that is not 0 is a failure */
};

/* Opaque but for the first three members. Stays where it is. */
struct coro_scope {
  /* Done once no child runs. A child may spawn others before that. */
  coro_shared all;
  /* Done once coro_scope_take gives one, or none will come. Where several take
   * they wait again if another one was faster. */
  coro_shared next;
  /* The first that failed, NULL if none has; there until the scope ends. */
  coro_spawned *failed;
  coro_spawner *spawner;
  coro_sender *sender;
  coro_allocator *allocator;
  coro_child_list running;
  coro_child_list ended; /* and not forgotten, in the order of their ends */
  coro_child *untaken;   /* the first of them that was not taken */
  uint16_t policy;
  uint16_t cancelled; /* 1: nobody wants its children any more */
};

/*
 * An empty scope that spawns with the context's spawner, sender and allocator.
 * Without the first, or the second for what is sent, each spawn is
 * CORO_NOT_OFFERED or NULL; without the third, CORO_REFUSED or NULL. An error
 * of the compiler in coro_block_on and closed sets. For coro_scope_var.
 */
CORO_NEEDS(spawner)
coro_scope coro_scope_open(coro_context *cx, uint32_t policy);

/* What children take memory from instead; NULL: everything is refused. It is
 * borrowed until the scope ends. */
static inline void coro_scope_set_allocator(coro_scope *scope,
                                            coro_allocator *allocator) {
  scope->allocator = allocator;
}

/*
 * Cancels all children that run, in their turn, and lets no others come: what
 * is spawned from now on is CORO_ENDED. Does not wait. To ask again changes
 * nothing. From plain C and from children, too.
 */
void coro_scope_cancel(coro_scope *scope);

/*
 * A child that has ended and was not taken before, in the order of their ends;
 * NULL if there is none just now. It stays there until the scope ends or it is
 * detached. Detached children are not among them.
 */
coro_spawned *coro_scope_take(coro_scope *scope);

/*
 * Spawns a task that was started and is not done, in storage that outlives the
 * scope, or what follows in it. 0, CORO_NOT_OFFERED where the context the scope
 * was opened in has no spawner, CORO_ENDED where the scope was cancelled, or
 * why the spawner refused; then the task is still the caller's.
 */
int coro_scope_spawn_any(coro_scope *scope, coro_child *child,
                         coro_any_task task);

/* What the macros below compile to. */
int coro_scope_begin(coro_spawned **spawned, coro_scope *scope,
                     coro_spawn_room *room, coro_any_task task);
int coro_scope_send_begin(coro_spawned **spawned, coro_scope *scope,
                          coro_spawn_room *room, coro_any_task task CORO_SENDS);
/* Gives back what the children took, all of which have ended. */
void coro_scope_clear(coro_scope *scope);

#ifdef __cplusplus
}
#endif

#ifdef CORO_HAS_EFFECTS

/* Waits until no child runs: true if none has failed. */
CORO_YIELDS _Bool coro_scope_wait(coro_scope *scope) CORO_FRAME(96);

/* Waits for coro_scope_take, and is it: NULL once no child is left. */
CORO_CANCEL_SAFE CORO_YIELDS coro_spawned *coro_scope_next(coro_scope *scope)
    CORO_FRAME(96);

/* Cancels what is left and waits for it; gives all memory back. For cleanups,
 * see coro_scope_var; nothing happens the second time. */
CORO_YIELDS void coro_scope_close(coro_scope *scope) CORO_FRAME(96);

#ifndef CORO_ERASE_EFFECTS

/*
 * Declares a scope, as in coro_scope_var(children, 0); policy is of
 * CORO_SCOPE_... Where the variable's block is left, by whatever way, children
 * that still run are cancelled and waited for. To let them run to their ends
 * call coro_scope_wait before.
 */
#define coro_scope_var(name, policy)                                           \
  coro_scope name __attribute__((cleanup(coro_scope_close))) =                 \
      coro_scope_open(coro_self(), (policy))

/*
 * coro_scoped (name, policy) statement: a scope for the statement. At its end
 * the children are waited for; where it is left earlier, by break, return, goto
 * or an error, they are cancelled.
 */
#define coro_scoped(name, policy)                                              \
  for (coro_scope_var(name, policy), *__coro_scope_##name = &name;             \
       __coro_scope_##name;                                                    \
       (void)coro_scope_wait(&name), __coro_scope_##name = 0)

/*
 * coro_scope_spawn(scope, f, args...): a child that runs the function named f,
 * in memory from the scope's allocator: a coro_spawned, or NULL where
 * coro_scope_try_spawn would say an error. It belongs to
 * the scope, which gives it back at its end. Detach it to have it given back as
 * soon as it is done: the scope waits for it all the same. From any code on the
 * scope's thread while the scope is there: its children have it as an argument.
 */
#define coro_scope_spawn(scope, ...)                                           \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_scope_begin, CORO_POINTER(coro_scope, scope),                       \
      __coro_taker->allocator, sizeof(coro_child), __VA_ARGS__))

/* The same with the reason: 0, CORO_REFUSED where the allocator refuses, or as
 * coro_scope_spawn_any. */
#define coro_scope_try_spawn(spawned, scope, ...)                              \
  CORO_SPAWN_INTO(spawned, coro_scope_begin, CORO_POINTER(coro_scope, scope),  \
                  __coro_taker->allocator, sizeof(coro_child), __VA_ARGS__)

/*
 * coro_scope_spawn_send(scope, f, args...) and with the reason: a child whose
 * task may run on any thread that the scope's sender serves; CORO_NOT_OFFERED
 * or NULL where it has none. It stays a child like others, of the scope's
 * thread: that is where it is waited for, where its failure is seen, and where
 * its memory is taken and given back. What it borrows from its parent, two
 * threads use at the same time.
 */
#define coro_scope_spawn_send(scope, ...)                                      \
  coro_spawned_given(CORO_SPAWN_OR_NULL(                                       \
      coro_scope_send_begin, CORO_POINTER(coro_scope, scope),                  \
      __coro_taker->allocator, sizeof(coro_sent_child), __VA_ARGS__))
#define coro_scope_try_spawn_send(spawned, scope, ...)                         \
  CORO_SPAWN_INTO(spawned, coro_scope_send_begin,                              \
                  CORO_POINTER(coro_scope, scope), __coro_taker->allocator,    \
                  sizeof(coro_sent_child), __VA_ARGS__)

/*
 * In the caller's storage: coro_child_storage(f) here, declared before the
 * scope; coro_scope_spawn_in(scope, &here, f, args...). 0 or why not, as
 * coro_scope_spawn_any.
 */
#define coro_child_storage(f)                                                  \
  struct {                                                                     \
    coro_child child;                                                          \
    coro_task(f) task;                                                         \
  }
#define coro_scope_spawn_in(scope, storage, ...)                               \
  __extension__({                                                              \
    __auto_type __coro_storage = (storage);                                    \
    coro_start(&__coro_storage->task, __VA_ARGS__);                            \
    coro_scope_spawn_any((scope), &__coro_storage->child,                      \
                         coro_erase(&__coro_storage->task));                   \
  })

#endif
#endif

#endif
