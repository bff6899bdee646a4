// RUN: %coro -Wall -Wextra -pedantic -Werror -std=c11 -fsyntax-only -Xclang -verify %s
// No message of clang's own is about what the macros are made of.
// expected-no-diagnostics
#include <coro/coro.h>

raises(int) int parse(const char *text);
raises(int) void check(const char *text);
void report(int e);

int plain(const char *text) {
  int value;
  coro_try {
    value = parse(text);
  }
  coro_catch(int, e) {
    value = -1;
  }
  return value;
}

int dangling(const char *text, int n) {
  if (n)
    coro_try
        check(text);
  coro_catch(int, e)
      report(e);
  else n = 2;
  for (int i = 0; i < n; i++)
    coro_try {
      if (i == 3)
        continue;
      if (parse(text))
        break;
    }
  coro_catch(int, e) {
    if (e)
      continue;
    break;
  }
  return n;
}

int returns(const char *text) {
  coro_try {
    return parse(text);
  }
  coro_catch(int, e) {
    return e;
  }
}

raises(long) int nested(const char *text) {
  int e, n = coro_catching(&e, parse(text) + parse(text + 1));
  coro_catching(&e, check(text));
  coro_try {
    coro_try {
      n += parse(text);
    }
    coro_catch(int, inner) {
      coro_raise((long)inner);
    }
  }
  coro_catch(long, outer) {
    coro_raise(outer + 1);
  }
  while (n) {
    coro_try {
      goto out;
    }
    coro_catch(int, unused) {
      goto again;
    }
  again:;
  }
out:
  return n;
}

raises(int) int always(void) { coro_raise(1); }
raises(int) _Noreturn void never(void) { coro_raise(2); }
