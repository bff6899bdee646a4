// Formulas from a line: tokens with a kind and a value, precedence on two stacks,
// functions that ask a server; the same helpers are called from many places.
#include "support/frames.h"
#include <ctype.h>

enum kind { END, NUMBER, NAME, OPERATOR };

struct token {
  enum kind kind;
  union {
    int32_t number;
    char name[12];
    char sign;
  };
};

struct line {
  unsigned port;
  char ahead;
};

static yields char step(struct line *l) {
  char was = l->ahead;
  l->ahead = (char)get(l->port);
  return was;
}

static yields struct token next(struct line *l) {
  struct token t = {.kind = END};
  while (l->ahead == ' ')
    step(l);
  if (isdigit((unsigned char)l->ahead)) {
    t.kind = NUMBER;
    t.number = 0;
    while (isdigit((unsigned char)l->ahead))
      t.number = t.number * 10 + (step(l) - '0');
  } else if (isalpha((unsigned char)l->ahead)) {
    int n = 0;
    t.kind = NAME;
    memset(t.name, 0, sizeof(t.name));
    while (isalpha((unsigned char)l->ahead)) {
      char c = step(l);
      if (n < 11)
        t.name[n++] = c;
    }
  } else if (l->ahead != ';' && l->ahead != 0) {
    t.kind = OPERATOR;
    t.sign = step(l);
  }
  return t;
}

static int priority(char c) { return c == '*' || c == '/' ? 2 : c == '(' ? 0 : 1; }

static int32_t apply(char c, int32_t a, int32_t b) {
  switch (c) {
  case '+':
    return a + b;
  case '-':
    return a - b;
  case '*':
    return a * b;
  default:
    return b == 0 ? 0 : a / b;
  }
}

static yields int32_t lookup(unsigned server, const char *name) {
  uint8_t reply[16];
  drain(server, name, strlen(name));
  fill(server, reply, sizeof(reply));
  return (int32_t)(digest(1, reply, sizeof(reply)) % 1000);
}

static yields int32_t formula(struct line *l, unsigned server) {
  int32_t values[16] = {0};
  char operators[16];
  int depth = 0, pending = 0;
  for (;;) {
    struct token t = next(l);
    if (t.kind == NUMBER)
      values[depth++ & 15] = t.number;
    else if (t.kind == NAME)
      values[depth++ & 15] = lookup(server, t.name);
    else if (t.kind == OPERATOR && t.sign == '(')
      operators[pending++ & 15] = '(';
    else {
      int least = t.kind == END ? -1 : t.sign == ')' ? 0 : priority(t.sign);
      while (pending > 0 && priority(operators[pending - 1]) >= least) {
        char c = operators[--pending];
        if (c == '(') {
          if (least == 0)
            break;
          continue;
        }
        depth--;
        values[depth - 1] = apply(c, values[depth - 1], values[depth]);
        put(server, (uint8_t)c);
      }
      if (t.kind == END)
        return values[0];
      if (t.sign != ')')
        operators[pending++ & 15] = t.sign;
    }
  }
}

static yields uint32_t calculate(unsigned in, unsigned server) {
  struct line line = {in, ' '};
  uint32_t sum = 0;
  port_script(in, "1 + 2 * 3; (price - 4) * (rate + 2) / 3; alpha * (1 + (beta - 7)) - 12;", 72);
  while (line.ahead != 0) {
    sum = sum * 31 + (uint32_t)formula(&line, server);
    step(&line);
  }
  return sum;
}

RUN(calculate, 0, 1)
