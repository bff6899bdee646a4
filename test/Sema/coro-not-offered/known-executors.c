// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_block_on and closed sets offer no capability that CORO_NEEDS names: an
// error at the place where they are given what calls for one, directly or
// through functions of this unit.
#include <coro/coro.h>

coro_needs(spawner) void spawn(void);                                           // expected-note 2 {{'spawn' says here that it needs a coro_spawner}}
coro_needs(sender) coro_needs(offloader) yields void both(void) coro_frame(64); // expected-note {{'both' says here that it needs a coro_sender}}
coro_needs(offloader) void offload(void);                                       // expected-note 2 {{'offload' says here that it needs a coro_offloader}}
yields void elsewhere(void) coro_frame(64);

static inline void plain(int n) {
  if (n)
    plain(n - 1);
  spawn(); // expected-note 2 {{'plain' calls 'spawn' here}}
}

static yields void middle(void) {
  coro_suspend();
  plain(2); // expected-note {{'middle' calls 'plain' here}}
}

static yields int top(int n) {
  coro_suspend();
  middle(); // expected-note {{'top' calls 'middle' here}}
  return n;
}

static yields void direct(void) {
  coro_yield_now();
  plain(1); // expected-note {{'direct' calls 'plain' here}}
}

static void stop(int *n) {
  offload(); // expected-note 2 {{'stop' calls 'offload' here}}
  ++*n;
}
static yields void cleans(void) {
  __attribute__((cleanup(stop))) int n = 0; // expected-note 2 {{'cleans' calls 'stop' here}}
  coro_suspend();
}

// What is not called needs nothing, nor what other units do, nor what goes
// through a pointer or is started for another executor.
static yields void unknown(void (*pointer)(void)) {
  void (*also)(void) = spawn;
  coro_sleep(sizeof(spawn(), 1));
  pointer = also;
  pointer();
  elsewhere();
}

static yields void performs(coro_operation *operation) {
  coro_perform(operation); // expected-note {{'performs' calls 'coro_perform' here}}
}
// expected-note@coro/capability.h:* {{'coro_perform' says here that it needs a coro_completion}}

CORO_EXECUTOR(set, unknown,
              direct,  // expected-error {{'spawn' needs a coro_spawner, and a closed set, which runs 'direct', offers none; run it on an executor that does [coro-not-offered]}}
              cleans); // expected-error {{'offload' needs a coro_offloader, and a closed set, which runs 'cleans', offers none}}

int main(void) {
  coro_block_on(unknown, 0);
  coro_block_on(both);          // expected-error {{'both' needs a coro_sender, and coro_block_on, which runs 'both', offers none; run it on an executor that does [coro-not-offered]}}
  coro_block_on(cleans);        // expected-error {{'offload' needs a coro_offloader, and coro_block_on, which runs 'cleans', offers none}}
  coro_block_on(performs, 0);   // expected-error {{'coro_perform' needs a coro_completion, and coro_block_on, which runs 'performs', offers none}}
  return coro_block_on(top, 1); // expected-error {{'spawn' needs a coro_spawner, and coro_block_on, which runs 'top', offers none}}
}
