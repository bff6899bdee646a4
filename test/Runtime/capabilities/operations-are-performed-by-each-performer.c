// One library function performs operations, in turn, at once and with a limit
// of time, over each coro_completion: one that performs in submit; one that
// keeps them for a batch, and takes back what is cancelled, or ends it with the
// rest; one that has helper threads do it; and each behind one that refuses
// some. Under the generic executor, and where the polls are made by hand.
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=thread %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

enum { ADD = 1, SLOWLY = 2 };

struct add {
  coro_operation operation;
  int a, b, sum;
  coro_work work; /* for the one with helpers */
};

/* The library --------------------------------------------------------------*/

static yields int64_t add(int a, int b) {
  struct add add = {.operation.code = ADD, .a = a, .b = b};
  return coro_perform(&add.operation);
}

static yields int in_turn(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum = (int)add(sum, i);
  return sum;
}

/* One of which nobody waits for the end, at any time. */
static yields bool impatient(int turns) {
  struct add slow = {.a = 1, .b = 2};
  coro_operation_init(&slow.operation, SLOWLY);
  coro_task(in_turn) other;
  coro_start(&other, in_turn, turns);
  if (coro_race(&slow.operation, &other) == 1)
    return false;
  CHECK(slow.operation.result == 3);
  return true;
}

static yields int library(int n) {
  coro_task(in_turn) one, two;
  coro_start(&one, in_turn, n);
  coro_start(&two, in_turn, n + 1);
  coro_join(&one, &two);
  CHECK(one.result == n * (n - 1) / 2 && two.result == one.result + n);
  int first = 0;
  for (int turns = 0; turns < 6; turns++)
    first += impatient(turns);
  return first;
}

/* Performers ---------------------------------------------------------------*/

static int64_t sum_of(coro_operation *operation) {
  struct add *add = (struct add *)operation;
  return add->a + add->b;
}

static int submit_at_once(coro_completion *self, coro_operation *operation) {
  (void)self;
  coro_operation_finish_here(operation, sum_of(operation));
  return 0;
}
static int never(coro_completion *self, coro_operation *operation) {
  (void)self, (void)operation;
  abort(); /* it never has one */
}

/* Keeps them until the tasks wait. */
struct batch {
  coro_completion completion;
  coro_operation *first;
  unsigned delays;
  bool stubborn; /* what is cancelled ends with the batch, too */
};

static int batch_submit(coro_completion *self, coro_operation *operation) {
  struct batch *batch = (struct batch *)self;
  operation->next = batch->first;
  batch->first = operation;
  return 0;
}

static int batch_cancel(coro_completion *self, coro_operation *operation) {
  struct batch *batch = (struct batch *)self;
  if (batch->stubborn)
    return CORO_BUSY;
  coro_operation **at = &batch->first;
  while (*at != operation)
    at = &(*at)->next;
  *at = operation->next;
  return 0;
}

static int perform_batch(struct batch *batch) {
  coro_operation *rest = batch->first;
  batch->first = NULL;
  int count = 0;
  for (; rest; count++) {
    coro_operation *operation = rest;
    rest = rest->next;
    if (operation->code == SLOWLY && ++batch->delays % 4) /* the next time */
      batch_submit(&batch->completion, operation);
    else
      coro_operation_finish_here(operation, sum_of(operation));
  }
  return count;
}

/* On helper threads, as work that is in the operation. Its waker is called when
 * it has run, and tells the operation's end once the work is not used. */
struct helped {
  coro_completion completion;
  coro_helpers helpers;
};

static void run_work(coro_work *work) {
  struct add *add = (struct add *)((char *)work - offsetof(struct add, work));
  add->sum = add->a + add->b;
}

static void end_operation(void *operation) {
  coro_operation_finish(operation, ((struct add *)operation)->sum);
}

static coro_untold end_untold(void *operation) {
  return (coro_untold){end_operation, operation};
}

static int helped_submit(coro_completion *self, coro_operation *operation) {
  static const coro_waker_ops ends = {end_operation, NULL, end_untold};
  coro_offloader *to = &((struct helped *)self)->helpers.offloader;
  coro_work *work = &((struct add *)operation)->work;
  coro_work_init(work, run_work);
  work->waker = (coro_waker){&ends, operation};
  return to->ops->submit(to, work);
}

static int helped_cancel(coro_completion *self, coro_operation *operation) {
  coro_offloader *from = &((struct helped *)self)->helpers.offloader;
  return from->ops->cancel(from, &((struct add *)operation)->work);
}

/* Over each ----------------------------------------------------------------*/

/* Polled by the generic executor; batch may be NULL. */
static void execute(coro_completion *completion, struct batch *batch,
                    coro_any_task task) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->completion = completion;
  coro_job job;
  coro_executor_add(&executor, &job, task, NULL);
  if (batch)
    do
      while (coro_executor_step(&executor))
        ;
    while (perform_batch(batch));
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
}

static int executed(coro_completion *completion, struct batch *batch) {
  coro_task(library) task;
  coro_start(&task, library, 20);
  execute(completion, batch, coro_erase(&task));
  return task.result;
}

/* Polled by hand, by a thread that sleeps. */
static int by_hand(coro_completion *completion, struct batch *batch) {
  coro_parker parker;
  coro_context *cx = coro_parker_begin(&parker);
  cx->completion = completion;
  coro_task(library) task;
  coro_start(&task, library, 20);
  while (coro_poll(&task, cx) == CORO_PENDING)
    if (!batch || !perform_batch(batch))
      coro_parker_wait(&parker);
  return task.result;
}

/* The n-th is refused, and the function that asked for it hears why. */
static void refused(coro_completion *completion, struct batch *batch) {
  coro_faulty_completion faulty;
  coro_faulty_completion_init(&faulty, completion, 3, false, CORO_BUSY);
  coro_task(in_turn) task;
  coro_start(&task, in_turn, 5);
  execute(&faulty.completion, batch, coro_erase(&task));
  CHECK(task.result == CORO_BUSY + 3 + 4 && faulty.faults.seen == 5);
}

static int each(coro_completion *completion, struct batch *batch) {
  int first = executed(completion, batch);
  first += by_hand(completion, batch);
  refused(completion, batch);
  return first;
}

int main(void) {
  static const coro_completion_ops ops[] = {
      {CORO_CAPABILITY_VERSION, submit_at_once, never},
      {CORO_CAPABILITY_VERSION, batch_submit, batch_cancel},
      {CORO_CAPABILITY_VERSION, helped_submit, helped_cancel}};
  coro_completion at_once = {&ops[0]};
  CHECK(each(&at_once, NULL) == 12);
  struct batch batch = {.completion = {&ops[1]}};
  for (int stubborn = 0; stubborn <= 1; stubborn++) {
    batch.stubborn = stubborn;
    int first = each(&batch.completion, &batch);
    CHECK(first > 0 && first < 12 && !batch.first);
  }
  struct helped helped = {.completion = {&ops[2]}};
  CHECK(!coro_helpers_start(&helped.helpers, NULL));
  each(&helped.completion, NULL);
  coro_helpers_stop(&helped.helpers);
}
