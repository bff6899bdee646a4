#include "support/task.hpp"
#include <strings.h>

enum reply : uint16_t { FINE, SYNTAX = 500, ORDER = 503, MAILBOX = 550, GONE = 421, END = 1 };

struct address {
  char local[24], domain[32];
};

static task<int> read_line(unsigned in, char *line, int size) {
  int n = 0;
  for (char c; (c = (char)co_await get(in)) != '\n' && c != 0;)
    if (n < size - 1)
      line[n++] = c;
  line[n] = 0;
  co_return n;
}

static task<> answer(unsigned out, int code, const char *text) {
  char line[64];
  int n = snprintf(line, sizeof(line), "%d %s\n", code, text);
  co_await drain(out, line, (size_t)n);
}

static reply split(const char *text, address *to) {
  memset(to, 0, sizeof(*to));
  bool good = sscanf(text, "<%23[^@>]@%31[^>]>", to->local, to->domain) == 2;
  return good ? FINE : SYNTAX;
}

// Whether the domain's directory knows the user: asked over the network.
static task<reply> check(unsigned directory, const address *a) {
  uint8_t question[8], verdict;
  uint32_t who = digest(digest(0, a->local, 24), a->domain, 32);
  memcpy(question, &who, 4);
  memset(question + 4, 0, 4);
  co_await drain(directory, question, sizeof(question));
  verdict = co_await get(directory);
  co_return verdict < 40 ? MAILBOX : FINE;
}

struct stored {
  uint32_t id;
  reply error;
};

static task<stored> receive_data(unsigned in, unsigned store) {
  char line[80];
  uint32_t sum = 0;
  for (;;) {
    int n = co_await read_line(in, line, sizeof(line));
    if (n == 0)
      co_return {0, GONE};
    if (strcmp(line, ".") == 0)
      co_return {sum, FINE};
    co_await drain(store, line, (size_t)n);
    sum = digest(sum, line, (size_t)n);
  }
}

struct state {
  address from, to;
  int recipients = -1;
  uint32_t mails = 0;
};

static task<reply> command(state *s, const char *line, unsigned in, unsigned out,
                           unsigned others) {
  if (strncasecmp(line, "HELO", 4) == 0) {
    co_await answer(out, 250, line + 5);
  } else if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
    if (reply r = split(line + 10, &s->from))
      co_return r;
    s->recipients = 0;
    co_await answer(out, 250, "ok");
  } else if (strncasecmp(line, "RCPT TO:", 8) == 0) {
    if (s->recipients < 0)
      co_return ORDER;
    if (reply r = split(line + 8, &s->to))
      co_return r;
    if (reply r = co_await check(others, &s->to))
      co_return r;
    s->recipients++;
    co_await answer(out, 250, s->to.local);
  } else if (strcasecmp(line, "DATA") == 0) {
    if (s->recipients <= 0)
      co_return ORDER;
    co_await answer(out, 354, "go on");
    auto [id, r] = co_await receive_data(in, others);
    if (r)
      co_return r;
    s->mails += id ^ digest(1, s->from.local, 24);
    s->recipients = -1;
    co_await answer(out, 250, "stored");
  } else {
    co_await answer(out, 221, "bye");
    co_return END;
  }
  co_return FINE;
}

static task<uint32_t> session(unsigned in, unsigned out, unsigned others) {
  state s;
  uint32_t errors = 0;
  char line[96];
  port_script(in,
              "HELO me\nRCPT TO:<a@b>\nMAIL FROM:<me@here.example>\nRCPT TO:<you>\n"
              "RCPT TO:<you@there.example>\nRCPT TO:<she@there.example>\nDATA\nhello\n"
              "bye\n.\nQUIT\n",
              500);
  co_await answer(out, 220, "ready");
  while (co_await read_line(in, line, sizeof(line)) > 0) {
    reply code = co_await command(&s, line, in, out, others);
    if (code == END)
      break;
    if (code == FINE)
      continue;
    errors++;
    co_await answer(out, code, "no");
    if (code == GONE)
      break;
  }
  co_return s.mails + errors;
}

RUN(session(0, 1, 2))
