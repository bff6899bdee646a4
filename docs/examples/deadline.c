// A future written by hand, and how long somebody waits for it.
// corocc deadline.c -o deadline && ./deadline
#include <coro/coro.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

// Done once a worker thread has an answer.
struct answer {
  coro_future future; // first: coro_wait and the others take a struct answer *
  _Atomic int ready;
  _Atomic(coro_waker *) wake; // whom to tell
  coro_waker waker;
  int delay, value;
};

static coro_status poll_answer(coro_future *self, coro_context *cx) {
  struct answer *answer = (struct answer *)self;
  if (!answer->wake) { // the first poll
    answer->waker = cx->waker;
    answer->wake = &answer->waker;
  }
  return answer->ready ? CORO_DONE : CORO_PENDING;
}

static void *worker(void *data) {
  struct answer *answer = data;
  usleep((unsigned)answer->delay * 1000);
  answer->value = 42;
  answer->ready = 1;
  if (answer->wake)
    coro_wake(*answer->wake);
  return NULL;
}

static yields void ask(struct answer *answer) {
  if (coro_timeout(100 * CORO_MILLISECOND, answer))
    printf("after %d ms: %d\n", answer->delay, answer->value);
  else
    printf("after %d ms: too late\n", answer->delay);
}

static yields void ask_both(struct answer *a, struct answer *b) {
  coro_task(ask) first, second;
  coro_start(&first, ask, a);
  coro_start(&second, ask, b);
  coro_join(&first, &second);
  coro_join(a, b); // the threads use the waker until they have an answer
}

int main(void) {
  struct answer slow = {.future.poll = poll_answer, .delay = 300};
  struct answer quick = {.future.poll = poll_answer, .delay = 10};
  coro_loop loop;
  if (coro_loop_init(&loop) < 0)
    return 1;
  coro_task(ask_both) task;
  coro_start(&task, ask_both, &slow, &quick);
  coro_job job;
  coro_loop_add(&loop, &job, coro_erase(&task), NULL);
  pthread_t threads[2];
  if (pthread_create(&threads[0], NULL, worker, &slow) ||
      pthread_create(&threads[1], NULL, worker, &quick))
    return 1;
  int how = coro_loop_run(&loop);
  pthread_join(threads[0], NULL);
  pthread_join(threads[1], NULL);
  coro_loop_fini(&loop);
  return how;
}
