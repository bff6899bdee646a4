// A future written by hand, and how long somebody waits for it.
// corocc deadline.c -o deadline && ./deadline
#include <coro/coro.h>
#include <pthread.h>
#include <stdio.h>

// Done once a worker thread has an answer.
struct answer {
  coro_future future; // first: coro_wait and the others take a struct answer *
  _Atomic int ready;
  _Atomic(coro_waker *) wake; // whom to tell
  coro_waker waker;
  const char *question;
  int value;
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
  answer->value = 42;
  answer->ready = 1;
  if (answer->wake)
    coro_wake(*answer->wake);
  return NULL;
}

static yields void ask(struct answer *answer) {
  if (coro_timeout(CORO_SECOND, answer))
    printf("%s %d\n", answer->question, answer->value);
  else
    printf("%s Nobody knows.\n", answer->question);
}

static yields void ask_both(struct answer *a, struct answer *b) {
  coro_task(ask) first, second;
  coro_start(&first, ask, a);
  coro_start(&second, ask, b);
  coro_join(&first, &second);
}

int main(void) {
  struct answer none = {.future.poll = poll_answer, .question = "And why?"};
  struct answer some = {.future.poll = poll_answer, .question = "How many?"};
  coro_loop loop;
  if (coro_loop_init(&loop) < 0)
    return 1;
  coro_task(ask_both) task;
  coro_start(&task, ask_both, &none, &some);
  coro_job job;
  coro_loop_add(&loop, &job, coro_erase(&task), NULL);
  pthread_t thread; // answers one of them only
  if (pthread_create(&thread, NULL, worker, &some))
    return 1;
  int how = coro_loop_run(&loop);
  pthread_join(thread, NULL);
  coro_loop_fini(&loop);
  return how;
}
