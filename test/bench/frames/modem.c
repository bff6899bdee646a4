// A modem that takes commands as text: each is sent, answered line by line, and
// tried again with longer and longer waits; what happens goes to a log.
#include "support/frames.h"
#include <stdarg.h>

struct log {
  unsigned port;
  uint32_t lines;
};

static yields void say(struct log *log, const char *format, ...) {
  char text[72];
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  log->lines++;
  drain(log->port, text, (size_t)n);
}

static yields void pause_for(unsigned clock, unsigned ticks) {
  while (ticks-- > 0)
    ready(clock);
}

static yields int answer(unsigned line, char *to, int size) {
  int n = 0;
  for (;;) {
    char c = (char)get(line);
    if (c == '\r' || c == 0)
      break;
    if (n < size - 1)
      to[n++] = c;
  }
  to[n] = 0;
  return n;
}

static yields bool command(unsigned line, unsigned clock, struct log *log,
                           const char *text, char *reply, int size) {
  for (unsigned attempt = 1; attempt <= 4; attempt++) {
    drain(line, text, strlen(text));
    put(line, '\r');
    int n = answer(line, reply, size);
    if (strcmp(reply, "OK") == 0 || reply[0] == '+')
      return true;
    say(log, "%s: %s (%d) attempt %u", text, reply, n, attempt);
    pause_for(clock, attempt * attempt);
  }
  return false;
}

static yields uint32_t dial(unsigned line, unsigned clock, unsigned log_port,
                            const char *number) {
  struct log log = {log_port, 0};
  char reply[40];
  int quality = 0;
  port_script(line, "OK\rERROR\r+CSQ: 17\rBUSY\rNO CARRIER\rOK\r", 1000);
  if (!command(line, clock, &log, "ATZ", reply, sizeof(reply)))
    return 1;
  if (command(line, clock, &log, "AT+CSQ", reply, sizeof(reply)) &&
      sscanf(reply, "+CSQ: %d", &quality) == 1)
    say(&log, "quality %d", quality);
  char text[48];
  snprintf(text, sizeof(text), "ATD%s;", number);
  if (!command(line, clock, &log, text, reply, sizeof(reply))) {
    say(&log, "%s does not answer", number);
    return 2;
  }
  say(&log, "connected to %s after %u lines", number, log.lines);
  return (uint32_t)quality * 100 + log.lines;
}

RUN(dial, 0, 1, 2, "555-0199")
