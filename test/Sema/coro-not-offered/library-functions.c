// RUN: %coro -fsyntax-only -Xclang -verify %s
// What the library offers says what it needs: spawning, scopes and offloading.
// A task that a function starts and waits for has the function's context.
#include <coro/coro.h>

// expected-note@coro/capability.h:* 0+ {{'coro_needed_spawner' says here that it needs a coro_spawner}}
// expected-note@coro/capability.h:* 0+ {{'coro_needed_sender' says here that it needs a coro_sender}}
// expected-note@coro/scope.h:* 0+ {{'coro_scope_open' says here that it needs a coro_spawner}}
// expected-note@coro/offload.h:* 0+ {{'__coro_offload' says here that it needs a coro_offloader}}
// expected-note@coro/offload.h:* 0+ {{'coro_offload_work' says here that it needs a coro_offloader}}

static yields int child(void) {
  coro_suspend();
  return 1;
}
static int plain(void) { return 1; }

static yields void spawns(void) { coro_detach(coro_spawn(child)); } // expected-note 6 {{'spawns' calls 'coro_spawn' here}}
static yields void tries(coro_spawned *spawned) {
  coro_try_spawn(&spawned, child); // expected-note {{'tries' calls 'coro_try_spawn' here}}
}
static yields int spawns_in(void) {
  static coro_spawn_storage(child) here;
  return coro_spawn_in(&here, child); // expected-note {{'spawns_in' calls 'coro_spawn_in' here}}
}
static yields void sends(void) { coro_detach(coro_spawn_send(child)); } // expected-note {{'sends' calls 'coro_spawn_send' here}}
static yields int sends_in(void) {
  static coro_sent_storage(child) here;
  return coro_spawn_send_in(&here, child); // expected-note {{'sends_in' calls 'coro_spawn_send_in' here}}
}
static yields void opens(void) {
  coro_scope_var(scope, 0); // expected-note {{'opens' calls 'coro_scope_var' here}}
}
static yields void scoped(void) {
  coro_scoped (scope, CORO_SCOPE_COLLECT) // expected-note {{'scoped' calls 'coro_scoped' here}}
    (void)scope;
}
static yields int offloads(void) { return coro_offload(plain); } // expected-note {{'offloads' calls 'coro_offload' here}}
static yields int works(coro_work *work) {
  return coro_offload_work(work); // expected-note {{'works' calls 'coro_offload_work' here}}
}

static yields void joins(void) {
  coro_task(child) a;
  coro_task(spawns) b;
  coro_start(&a, child);
  coro_start(&b, spawns);
  coro_join(&a, &b); // expected-note {{'joins' polls a task of 'spawns' here}}
}
static yields coro_status waits(void) {
  coro_task(spawns) task;
  coro_start(&task, spawns);
  return coro_wait(&task); // expected-note {{'waits' polls a task of 'spawns' here}}
}
static yields int races(void) {
  coro_task(spawns) tasks[2];
  coro_start(&tasks[0], spawns);
  coro_start(&tasks[1], spawns);
  return coro_race(&tasks[0], &tasks[1]); // expected-note {{'races' polls a task of 'spawns' here}}
}
static yields int in_time(void) {
  coro_task(spawns) task;
  coro_start(&task, spawns);
  return coro_timeout(1000, &task); // expected-note {{'in_time' polls a task of 'spawns' here}}
}
static yields int boxes(void) {
  return coro_try_box(0, spawns); // expected-note {{'boxes' polls a task of 'spawns' here}}
}
static yields yields_of(int) void counts(void) {
  coro_detach(coro_spawn(child)); // expected-note 2 {{'counts' calls 'coro_spawn' here}}
  coro_yield(1);
}
static yields int loops(void) {
  int sum = 0;
  coro_for(int n, counts) // expected-note {{'loops' polls a task of 'counts' here}}
      sum += n;
  return sum;
}
static yields int nexts(void) {
  coro_task(counts) task;
  coro_start(&task, counts);
  return coro_next(&task); // expected-note {{'nexts' polls a task of 'counts' here}}
}

// A scope of somebody else has a spawner, or none, of its own; what is given to
// another executor has that one's context.
static yields void adds(coro_scope *scope) {
  coro_detach(coro_scope_spawn(scope, child));
  coro_spawned *sent = coro_spawn_send_on(NULL, NULL, spawns);
  coro_detach(sent);
}
static yields void hands_over(coro_executor *executor, coro_job *job) {
  static coro_task(spawns) task;
  coro_start(&task, spawns);
  coro_executor_add(executor, job, coro_erase(&task), NULL);
}
// A function that asks does something else without.
static yields int asks(void) {
  if (!coro_self()->spawner || !coro_self()->offloader)
    return child();
  spawns();
  coro_scoped (scope, 0)
    (void)scope;
  return coro_offload(plain);
}

CORO_EXECUTOR(set, adds, hands_over, asks,
              offloads, // expected-error {{'coro_offload' needs a coro_offloader, and a closed set, which runs 'offloads', offers none}}
              scoped,   // expected-error {{'coro_scoped' needs a coro_spawner, and a closed set, which runs 'scoped', offers none}}
              sends);   // expected-error {{'coro_spawn_send' needs a coro_sender, and a closed set, which runs 'sends', offers none}}

int main(void) {
  coro_block_on(adds, NULL);
  coro_block_on(hands_over, NULL, NULL);
  coro_block_on(asks);
  coro_block_on(offloads); // one task: the call blocks nobody else

  coro_block_on(spawns);      // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'spawns', offers none; run it on an executor that does [coro-not-offered]}}
  coro_block_on(tries, NULL); // expected-error {{'coro_try_spawn' needs a coro_spawner, and coro_block_on}}
  coro_block_on(spawns_in);   // expected-error {{'coro_spawn_in' needs a coro_spawner, and coro_block_on}}
  coro_block_on(sends_in);    // expected-error {{'coro_spawn_send_in' needs a coro_sender, and coro_block_on}}
  coro_block_on(opens);       // expected-error {{'coro_scope_var' needs a coro_spawner, and coro_block_on}}
  coro_block_on(works, NULL); // expected-error {{'coro_offload_work' needs a coro_offloader, and coro_block_on}}
  coro_block_on(joins);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'joins', offers none}}
  coro_block_on(waits);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'waits', offers none}}
  coro_block_on(races);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'races', offers none}}
  coro_block_on(in_time);     // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'in_time', offers none}}
  coro_block_on(boxes);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'boxes', offers none}}
  coro_block_on(loops);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'loops', offers none}}
  coro_block_on(nexts);       // expected-error {{'coro_spawn' needs a coro_spawner, and coro_block_on, which runs 'nexts', offers none}}
}
