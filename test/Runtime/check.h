/* What the runtime's tests share: checks, and tasks written by hand. */
#ifndef CORO_TEST_CHECK_H
#define CORO_TEST_CHECK_H

#include <coro/abi.h>
#include <coro/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);  \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

/* Skips the test: lit sees 77 as unsupported. */
#define SKIP(reason)                                                           \
  do {                                                                         \
    printf("skipped: %s\n", (reason));                                         \
    exit(77);                                                                  \
  } while (0)

static inline void check_text(const char *actual, const char *expected) {
  if (strcmp(actual, expected) == 0)
    return;
  fprintf(stderr, "expected:\n%s\ngot:\n%s\n", expected, actual);
  exit(1);
}

/* The descriptor of a task whose frame is a struct and poll a function. */
#define BY_HAND(type, poll_function)                                           \
  {.abi = CORO_ABI_VERSION,                                                    \
   .align = _Alignof(type),                                                    \
   .size = sizeof(type),                                                       \
   .poll = poll_function,                                                      \
   .name = #poll_function}

/* A log of short words, for tests about order. */
static char events[4096];
static inline void event(const char *word) {
  CHECK(strlen(events) + strlen(word) + 2 < sizeof(events));
  if (*events)
    strcat(events, " ");
  strcat(events, word);
}

/* Numbers that look random and are the same in each run (xorshift). */
static inline uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

#endif
