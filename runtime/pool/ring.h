/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The bounded queue of a worker: first in first out, pushed to by its owner
 * alone, taken from by anybody, without locks.
 *
 *      head            tail
 *       v               v
 *   ....[a][b][c][d][e].....       place p is in slots[p % POOL_RING]
 *       <--- thieves: half   ^-- the owner pushes
 *       <- the owner: one
 *
 * Places count up and are never used twice, so:
 *
 * - Each item is taken once. Who takes places [h, h + n) has read their slots
 *   and then moves head from h to h + n in one exchange. Of those who try with
 *   the same h one succeeds, as head never comes back to it: 64 bits do not
 *   wrap around in any program's life (no ABA).
 * - What it read was right. A slot is written again only for place p +
 *   POOL_RING, when its owner has seen head beyond p. Then the exchange from an
 *   h <= p fails, and what was read meanwhile is thrown away. So the slots are
 *   atomic, though relaxed.
 * - What the item points to is seen: its push stores tail after the slot
 *   (release), and a thief loads tail (acquire) before it reads the slot.
 * - A reader's slot loads come before the owner's next store there: they are
 *   before its exchange of head (release), which the owner loads (acquire)
 *   before it believes that there is room.
 * - tail - head is no more than POOL_RING for the owner. Another thread may see
 *   an old head and a new tail, and then finds more: it looks again. It sees
 *   no head beyond tail: it loads head first (acquire), and who moved head
 *   there had seen that tail, or a later one.
 *
 * Full: the owner takes out the older half and the pool has an unbounded list
 * for it: see inject.h.
 *
 * That tail is stored with seq_cst has nothing to do with the queue, nor has
 * `burst`: see idle.h.
 */
#ifndef CORO_POOL_RING_H
#define CORO_POOL_RING_H

#include "atomics.h"

#include <coro/job.h>
#include <stdbool.h>

#ifndef POOL_RING
#define POOL_RING 256 /* a power of two, so that places may wrap around */
#endif

typedef struct pool_ring {
  _Alignas(POOL_LINE) uint64_t head; /* atomic; the oldest place */
  _Alignas(POOL_LINE) uint64_t tail; /* atomic; the next to push; the owner's */
  uint64_t burst;                    /* atomic; the owner's */
  coro_job *slots[POOL_RING];        /* atomic */
} pool_ring;

/* False if it is full. Owner, who has said whether it is in a burst. */
POOL_FN bool pool_ring_push(pool_ring *ring, coro_job *job, bool in_burst) {
  uint64_t tail = pool_load(&ring->tail, RELAXED);
  uint64_t head = pool_load(&ring->head, ACQUIRE);
  if (tail - head == POOL_RING)
    return false;
  pool_store(&ring->slots[tail % POOL_RING], job, RELAXED);
  if (in_burst)
    pool_store(&ring->tail, tail + 1, RELEASE);
  else
    pool_store(&ring->tail, tail + 1, SEQ_CST);
  pool_keep_order();
  return true;
}

/* Pushes n jobs at once; there is room for them. Owner, in no burst. */
POOL_FN void pool_ring_push_all(pool_ring *ring, coro_job *const *jobs,
                                size_t n) {
  uint64_t tail = pool_load(&ring->tail, RELAXED);
  for (size_t i = 0; i < n; i++)
    pool_store(&ring->slots[(tail + i) % POOL_RING], jobs[i], RELAXED);
  pool_store(&ring->tail, tail + n, SEQ_CST);
}

/* The oldest; NULL if it is empty. Owner. */
POOL_FN coro_job *pool_ring_pop(pool_ring *ring) {
  uint64_t tail = pool_load(&ring->tail, RELAXED);
  uint64_t head = pool_load(&ring->head, RELAXED);
  while (head != tail) {
    coro_job *job = pool_load(&ring->slots[head % POOL_RING], RELAXED);
    if (pool_exchange_if(&ring->head, &head, head + 1))
      return job;
  }
  return 0;
}

/*
 * The older half of a full ring, which was full: puts them into jobs and
 * returns how many, 0 if thieves have made room. Owner.
 */
POOL_FN size_t pool_ring_take_half(pool_ring *ring,
                                   coro_job *jobs[POOL_RING / 2]) {
  uint64_t tail = pool_load(&ring->tail, RELAXED);
  uint64_t head = tail - POOL_RING;
  for (uint64_t i = 0; i < POOL_RING / 2; i++)
    jobs[i] = pool_load(&ring->slots[(head + i) % POOL_RING], RELAXED);
  bool taken = pool_exchange_if(&ring->head, &head, head + POOL_RING / 2);
  return taken ? POOL_RING / 2 : 0;
}

/*
 * Takes the older half of what is in `from`: returns the oldest and moves the
 * others to `to`, which is the caller's own, empty and in no burst. NULL if
 * nothing is in it.
 */
POOL_FN coro_job *pool_ring_steal(pool_ring *to, pool_ring *from) {
  uint64_t end = pool_load(&to->tail, RELAXED);
  uint64_t head = pool_load(&from->head, ACQUIRE);
  for (;;) {
    uint64_t count = pool_load(&from->tail, ACQUIRE) - head;
    if (!count)
      return 0;
    if (count > POOL_RING) { /* an old head: the exchange would fail */
      head = pool_load(&from->head, ACQUIRE);
      continue;
    }
    uint64_t half = count - count / 2;
    coro_job *first = pool_load(&from->slots[head % POOL_RING], RELAXED);
    for (uint64_t i = 1; i < half; i++) {
      coro_job *job = pool_load(&from->slots[(head + i) % POOL_RING], RELAXED);
      pool_store(&to->slots[(end + i - 1) % POOL_RING], job, RELAXED);
    }
    if (!pool_exchange_if(&from->head, &head, head + half))
      continue;
    if (half > 1)
      pool_store(&to->tail, end + half - 1, SEQ_CST);
    return first;
  }
}

/* Whether something is in it. Anybody; sees every push that is before it in the
 * order of seq_cst operations, and may see one that was taken since. */
POOL_FN bool pool_ring_has(pool_ring *ring) {
  uint64_t head = pool_load(&ring->head, SEQ_CST);
  return pool_load(&ring->tail, SEQ_CST) != head;
}

#endif
