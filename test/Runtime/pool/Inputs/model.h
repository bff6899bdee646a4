/*
 * Runs a few small threads through all their interleavings. Each thread is a
 * coroutine that suspends before each atomic operation; all that there is lies
 * in one struct, `world`, so that a state can be kept, gone on from in every
 * way, and compared with those that were there before.
 *
 *   explore(state): for each thread that is not done: poll it once; what comes
 *   of it is explored later unless it is known; go back to the state.
 *
 * Memory is that of x86: a store that is not seq_cst goes into its thread's
 * buffer, and from there, first in first out, into memory at any time. Each
 * store that leaves a buffer is a step of its own. All other operations empty
 * the buffer or look into it.
 */
#ifndef MODEL_H
#define MODEL_H

#include "../../check.h"

#include <coro/coro.h>
#include <pthread.h>

#define CORO_POOL_MODEL
#define POOL_LINE 8 /* a small world */
#define POOL_FN static inline CORO_YIELDS

enum { MODEL_THREADS = 3, MODEL_BUFFER = 4, MODEL_FRAME = 256 };

struct model_thread {
  _Alignas(16) char frame[MODEL_FRAME];
  const coro_descriptor *coro; /* NULL: it is done, or there is none */
  size_t buffered;
  struct {
    uint64_t *word, value;
  } buffer[MODEL_BUFFER];
};

extern struct model_thread *model_self; /* the thread that is polled */

static inline void model_flush_one(struct model_thread *self) {
  *self->buffer[0].word = self->buffer[0].value;
  self->buffered--;
  memmove(self->buffer, self->buffer + 1,
          self->buffered * sizeof(*self->buffer));
  memset(&self->buffer[self->buffered], 0, sizeof(*self->buffer));
}

static inline void model_fence(void) {
  while (model_self->buffered)
    model_flush_one(model_self);
}

static inline uint64_t model_read(const uint64_t *word) {
  for (size_t i = model_self->buffered; i--;)
    if (model_self->buffer[i].word == word)
      return model_self->buffer[i].value;
  return *word;
}

static inline CORO_YIELDS uint64_t model_load(const uint64_t *word) {
  coro_suspend();
  return model_read(word);
}

enum { MODEL_RELAXED, MODEL_ACQUIRE, MODEL_RELEASE, MODEL_SEQ_CST };

static inline CORO_YIELDS void model_store(uint64_t *word, uint64_t value,
                                           int order) {
  /* Nobody sees it in the buffer: that is no step of its own. */
  if (order == MODEL_SEQ_CST)
    coro_suspend();
  if (model_self->buffered == MODEL_BUFFER)
    model_flush_one(model_self);
  model_self->buffer[model_self->buffered].word = word;
  model_self->buffer[model_self->buffered++].value = value;
  if (order == MODEL_SEQ_CST)
    model_fence();
}

static inline CORO_YIELDS bool
model_exchange_if(uint64_t *word, uint64_t *expected, uint64_t value) {
  coro_suspend();
  model_fence();
  bool same = *word == *expected;
  if (same)
    *word = value;
  else
    *expected = *word;
  return same;
}

static inline CORO_YIELDS uint64_t model_add(uint64_t *word, uint64_t value) {
  coro_suspend();
  model_fence();
  *word += value;
  return *word - value;
}

/* What was there before. */
static inline CORO_YIELDS uint64_t model_exchange(uint64_t *word,
                                                  uint64_t value) {
  coro_suspend();
  model_fence();
  uint64_t before = *word;
  *word = value;
  return before;
}

static inline CORO_YIELDS uint64_t model_or(uint64_t *word, uint64_t bits) {
  coro_suspend();
  model_fence();
  uint64_t before = *word;
  *word |= bits;
  return before;
}

static inline CORO_YIELDS uint64_t model_xor(uint64_t *word, uint64_t bits) {
  coro_suspend();
  model_fence();
  uint64_t before = *word;
  *word ^= bits;
  return before;
}

/* Each thread does a fence, one after the other and not at once. */
void model_fence_of(int thread);
static inline CORO_YIELDS void model_fence_all(void) {
  for (int i = 0; i < MODEL_THREADS; i++) {
    coro_suspend();
    model_fence_of(i);
  }
}

/* Where the lock is taken, a poll changes nothing: that is a known state. */
static inline CORO_YIELDS void model_lock(uint64_t *lock) {
  do {
    coro_suspend();
    model_fence();
  } while (*lock);
  *lock = 1;
}

#define pool_load(word, order)                                                 \
  ((__typeof__(*(word)))(uintptr_t)model_load((const uint64_t *)(word)))
#define pool_store(word, value, order)                                         \
  model_store((uint64_t *)(word), (uint64_t)(uintptr_t)(value), MODEL_##order)
#define pool_exchange_if(word, expected, value)                                \
  model_exchange_if(word, expected, value)
#define pool_add(word, value) model_add(word, value)
#define pool_keep_order() ((void)0)
#define pool_fence_all() model_fence_all()

typedef uint64_t pool_mutex;
#define pool_lock(mutex) model_lock(mutex)
#define pool_unlock(mutex) model_store(mutex, 0, MODEL_RELEASE)

_Static_assert(sizeof(void *) == sizeof(uint64_t), "slots are words");

#endif
