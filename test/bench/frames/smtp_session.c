// A mail server's session: a state machine of commands, addresses that are
// checked, a message that is stored in blocks. What is wrong is raised, answered,
// and counted.
#include "support/frames.h"
#include <strings.h>

enum reply { SYNTAX = 500, ORDER = 503, MAILBOX = 550, GONE = 421 };

struct address {
  char local[24], domain[32];
};

static yields int read_line(unsigned in, char *line, int size) {
  int n = 0;
  for (char c; (c = (char)get(in)) != '\n' && c != 0;)
    if (n < size - 1)
      line[n++] = c;
  line[n] = 0;
  return n;
}

static yields void answer(unsigned out, int code, const char *text) {
  char line[64];
  int n = snprintf(line, sizeof(line), "%d %s\n", code, text);
  drain(out, line, (size_t)n);
}

static raises(enum reply) void split(const char *text, struct address *to) {
  memset(to, 0, sizeof(*to));
  if (sscanf(text, "<%23[^@>]@%31[^>]>", to->local, to->domain) != 2)
    coro_raise(SYNTAX);
}

// Whether the domain's directory knows the user: asked over the network.
static raises(enum reply) yields void check(unsigned directory, const struct address *a) {
  uint8_t question[8], verdict;
  uint32_t who = digest(digest(0, a->local, 24), a->domain, 32);
  memcpy(question, &who, 4);
  memset(question + 4, 0, 4);
  drain(directory, question, sizeof(question));
  verdict = get(directory);
  if (verdict < 40)
    coro_raise(MAILBOX);
}

static raises(enum reply) yields uint32_t receive_data(unsigned in, unsigned store) {
  char line[80];
  uint32_t sum = 0;
  for (;;) {
    int n = read_line(in, line, sizeof(line));
    if (n == 0)
      coro_raise(GONE);
    if (strcmp(line, ".") == 0)
      return sum;
    drain(store, line, (size_t)n);
    sum = digest(sum, line, (size_t)n);
  }
}

static yields uint32_t session(unsigned in, unsigned out, unsigned others) {
  struct address from, to;
  int recipients = -1;
  uint32_t mails = 0, errors = 0;
  char line[96];
  port_script(in,
              "HELO me\nRCPT TO:<a@b>\nMAIL FROM:<me@here.example>\nRCPT TO:<you>\n"
              "RCPT TO:<you@there.example>\nRCPT TO:<she@there.example>\nDATA\nhello\n"
              "bye\n.\nQUIT\n",
              500);
  answer(out, 220, "ready");
  while (read_line(in, line, sizeof(line)) > 0) {
    coro_try {
      if (strncasecmp(line, "HELO", 4) == 0) {
        answer(out, 250, line + 5);
      } else if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
        split(line + 10, &from);
        recipients = 0;
        answer(out, 250, "ok");
      } else if (strncasecmp(line, "RCPT TO:", 8) == 0) {
        if (recipients < 0)
          coro_raise(ORDER);
        split(line + 8, &to);
        check(others, &to);
        recipients++;
        answer(out, 250, to.local);
      } else if (strcasecmp(line, "DATA") == 0) {
        if (recipients <= 0)
          coro_raise(ORDER);
        answer(out, 354, "go on");
        uint32_t id = receive_data(in, others);
        mails += id ^ digest(1, from.local, 24);
        recipients = -1;
        answer(out, 250, "stored");
      } else {
        answer(out, 221, "bye");
        break;
      }
    }
    coro_catch (enum reply, code) {
      errors++;
      answer(out, code, "no");
      if (code == GONE)
        break;
    }
  }
  return mails + errors;
}

RUN(session, 0, 1, 2)
