// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -O2 -fplugin-arg-coro-poison-dead %s %rt -o %tp && %tp | %filecheck %s
// RUN: %coro -O0 -fplugin-arg-coro-spill-all %s %rt -o %ts && %ts | %filecheck %s
// Two and more tasks of one function, polled in turn, each as if it were alone;
// the same storage started again; the native stack overwritten between polls.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static yields unsigned inner(unsigned *p, unsigned n) {
  unsigned own[5] = {n, n + 1, n + 2};
  for (unsigned i = 0; i < n % 4; i++) {
    coro_suspend();
    own[i] += *p;
    *p = *p * 3 + own[i];
  }
  return own[0] + own[1] * 5 + own[2] * 7;
}

static yields unsigned work(unsigned seed, const char *text) {
  unsigned state = seed;
  unsigned *p = &state;
  for (unsigned i = 0; text[i]; i++) {
    state = state * 31 + (unsigned char)text[i];
    if (state & 1)
      coro_suspend();
    unsigned r = inner(p, i);
    {
      char copy[20];
      strncpy(copy, text, sizeof copy - 1);
      copy[i] ^= 1;
      coro_suspend();
      state += (unsigned char)copy[i] + r;
    }
  }
  return state;
}

__attribute__((noinline)) static void scribble(int with) {
  volatile char junk[4096];
  for (unsigned i = 0; i < sizeof junk; i++)
    junk[i] = (char)with;
}

static coro_context cx = CORO_CONTEXT_INIT;

static unsigned alone(unsigned seed, const char *text) {
  coro_task(work) t;
  memset(&t, 0xEE, sizeof t);
  coro_start(&t, work, seed, text);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    scribble(0x77);
  return t.result;
}

int main(void) {
  enum { MANY = 9 };
  static const char *const texts[] = {"", "a", "some words", "others"};
  coro_task(work) tasks[MANY];
  memset(tasks, 0x55, sizeof tasks);
  int wrong = 0, left = MANY;
  _Bool done[MANY] = {0};
  for (unsigned i = 0; i < MANY; i++)
    coro_start(&tasks[i], work, i, texts[i % 4]);
  for (unsigned turn = 0; left; turn++) {
    unsigned i = (turn * 7 + turn / 5) % MANY;
    if (done[i])
      continue;
    scribble((int)turn);
    if (coro_poll(&tasks[i], &cx) == CORO_DONE) {
      done[i] = 1;
      left--;
      wrong += tasks[i].result != alone(i, texts[i % 4]);
      wrong += coro_poll(&tasks[i], &cx) != CORO_DONE;
    }
  }
  // CHECK: 0 wrong
  printf("%d wrong\n", wrong);
  coro_task(work) again;
  for (unsigned i = 0; i < 3; i++) {
    coro_start(&again, work, 5, texts[2 + (i & 1)]);
    coro_poll(&again, &cx);
    coro_poll(&again, &cx);
  }
  coro_start(&again, work, 5, texts[2]);
  coro_task(work) moved; // by bytes: a copy by value is coro-linear
  memcpy(&moved, &again, sizeof moved);
  memset(&again, 0, sizeof again);
  while (coro_poll(&moved, &cx) == CORO_PENDING)
    ;
  // CHECK-NEXT: equal 1
  printf("equal %d\n", moved.result == alone(5, texts[2]));
}
