// A JSON parser that pulls its text byte by byte: nesting on a stack of its own,
// numbers, strings and words each in a function; errors are raised.
#include "support/frames.h"
#include <ctype.h>

enum fault { ENDS = 1, DEPTH, SYNTAX };

struct source {
  unsigned port;
  char ahead;
  uint32_t line;
};

static yields char next(struct source *s) {
  char was = s->ahead;
  s->ahead = (char)get(s->port);
  if (was == '\n')
    s->line++;
  return was;
}

static yields void space(struct source *s) {
  while (isspace((unsigned char)s->ahead))
    next(s);
}

static raises(enum fault) yields uint32_t text(struct source *s) {
  char bytes[64];
  size_t n = 0;
  next(s);
  while (s->ahead != '"') {
    if (s->ahead == 0)
      coro_raise(ENDS);
    char c = next(s);
    if (c == '\\')
      c = next(s) == 'n' ? '\n' : '?';
    if (n < sizeof(bytes))
      bytes[n++] = c;
  }
  next(s);
  return digest(11, bytes, n);
}

static yields uint32_t number(struct source *s) {
  bool negative = s->ahead == '-';
  double value = 0, scale = 1;
  if (negative)
    next(s);
  while (isdigit((unsigned char)s->ahead))
    value = value * 10 + (next(s) - '0');
  if (s->ahead == '.') {
    next(s);
    while (isdigit((unsigned char)s->ahead)) {
      scale /= 10;
      value += (next(s) - '0') * scale;
    }
  }
  return (uint32_t)(value * 1000) ^ (negative ? 0x80000000u : 0);
}

static raises(enum fault) yields uint32_t word(struct source *s) {
  char bytes[8] = {0};
  for (int n = 0; isalpha((unsigned char)s->ahead); n++) {
    if (n == 7)
      coro_raise(SYNTAX);
    bytes[n] = next(s);
  }
  if (strcmp(bytes, "true") == 0)
    return 1;
  if (strcmp(bytes, "false") == 0)
    return 2;
  if (strcmp(bytes, "null") != 0)
    coro_raise(SYNTAX);
  return 3;
}

static raises(enum fault) yields uint32_t document(struct source *s) {
  char open[16];
  int depth = 0;
  uint32_t sum = 17;
  do {
    space(s);
    char c = s->ahead;
    if (c == '{' || c == '[') {
      if (depth == (int)sizeof(open))
        coro_raise(DEPTH);
      open[depth++] = next(s);
    } else if (c == '}' || c == ']') {
      if (depth == 0 || open[--depth] != (c == '}' ? '{' : '['))
        coro_raise(SYNTAX);
      next(s);
      sum = sum * 33 + (uint32_t)depth;
    } else if (c == '"') {
      sum = sum * 33 + text(s);
    } else if (c == '-' || isdigit((unsigned char)c)) {
      sum = sum * 33 + number(s);
    } else if (c == ',' || c == ':') {
      next(s);
    } else if (c == 0) {
      coro_raise(ENDS);
    } else {
      sum = sum * 33 + word(s);
    }
  } while (depth > 0);
  return sum;
}

static yields uint32_t parse(unsigned port, const char *json, size_t length) {
  struct source source = {port, ' ', 1};
  uint32_t result;
  port_script(port, json, length);
  coro_try {
    result = document(&source);
  }
  coro_catch (enum fault, e) {
    result = 1000000u * e + source.line;
  }
  return result;
}

static yields uint32_t all(unsigned port) {
  static const char good[] = "{ \"a\": [1, -2.5, true, null],\n \"b\\n\": {\"c\": \"d\"} }";
  uint32_t sum = parse(port, good, sizeof(good) - 1);
  sum ^= parse(port, "[\n\n\"open", 8);
  return sum ^ parse(port, "{ \n trap }", 10);
}

RUN(all, 0)
