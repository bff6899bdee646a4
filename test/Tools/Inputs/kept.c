#include <coro/coro.h>
#include <string.h>

#ifndef LENGTH
#define LENGTH 64
#endif
struct request {
  char line[LENGTH];
  int length;
};

static yields int next(int n) {
  coro_yield_now();
  return n + 1;
}
__attribute__((noinline)) static yields int digest(const char *text, int n) {
  unsigned hash = 5381;
  for (int i = 0; i < n; i++) {
    hash = hash * 33 + text[i];
    coro_yield_now();
  }
  return hash;
}
yields int serve(int id, const char *name) {
  struct request request;
  request.length = strlen(strncpy(request.line, name, sizeof request.line));
  int first = next(id);
  int sum = first + digest(request.line, request.length);
  coro_yield_now();
  return sum;
}
