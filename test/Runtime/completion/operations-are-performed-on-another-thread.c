// A thread of the program performs operations, while their tasks are woken for
// other reasons, have their wakers replaced, and are cancelled at any moment.
// No operation is ended twice or forgotten, each result is that of its own
// operation, and what the performer wrote is seen. Over the generic executor
// and a parked thread.
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t 40
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t 60
// RUN: %corocc %cflags -O2 %s -o %t && %t 200
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>
#include <unistd.h>

enum { TASKS = 12, ROUNDS = 30 };

struct question {
  coro_operation operation;
  unsigned value;
  unsigned answer; /* plain: written by the performer */
};

/* The performer: a thread and a list. */
static struct performer {
  coro_completion completion;
  pthread_mutex_t lock;
  pthread_cond_t asked;
  coro_operation *first;
  bool end;
  size_t submitted, performed, forgotten;
} performer;

static int submit(coro_completion *completion, coro_operation *operation) {
  (void)completion;
  pthread_mutex_lock(&performer.lock);
  operation->next = performer.first;
  performer.first = operation;
  performer.submitted++;
  pthread_cond_signal(&performer.asked);
  pthread_mutex_unlock(&performer.lock);
  return 0;
}

static int forget(coro_completion *completion, coro_operation *operation) {
  (void)completion;
  int result = CORO_BUSY;
  pthread_mutex_lock(&performer.lock);
  for (coro_operation **at = &performer.first; *at; at = &(*at)->next) {
    if (*at == operation) {
      *at = operation->next;
      performer.forgotten++;
      result = 0;
      break;
    }
  }
  pthread_mutex_unlock(&performer.lock);
  return result;
}

static const coro_completion_ops ops = {CORO_CAPABILITY_VERSION, submit,
                                        forget};

static void *perform(void *unused) {
  uint64_t random = 7;
  pthread_mutex_lock(&performer.lock);
  while (!performer.end || performer.first) {
    struct question *question = (struct question *)performer.first;
    if (!question) {
      pthread_cond_wait(&performer.asked, &performer.lock);
      continue;
    }
    performer.first = question->operation.next;
    performer.performed++;
    pthread_mutex_unlock(&performer.lock);
    if (next_random(&random) % 4 == 0)
      usleep(next_random(&random) % 60);
    question->answer = question->value * 3;
    coro_operation_finish(&question->operation, question->value + 1);
    pthread_mutex_lock(&performer.lock);
  }
  pthread_mutex_unlock(&performer.lock);
  return unused;
}

static yields void ask(unsigned value) {
  struct question question = {.operation.code = 1, .value = value};
  CHECK(coro_perform(&question.operation) == value + 1);
  CHECK(question.answer == value * 3);
}

/* Polled again and again for another reason: the other arm of a race. */
static yields void fidget(void) {
  for (int i = 0; i < 20; i++)
    coro_yield_now();
}

/* An operation as an arm. */
static yields void lose_patience(unsigned value) {
  struct question question = {.value = value};
  coro_operation_init(&question.operation, 1);
  coro_task(fidget) other;
  coro_start(&other, fidget);
  if (coro_race(&question.operation, &other) == 0)
    CHECK(question.operation.result == value + 1 &&
          question.answer == value * 3);
}

static yields void asker(unsigned seed) {
  for (unsigned i = 0; i < ROUNDS; i++) {
    if ((seed + i) % 3)
      ask(seed * 1000 + i);
    else
      lose_patience(seed);
  }
}

static coro_task(asker) tasks[TASKS];
static coro_job jobs[TASKS];

/* Polled in turns by an executor's waker and by one of our own. */
static void run(uint64_t seed) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->completion = &performer.completion;
  for (unsigned i = 0; i < TASKS; i++) {
    coro_start(&tasks[i], asker, i + (unsigned)(seed % 50));
    coro_executor_add(&executor, &jobs[i], coro_erase(&tasks[i]), NULL);
  }
  uint64_t until_cancel = next_random(&seed) % 3000;
  while (until_cancel-- && coro_executor_jobs(&executor)) {
    coro_executor_step(&executor);
    if (next_random(&seed) % 64 == 0) {
      coro_job *job = &jobs[next_random(&seed) % TASKS];
      if (next_random(&seed) % 4)
        coro_wake_local((coro_waker){executor.context.waker.ops, job});
      else
        coro_job_cancel(job);
    }
  }
  CHECK(coro_executor_shutdown(&executor, CORO_FOREVER) == 0);
  coro_executor_fini(&executor);
}

/* Another waker with each poll, the last of which is the parked thread's. */
static void change_wakers(unsigned value) {
  coro_parker parker, nobody;
  coro_context *parked = coro_parker_begin(&parker);
  coro_context *other = coro_parker_begin(&nobody);
  other->completion = parked->completion = &performer.completion;
  coro_task(ask) task;
  coro_start(&task, ask, value);
  bool done = false;
  for (int i = 0; i < 5 && !done; i++)
    done = coro_poll(&task, other) != CORO_PENDING ||
           coro_poll(&task, parked) != CORO_PENDING;
  while (!done) {
    coro_parker_wait(&parker);
    done = coro_poll(&task, parked) != CORO_PENDING;
  }
}

int main(int count, char **arguments) {
  uint64_t rounds = count > 1 ? strtoull(arguments[1], NULL, 10) : 10;
  performer = (struct performer){.completion = {&ops},
                                 .lock = PTHREAD_MUTEX_INITIALIZER,
                                 .asked = PTHREAD_COND_INITIALIZER};
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, perform, NULL));
  for (uint64_t seed = 1; seed <= rounds; seed++) {
    run(seed * 7919);
    for (unsigned i = 0; i < 20; i++)
      change_wakers(i);
  }
  pthread_mutex_lock(&performer.lock);
  performer.end = true;
  pthread_cond_signal(&performer.asked);
  pthread_mutex_unlock(&performer.lock);
  CHECK(!pthread_join(thread, NULL));
  CHECK(performer.submitted == performer.performed + performer.forgotten);
}
