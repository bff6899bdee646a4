// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// libc calls back an ordinary function: it would jump into a descriptor.
#include <coro/coro.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

yields int compare(const void *a, const void *b) {
  coro_suspend();
  return *(const int *)a - *(const int *)b;
}

yields void at_exit(void) { coro_suspend(); }

yields void *run(void *);
yields void handle(int);

void plain(int *numbers) {
  qsort(numbers, 1, sizeof *numbers, compare); // expected-error {{'compare' yields, and the library calls what 'qsort' is given as an ordinary function; give it an ordinary function, which runs 'compare' with coro_block_on or starts it as a task [coro-effect]}}
  atexit(at_exit);                             // expected-error {{'at_exit' yields, and the library calls what 'atexit' is given}}
  pthread_t thread;
  pthread_create(&thread, 0, run, 0);               // expected-error {{'run' yields, and the library calls what 'pthread_create' is given}}
  signal(SIGINT, handle);                           // expected-error {{'handle' yields, and the library calls what 'signal' is given}}
  struct sigaction action = {.sa_handler = handle}; // expected-error {{'handle' yields, and the library calls what 'sa_handler' is given}}
  action.sa_handler = handle;                       // expected-error {{'handle' yields, and the library calls what 'sa_handler' is given}}
}
