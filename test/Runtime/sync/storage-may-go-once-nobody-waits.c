// A thread unlocks, releases or sets what is in an object; another one waits
// for that, or gives up waiting and tries until it can, and frees the object at
// once: while the first may not have returned yet.
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan 40000
#include "../check.h"

#include <coro/sync.h>
#include <pthread.h>

struct object {
  coro_mutex mutex;
  coro_rwlock rwlock;
  coro_semaphore semaphore;
  coro_event event;
};

static int turns;
static struct object *objects[2]; /* of this turn and the next */
static pthread_barrier_t both;

static void linger(uint64_t random) {
  for (volatile uint64_t n = random % 512; n; n--)
    ;
}

/* True once it has what it waits for; or gives up after a while: false. */
static bool wait_somehow(coro_future *future, uint64_t random) {
  coro_context cx = CORO_CONTEXT_INIT;
  if (random % 4 == 0)
    return coro_block_on_future(future) == CORO_DONE;
  if (future->poll(future, &cx) == CORO_DONE)
    return true;
  linger(random / 4);
  coro_future_cancel(future, &cx);
  return false;
}

static void wait_for(struct object *self, int turn, uint64_t random) {
  coro_mutex_lock_op mutex;
  coro_rwlock_op rwlock;
  coro_semaphore_acquire_op semaphore;
  coro_event_wait_op event;
  coro_mutex_lock_op_init(&mutex, &self->mutex);
  coro_rwlock_write_op_init(&rwlock, &self->rwlock);
  coro_semaphore_acquire_op_init(&semaphore, &self->semaphore, 2);
  coro_event_wait_op_init(&event, &self->event);
  if (turn % 4 == 0 && !wait_somehow(&mutex.waiter.future, random))
    while (!coro_mutex_try_lock(&self->mutex))
      ;
  if (turn % 4 == 1 && !wait_somehow(&rwlock.waiter.future, random))
    while (!coro_rwlock_try_write(&self->rwlock))
      ;
  if (turn % 4 == 2 && !wait_somehow(&semaphore.waiter.future, random))
    while (!coro_semaphore_try_acquire(&self->semaphore, 2))
      ;
  if (turn % 4 == 3)
    CHECK(coro_block_on_future(&event.waiter.future) == CORO_DONE);
  free(self);
}

static void *wait_for_all(void *argument) {
  uint64_t random = 1;
  for (int turn = 0; turn < turns; turn++) {
    pthread_barrier_wait(&both);
    wait_for(objects[turn % 2], turn, next_random(&random));
  }
  return argument;
}

static struct object *make(void) {
  struct object *self = malloc(sizeof(*self));
  CHECK(self);
  *self = (struct object){.mutex = CORO_MUTEX_SHARED_INIT,
                          .rwlock = CORO_RWLOCK_SHARED_INIT,
                          .semaphore = CORO_SEMAPHORE_SHARED_INIT(1),
                          .event = CORO_EVENT_SHARED_INIT};
  CHECK(coro_mutex_try_lock(&self->mutex));
  CHECK(coro_rwlock_try_write(&self->rwlock));
  return self;
}

static void let_go(struct object *self, int turn) {
  if (turn % 4 == 0)
    coro_mutex_unlock(&self->mutex);
  else if (turn % 4 == 1)
    coro_rwlock_end_write(&self->rwlock);
  else if (turn % 4 == 2)
    coro_semaphore_release(&self->semaphore, 1);
  else
    coro_event_set(&self->event);
}

int main(int argc, char **argv) {
  turns = argc > 1 ? atoi(argv[1]) : 100;
  pthread_barrier_init(&both, NULL, 2);
  pthread_t other;
  CHECK(!pthread_create(&other, NULL, wait_for_all, NULL));
  uint64_t random = 2;
  for (int turn = 0; turn < turns; turn++) {
    struct object *self = objects[turn % 2] = make();
    pthread_barrier_wait(&both);
    linger(next_random(&random));
    let_go(self, turn);
  }
  pthread_join(other, NULL);
}
