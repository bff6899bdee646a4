#include "support/task.hpp"
#include <cctype>

enum fault : uint8_t { NONE, ENDS, DEPTH, SYNTAX };

template <class T> struct outcome {
  T value;
  fault error;
  outcome(T v) : value(v), error(NONE) {}
  outcome(fault e) : value(), error(e) {}
  outcome() = default;
};

struct source {
  unsigned port;
  char ahead;
  uint32_t line;
};

static task<char> next(source *s) {
  char was = s->ahead;
  s->ahead = (char)co_await get{s->port};
  if (was == '\n')
    s->line++;
  co_return was;
}

static task<> space(source *s) {
  while (isspace((unsigned char)s->ahead))
    co_await next(s);
}

static task<outcome<uint32_t>> text(source *s) {
  char bytes[64];
  size_t n = 0;
  co_await next(s);
  while (s->ahead != '"') {
    if (s->ahead == 0)
      co_return ENDS;
    char c = co_await next(s);
    if (c == '\\')
      c = co_await next(s) == 'n' ? '\n' : '?';
    if (n < sizeof(bytes))
      bytes[n++] = c;
  }
  co_await next(s);
  co_return digest(11, bytes, n);
}

static task<uint32_t> number(source *s) {
  bool negative = s->ahead == '-';
  double value = 0, scale = 1;
  if (negative)
    co_await next(s);
  while (isdigit((unsigned char)s->ahead))
    value = value * 10 + (co_await next(s) - '0');
  if (s->ahead == '.') {
    co_await next(s);
    while (isdigit((unsigned char)s->ahead)) {
      scale /= 10;
      value += (co_await next(s) - '0') * scale;
    }
  }
  co_return (uint32_t)(value * 1000) ^ (negative ? 0x80000000u : 0);
}

static task<outcome<uint32_t>> word(source *s) {
  char bytes[8] = {0};
  for (int n = 0; isalpha((unsigned char)s->ahead); n++) {
    if (n == 7)
      co_return SYNTAX;
    bytes[n] = co_await next(s);
  }
  if (strcmp(bytes, "true") == 0)
    co_return 1u;
  if (strcmp(bytes, "false") == 0)
    co_return 2u;
  if (strcmp(bytes, "null") != 0)
    co_return SYNTAX;
  co_return 3u;
}

static task<outcome<uint32_t>> document(source *s) {
  char open[16];
  int depth = 0;
  uint32_t sum = 17;
  do {
    co_await space(s);
    char c = s->ahead;
    if (c == '{' || c == '[') {
      if (depth == (int)sizeof(open))
        co_return DEPTH;
      open[depth++] = co_await next(s);
    } else if (c == '}' || c == ']') {
      if (depth == 0 || open[--depth] != (c == '}' ? '{' : '['))
        co_return SYNTAX;
      co_await next(s);
      sum = sum * 33 + (uint32_t)depth;
    } else if (c == '"') {
      auto t = co_await text(s);
      if (t.error)
        co_return t.error;
      sum = sum * 33 + t.value;
    } else if (c == '-' || isdigit((unsigned char)c)) {
      uint32_t n = co_await number(s);
      sum = sum * 33 + n;
    } else if (c == ',' || c == ':') {
      co_await next(s);
    } else if (c == 0) {
      co_return ENDS;
    } else {
      auto t = co_await word(s);
      if (t.error)
        co_return t.error;
      sum = sum * 33 + t.value;
    }
  } while (depth > 0);
  co_return sum;
}

static task<uint32_t> parse(unsigned port, const char *json, size_t length) {
  source source = {port, ' ', 1};
  port_script(port, json, length);
  auto result = co_await document(&source);
  co_return result.error ? 1000000u * result.error + source.line : result.value;
}

static task<uint32_t> all(unsigned port) {
  static const char good[] = "{ \"a\": [1, -2.5, true, null],\n \"b\\n\": {\"c\": \"d\"} }";
  uint32_t sum = co_await parse(port, good, sizeof(good) - 1);
  sum ^= co_await parse(port, "[\n\n\"open", 8);
  co_return sum ^ co_await parse(port, "{ \n trap }", 10);
}

RUN(all(0))
