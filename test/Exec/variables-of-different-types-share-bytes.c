// RUN: %oracle %s
// Variables that are never alive together may share bytes of the frame, and
// then an access to one must not pass an access to the other, however much
// their types say that they cannot overlap.
#include <coro/coro.h>
#include <stdio.h>

__attribute__((noinline)) static void fill(float *p, int n) {
  for (int i = 0; i < 16; i++)
    p[i] = (float)(n + i);
}

// Reads of the first have no use before the end.
static yields int read_late(int n, int k) {
  int r = 0;
  float x0, x1, x2, x3;
  {
    float first[16];
    fill(first, n);
    coro_yield_now();
    x0 = first[0], x1 = first[1], x2 = first[2], x3 = first[3];
  }
  {
    int second[16];
    second[k] = n, second[k + 1] = 7, second[k + 2] = 8, second[k + 3] = 9;
    coro_yield_now();
    r = second[k + ((n + k) & 3)];
  }
  return r + (int)(x0 + x1 * 3 + x2 * 5 + x3 * 7);
}

// Stores to the first just before stores to the second.
static yields int write_early(int n, int k) {
  int r = 0;
  {
    float first[16];
    fill(first, n);
    coro_yield_now();
    first[k] = 1, first[k + 1] = 2, first[k + 2] = 3, first[k + 3] = 4;
    r = (int)first[k + ((n + k) & 3)];
  }
  {
    int second[16];
    second[0] = n, second[1] = 7, second[2] = 8, second[3] = 9;
    coro_yield_now();
    r += second[(n + k) & 3];
  }
  return r;
}

// The same accesses out of functions that are inlined later.
static inline void store4(int *p, int n) {
  p[0] = n, p[1] = 7, p[2] = 8, p[3] = 9;
}
static inline float load(const float *p) { return *p; }

static yields int through_helpers(int n, int k) {
  int r = 0;
  float x0, x1, x2, x3;
  {
    float first[16];
    fill(first, n);
    coro_yield_now();
    x0 = load(first), x1 = load(first + 1);
    x2 = load(first + 2), x3 = load(first + 3);
  }
  {
    int second[16];
    store4(second + k, n);
    coro_yield_now();
    r = second[k + ((n + k) & 3)];
  }
  return r + (int)(x0 + x1 * 3 + x2 * 5 + x3 * 7);
}

// Two callees, one after the other in the same bytes.
static yields void halves(float *out, int n) {
  float own[12];
  for (int i = 0; i < 12; i++)
    own[i] = (float)(i * n);
  coro_yield_now();
  for (int i = 0; i < 12; i++)
    out[i] = own[i] / 2;
}

static yields int squares(int n) {
  long own[6];
  for (int i = 0; i < 6; i++)
    own[i] = (long)i * i + n;
  coro_yield_now();
  long sum = 0;
  for (int i = 0; i < 6; i++)
    sum = sum * 3 + own[i];
  return (int)sum;
}

static yields int children(int n) {
  float out[12];
  halves(out, n);
  int s = squares(n);
  halves(out, s & 15);
  return s + squares((int)out[3]) + (int)out[11];
}

struct wide {
  double d[4];
  short s[8];
};

static yields long in_a_loop(int n, int k) {
  long sum = 0;
  for (int i = 0; i < n; i++) {
    {
      struct wide w = {{i, i + 1, i + 2, i + 3},
                       {(short)i, 1, 2, 3, 4, 5, 6, 7}};
      coro_yield_now();
      w.d[k & 3] += 0.5;
      sum += (long)(w.d[i & 3] * 2) + w.s[(k + i) & 7];
    }
    {
      unsigned char bytes[48];
      for (int j = 0; j < 48; j++)
        bytes[j] = (unsigned char)(i * j + k);
      coro_yield_now();
      sum = sum * 5 + bytes[(i * 7 + k) % 48];
    }
    {
      void *pointers[6] = {&sum, &n, &k, &sum, &n, &k};
      coro_yield_now();
      sum += *(int *)pointers[(i & 1) + 1];
    }
  }
  return sum;
}

int main(void) {
  for (int k = 0; k < 6; k++) {
    printf("%d %d\n", coro_block_on(read_late, 100, k),
           coro_block_on(write_early, 100, k));
    printf("%d %d\n", coro_block_on(through_helpers, 100, k),
           coro_block_on(children, k));
    printf("%ld\n", coro_block_on(in_a_loop, 10, k));
  }
}
