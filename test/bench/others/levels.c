// What a value costs, and what an error, on its way up through 20 functions.
//
// Columns: functions that raise; error codes by hand, see levels-codes.c; C++
// exceptions and std::expected. Rows: ordinary functions; functions that yield
// and do not wait; the same where the lowest one suspends once. The by-hand
// columns of the latter yield as well and return their codes.
//
// ns for each level and call, a median of rounds in which all take turns, and
// the ratio to the error code in the same row.
#include "levels.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 151, COLUMNS = 5, CALLS = KINDS * 3, MOST_ROWS = CALLS * 2 };

int open_at[LEVELS + 1];
volatile int never;

static const char *const columns[COLUMNS] = {
    "raises(int)", "code, pointer", "struct", "C++ throw", "std::expected"};
enum { BY_HAND = 1 };

static chain *const *const chains[3][COLUMNS] = {
    {raising_calls, code_calls, pair_calls, throw_calls, expected_calls},
    {raising_ready, code_ready, pair_ready},
    {raising_waits, code_waits, pair_waits},
};
static const char *const callers[3] = {"call", "yields", "waits once"};
static const char *const kinds[KINDS] = {"", ", cleanups"};

struct cell {
  chain *run;
  int n, count;
  double rounds[ROUNDS];
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double ns_of(const struct cell *cell) {
  double start = now();
  long sum = cell->run(cell->n, cell->count);
  double took = now() - start;
  long wanted = cell->n < 0 ? -cell->n : cell->n + LEVELS - 1;
  int open = 0;
  for (int i = 0; i <= LEVELS; i++)
    open |= open_at[i];
  if (sum != wanted * cell->count || open != 0) {
    fprintf(stderr, "levels: sum %ld, open %x\n", sum, (unsigned)open);
    exit(1);
  }
  return took;
}

// As many calls as take a quarter of a millisecond.
static void calibrate(struct cell *cell) {
  for (cell->count = 16; ns_of(cell) < 0.25e6; cell->count *= 2)
    ;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *rounds) {
  qsort(rounds, ROUNDS, sizeof(*rounds), by_value);
  return rounds[ROUNDS / 2];
}

static void print(struct cell rows[][COLUMNS], int row, const char *name) {
  printf("%-32s", name);
  double by_hand = median(rows[row][BY_HAND].rounds);
  for (int i = 0; i < COLUMNS; i++) {
    if (!rows[row][i].run)
      continue;
    double ns = i == BY_HAND ? by_hand : median(rows[row][i].rounds);
    printf(" %8.2f %6.2f", ns, ns / by_hand);
  }
  printf("\n");
}

int main(void) {
  static struct cell rows[MOST_ROWS][COLUMNS];
  static char names[MOST_ROWS][48];
  for (int row = 0; row < MOST_ROWS; row++) {
    int raise = row & 1, kind = row >> 1 & 1, caller = row >> 2;
    snprintf(names[row], sizeof(names[row]), "%s: %s%s", callers[caller],
             raise ? "raise" : "value", kinds[kind]);
    for (int i = 0; i < COLUMNS; i++) {
      if (!chains[caller][i])
        continue;
      rows[row][i].run = chains[caller][i][kind];
      rows[row][i].n = raise ? -7 : 7;
      calibrate(&rows[row][i]);
    }
  }
  for (int round = 0; round < ROUNDS; round++)
    for (int row = 0; row < MOST_ROWS; row++)
      for (int i = 0; i < COLUMNS; i++)
        if (rows[row][i].run)
          rows[row][i].rounds[round] =
              ns_of(&rows[row][i]) / rows[row][i].count / LEVELS;
  printf("%-32s", "ns for each of 20 levels");
  for (int i = 0; i < COLUMNS; i++)
    printf(" %15s", columns[i]);
  printf("\n");
  for (int row = 0; row < MOST_ROWS; row++)
    print(rows, row, names[row]);
}
