#include "support/task.hpp"
#include <cctype>

static task<size_t> read_line(unsigned port, char *line, size_t size) {
  size_t length = 0;
  while (length < size) {
    char c = (char)co_await get{port};
    if (c == '\n' || c == 0)
      break;
    line[length++] = c;
  }
  co_return length;
}

static task<uint32_t> serve(unsigned in, unsigned out) {
  char line[80];
  uint32_t lines = 0;
  size_t length;
  port_script(in, "hello there\nhow are you?\nfine, thanks\n", 90);
  while ((length = co_await read_line(in, line, sizeof(line))) > 0) {
    for (size_t i = 0; i < length; i++)
      line[i] = (char)toupper((unsigned char)line[i]);
    co_await drain(out, line, length);
    co_await put(out, '\n');
    lines++;
  }
  co_return lines;
}

RUN(serve(0, 1))
