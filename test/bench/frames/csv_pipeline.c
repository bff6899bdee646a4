// Records of a table: bytes to fields to records to totals by key, each stage a
// function; the sums are kept in the last one.
#include "support/frames.h"
#include <stdlib.h>

struct record {
  char city[20];
  uint32_t year;
  int32_t amount;
  bool valid;
};

static yields bool field(unsigned in, char *to, size_t size, bool *ends) {
  size_t n = 0;
  *ends = false;
  for (;;) {
    char c = (char)get(in);
    if (c == ',' || c == '\n' || c == 0) {
      *ends = c != ',';
      to[n] = 0;
      return c != 0;
    }
    if (n < size - 1)
      to[n++] = c;
  }
}

static yields bool read_record(unsigned in, struct record *r) {
  char text[24];
  bool ends;
  memset(r, 0, sizeof(*r));
  if (!field(in, r->city, sizeof(r->city), &ends))
    return false;
  if (!ends) {
    field(in, text, sizeof(text), &ends);
    r->year = (uint32_t)atoi(text);
  }
  if (!ends) {
    field(in, text, sizeof(text), &ends);
    r->amount = atoi(text);
    r->valid = ends;
  }
  while (!ends)
    field(in, text, sizeof(text), &ends);
  return true;
}

static yields uint32_t totals(unsigned in, unsigned out) {
  int64_t sums[8] = {0};
  uint32_t lines = 0, bad = 0;
  struct record r;
  port_script(in, "Bern,2019,120\nWien,2020,-7\nbroken\nBern,2021,40\nOslo,2020,5,6\n", 120);
  while (read_record(in, &r)) {
    lines++;
    if (r.valid && r.year >= 2000)
      sums[digest(1, r.city, strlen(r.city)) % 8] += r.amount;
    else
      bad++;
  }
  for (int i = 0; i < 8; i++) {
    char text[24];
    int n = snprintf(text, sizeof(text), "%lld;", (long long)sums[i]);
    drain(out, text, (size_t)n);
  }
  return lines * 100 + bad;
}

RUN(totals, 0, 1)
