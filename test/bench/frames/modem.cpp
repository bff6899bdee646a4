#include "support/task.hpp"

struct log {
  unsigned port;
  uint32_t lines;
};

// A coroutine may not be variadic in the way of C.
template <class... A>
static task<> say(struct log *log, const char *format, A... arguments) {
  char text[72];
  int n = snprintf(text, sizeof(text), format, arguments...);
  log->lines++;
  co_await drain(log->port, text, (size_t)n);
}

static task<> pause_for(unsigned clock, unsigned ticks) {
  while (ticks-- > 0)
    co_await ready(clock);
}

static task<int> answer(unsigned line, char *to, int size) {
  int n = 0;
  for (;;) {
    char c = (char)co_await get(line);
    if (c == '\r' || c == 0)
      break;
    if (n < size - 1)
      to[n++] = c;
  }
  to[n] = 0;
  co_return n;
}

static task<bool> command(unsigned line, unsigned clock, struct log *log,
                           const char *text, char *reply, int size) {
  for (unsigned attempt = 1; attempt <= 4; attempt++) {
    co_await drain(line, text, strlen(text));
    co_await put(line, '\r');
    int n = co_await answer(line, reply, size);
    if (strcmp(reply, "OK") == 0 || reply[0] == '+')
      co_return true;
    co_await say(log, "%s: %s (%d) attempt %u", text, reply, n, attempt);
    co_await pause_for(clock, attempt * attempt);
  }
  co_return false;
}

static task<uint32_t> dial(unsigned line, unsigned clock, unsigned log_port,
                            const char *number) {
  struct log log = {log_port, 0};
  char reply[40];
  int quality = 0;
  port_script(line, "OK\rERROR\r+CSQ: 17\rBUSY\rNO CARRIER\rOK\r", 1000);
  if (!co_await command(line, clock, &log, "ATZ", reply, sizeof(reply)))
    co_return 1;
  if (co_await command(line, clock, &log, "AT+CSQ", reply, sizeof(reply)) &&
      sscanf(reply, "+CSQ: %d", &quality) == 1)
    co_await say(&log, "quality %d", quality);
  char text[48];
  snprintf(text, sizeof(text), "ATD%s;", number);
  if (!co_await command(line, clock, &log, text, reply, sizeof(reply))) {
    co_await say(&log, "%s does not answer", number);
    co_return 2;
  }
  co_await say(&log, "connected to %s after %u lines", number, log.lines);
  co_return (uint32_t)quality * 100 + log.lines;
}

RUN(dial(0, 1, 2, "555-0199"))
