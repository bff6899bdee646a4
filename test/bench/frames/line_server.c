// A line server: reads lines, answers each in capitals, until an empty one.
#include "support/frames.h"
#include <ctype.h>

static yields size_t read_line(unsigned port, char *line, size_t size) {
  size_t length = 0;
  while (length < size) {
    char c = (char)get(port);
    if (c == '\n' || c == 0)
      break;
    line[length++] = c;
  }
  return length;
}

static yields uint32_t serve(unsigned in, unsigned out) {
  char line[80];
  uint32_t lines = 0;
  size_t length;
  port_script(in, "hello there\nhow are you?\nfine, thanks\n", 90);
  while ((length = read_line(in, line, sizeof(line))) > 0) {
    for (size_t i = 0; i < length; i++)
      line[i] = (char)toupper((unsigned char)line[i]);
    drain(out, line, length);
    put(out, '\n');
    lines++;
  }
  return lines;
}

RUN(serve, 0, 1)
