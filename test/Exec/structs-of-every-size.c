// RUN: %oracle %s
// Structs of 1 to 40 bytes, of integers, floats and both, as arguments, results
// and variables; the callee waits while the caller changes its copy.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static unsigned char padding[64]; // bits that no member has

static unsigned hash(const void *p, unsigned long n) {
  unsigned h = 2166136261u;
  for (unsigned long i = 0; i < n; i++)
    h = (h ^ (((const unsigned char *)p)[i] & ~padding[i])) * 16777619u;
  return h;
}

static void find_padding(const void *zeros, const void *ones, unsigned long n) {
  for (unsigned long i = 0; i < n; i++)
    padding[i] =
        ((const unsigned char *)zeros)[i] ^ ((const unsigned char *)ones)[i];
}

static void *caller_copy;

// FILL sets the members.
#define SHAPE(S, FILL)                                                         \
  static yields struct S S##_back(struct S s, int n) {                         \
    struct S kept = s;                                                         \
    coro_yield_now();                                                          \
    memset(&s, n, sizeof s);                                                   \
    coro_yield_now();                                                          \
    return n & 1 ? s : kept;                                                   \
  }                                                                            \
  static yields unsigned S##_between(char a, struct S s, double d, struct S t, \
                                     long l, struct S u) {                     \
    memset(caller_copy, a, sizeof s);                                          \
    coro_yield_now();                                                          \
    unsigned h = hash(&s, sizeof s);                                           \
    s = u;                                                                     \
    coro_yield_now();                                                          \
    return h + hash(&t, sizeof t) * 3 + hash(&s, sizeof s) * 5 + (unsigned)d + \
           (unsigned)l + (unsigned)a;                                          \
  }                                                                            \
  static yields unsigned S##_all(int n) {                                      \
    struct S s, t;                                                             \
    memset(&s, 0xff, sizeof s);                                                \
    FILL;                                                                      \
    memcpy(&t, &s, sizeof s);                                                  \
    memset(&s, 0, sizeof s);                                                   \
    FILL;                                                                      \
    find_padding(&s, &t, sizeof s);                                            \
    t = S##_back(s, n * 2);                                                    \
    struct S own = s;                                                          \
    caller_copy = &own;                                                        \
    unsigned h =                                                               \
        S##_between((char)n, own, n * 0.5, t, n, S##_back(own, 2 * n + 1));    \
    return h * 31 + hash(&t, sizeof t) + hash(&own, sizeof own);               \
  }

#define BYTES(N)                                                               \
  struct b##N {                                                                \
    unsigned char c[N];                                                        \
  };                                                                           \
  SHAPE(b##N, for (int i = 0; i < N; i++) s.c[i] = (unsigned char)(n * N + i))
#define TEN(M, A)                                                              \
  M(A##1) M(A##2) M(A##3) M(A##4) M(A##5) M(A##6) M(A##7) M(A##8) M(A##9)
TEN(BYTES, )
BYTES(10)
TEN(BYTES, 1)
BYTES(20)
TEN(BYTES, 2)
BYTES(30)
TEN(BYTES, 3)
BYTES(40)

#define ARRAY(S, T, N)                                                         \
  struct S {                                                                   \
    T a[N];                                                                    \
  };                                                                           \
  SHAPE(S, for (int i = 0; i < N; i++) s.a[i] = (T)(n * N + i))
ARRAY(s3, short, 3)
ARRAY(i1, int, 1)
ARRAY(i3, int, 3)
ARRAY(i4, int, 4)
ARRAY(l2, long, 2)
ARRAY(l3, long, 3)
ARRAY(f1, float, 1)
ARRAY(f2, float, 2)
ARRAY(f3, float, 3)
ARRAY(f4, float, 4)
ARRAY(f5, float, 5)
ARRAY(d1, double, 1)
ARRAY(d2, double, 2)
ARRAY(d3, double, 3)

#define TWO(S, T, U)                                                           \
  struct S {                                                                   \
    T t;                                                                       \
    U u;                                                                       \
  };                                                                           \
  SHAPE(S, s.t = (T)(n + 1); s.u = (U)(n * 3))
TWO(cd, char, double)
TWO(dc, double, char)
TWO(fi, float, int)
TWO(if_, int, float)
TWO(fl, float, long)
TWO(sf, short, float)
TWO(ci, char, int)
TWO(lc, long, char)
TWO(df, double, float)
TWO(cs, char, short)

struct ffi {
  float a, b;
  int c;
};
SHAPE(ffi, s.a = (float)n; s.b = 2; s.c = n)
struct iffd {
  int a;
  float b, c;
  double d;
};
SHAPE(iffd, s.a = n; s.b = 2; s.c = 3; s.d = n)
struct cfcf {
  char a;
  float b;
  char c;
  float d;
};
SHAPE(cfcf, s.a = (char)n; s.b = 2; s.c = 'c'; s.d = 4)
struct nested {
  struct ffi in;
  struct cd more[1];
};
SHAPE(nested, s.in.a = (float)n; s.in.b = 1; s.in.c = 7; s.more[0].t = 'm';
      s.more[0].u = n)
struct pointers {
  const char *name;
  void *nothing;
};
SHAPE(pointers, s.nothing = (void *)(long)n)
struct __attribute__((packed)) packed {
  char c;
  double d;
  short s;
};
SHAPE(packed, s.c = (char)n; s.d = n; s.s = 9)
struct __attribute__((packed)) packed_long {
  char c;
  long l[2];
};
SHAPE(packed_long, s.c = (char)n; s.l[0] = n; s.l[1] = 9)
struct fields {
  unsigned a : 5, b : 20;
  long c : 40;
};
SHAPE(fields, s.a = (unsigned)n; s.b = 77; s.c = -n)
struct overaligned {
  _Alignas(32) int a;
};
SHAPE(overaligned, s.a = n)
struct flexible {
  short head;
  char rest[];
};
SHAPE(flexible, s.head = (short)n)
union either {
  float f;
  long l;
  char c[12];
};
struct with_union {
  union either e;
};
SHAPE(with_union, s.e.l = n; s.e.c[9] = 'x')

#define SHOW(S) printf(#S " %u\n", coro_block_on(S##_all, n));
#define SHOW_BYTES(N) SHOW(b##N)
int main(void) {
  for (int n = 0; n < 2; n++) {
    TEN(SHOW_BYTES, )
    SHOW(b10)
    TEN(SHOW_BYTES, 1)
    SHOW(b20) TEN(SHOW_BYTES, 2) SHOW(b30) TEN(SHOW_BYTES, 3) SHOW(b40);
    SHOW(s3) SHOW(i1) SHOW(i3) SHOW(i4) SHOW(l2) SHOW(l3) SHOW(f1) SHOW(f2);
    SHOW(f3) SHOW(f4) SHOW(f5) SHOW(d1) SHOW(d2) SHOW(d3) SHOW(cd) SHOW(dc);
    SHOW(fi) SHOW(if_) SHOW(fl) SHOW(sf) SHOW(ci) SHOW(lc) SHOW(df) SHOW(cs);
    SHOW(ffi) SHOW(iffd) SHOW(cfcf) SHOW(nested) SHOW(pointers) SHOW(packed);
    SHOW(packed_long) SHOW(fields) SHOW(overaligned) SHOW(flexible);
    SHOW(with_union);
  }
}
