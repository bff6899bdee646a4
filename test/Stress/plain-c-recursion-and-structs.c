// RUN: %oracle --stress %s
// Plain C, every function a coroutine: recursion (each level gets a frame of
// its own), a struct result in memory, a callback, early exits.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct matrix {
  long cells[3][3];
};

static struct matrix multiply(struct matrix a, const struct matrix *b) {
  struct matrix product = {{{0}}};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++)
        product.cells[i][j] += a.cells[i][k] * b->cells[k][j] % 1000;
  return product;
}

static struct matrix power(struct matrix m, unsigned n) {
  struct matrix identity = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  if (n == 0)
    return identity;
  struct matrix half = power(m, n / 2);
  struct matrix whole = multiply(half, &half);
  return n % 2 ? multiply(m, &whole) : whole;
}

static unsigned ackermann(unsigned m, unsigned n) {
  if (m == 0)
    return n + 1;
  return ackermann(m - 1, n ? ackermann(m, n - 1) : 1);
}

static int ascending(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

static int find(const int *numbers, int count, int wanted) {
  for (int low = 0, high = count; low < high;) {
    int middle = low + (high - low) / 2;
    if (numbers[middle] == wanted)
      return middle;
    if (numbers[middle] < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return -1;
}

int main(int argc, char **argv) {
  (void)argv;
  struct matrix m = {{{1, 2, 3}, {4, 5, 6}, {7, 8, argc}}};
  struct matrix p = power(m, 13);
  for (int i = 0; i < 9; i++)
    printf("%ld ", p.cells[i / 3][i % 3]);
  printf("\n%u\n", ackermann(2, 3));
  int numbers[50];
  for (int i = 0; i < 50; i++)
    numbers[i] = (i * 37 + 11) % 101;
  qsort(numbers, 50, sizeof(*numbers), ascending);
  for (int i = 0; i < 12; i++)
    printf("%d ", find(numbers, 50, i));
  char text[32];
  snprintf(text, sizeof(text), "%d-%s", argc, "text");
  printf("%s %zu\n", text, strlen(text));
  return find(numbers, 50, 11) & 63;
}
