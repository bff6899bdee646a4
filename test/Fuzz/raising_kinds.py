# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The types that random programs raise, return and pass.

Of each, `make_T(n)` is a value and `number_T(v)` a number of that value. The
number is n, as far as T can hold it (MASKS), 0 of a value that is all zero, and
BROKEN where the parts of a value do not fit each other."""

C_HEAD = """#include <coro/coro.h>
#include <stdarg.h>
#include <stdio.h>
#define BROKEN 3141592653u
typedef unsigned num;
typedef unsigned char byte;
typedef unsigned long long wide;
typedef _Bool flag;
typedef enum { none_of_them, one_of_them, other_of_them } choice;
typedef const unsigned *place;
typedef float single;
typedef long double real;
typedef __int128 octets;
typedef _Complex float complex_single;
typedef unsigned vector __attribute__((vector_size(16)));
typedef struct {} empty;
typedef struct { char c; } small;
typedef struct { unsigned char t[3]; unsigned x; } triple;
typedef struct { double d; unsigned n; } mixed;
typedef struct { unsigned long long q; place p; } pair;
typedef struct { unsigned v[33]; } large;
typedef struct { _Alignas(64) unsigned x; unsigned y; } aligned;
typedef struct { unsigned lo : 20; unsigned long long hi : 40; } bits;
typedef struct __attribute__((packed)) { char c; unsigned n; real r; } packed;
typedef union { unsigned char t[12]; unsigned n[3]; } variant;
static unsigned table[64];
static unsigned seen, left;
static volatile unsigned no_constant;
static void see(unsigned v) {
  seen = seen * 31 + v;
#ifdef DETAIL
  printf("  see %u\\n", v);
#endif
}
static void show(unsigned v) {
  printf("%u %u\\n", v, seen);
  left = 5;
}
static int may_recur(void) {
  left -= left > 0;
  return left > 0;
}
static unsigned same(int fits, unsigned n) { return fits ? n : BROKEN; }
static num make_num(unsigned n) { return n; }
static unsigned number_num(num v) { return v; }
static byte make_byte(unsigned n) { return n; }
static unsigned number_byte(byte v) { return v; }
static wide make_wide(unsigned n) { return n * 0x100000001ull; }
static unsigned number_wide(wide v) { return same(v >> 32 == (num)v, v); }
static flag make_flag(unsigned n) { return n & 1; }
static unsigned number_flag(flag v) { return v; }
static choice make_choice(unsigned n) { return (choice)(n & 3); }
static unsigned number_choice(choice v) { return v; }
static place make_place(unsigned n) { return table + (n & 63); }
static unsigned number_place(place v) { return v ? (unsigned)(v - table) : 0; }
static single make_single(unsigned n) { return n & 0xffffff; }
static unsigned number_single(single v) { return v; }
static real make_real(unsigned n) { return n; }
static unsigned number_real(real v) { return v; }
static octets make_octets(unsigned n) { return (octets)n << 64 | n; }
static unsigned number_octets(octets v) { return same(v >> 64 == (num)v, v); }
static complex_single make_complex_single(unsigned n) {
  return __builtin_complex((float)(n & 0xffffff), (float)(n & 0xffffff));
}
static unsigned number_complex_single(complex_single v) {
  return same(__real__ v == __imag__ v, __real__ v);
}
static vector make_vector(unsigned n) { return (vector){n, n, n, n}; }
static unsigned number_vector(vector v) {
  return same(v[0] == v[1] && v[0] == v[3], v[2]);
}
static empty make_empty(unsigned n) { return (empty){}; }
static unsigned number_empty(empty v) { return 0; }
static small make_small(unsigned n) { return (small){n & 127}; }
static unsigned number_small(small v) { return v.c; }
static triple make_triple(unsigned n) {
  return (triple){{n, n >> 8, n >> 16}, n};
}
static unsigned number_triple(triple v) {
  return same((v.t[0] | v.t[1] << 8 | v.t[2] << 16) == (v.x & 0xffffff), v.x);
}
static mixed make_mixed(unsigned n) { return (mixed){n, n}; }
static unsigned number_mixed(mixed v) { return same(v.d == v.n, v.n); }
static pair make_pair(unsigned n) { return (pair){n, n ? table + n % 64 : 0}; }
static unsigned number_pair(pair v) {
  return same(v.p == make_pair(v.q).p, v.q);
}
static large make_large(unsigned n) {
  large result;
  for (unsigned i = 0; i < 33; i++)
    result.v[i] = n * (i + 1);
  return result;
}
static unsigned number_large(large v) {
  for (unsigned i = 0; i < 33; i++)
    if (v.v[i] != v.v[0] * (i + 1))
      return BROKEN;
  return v.v[0];
}
static aligned make_aligned(unsigned n) { return (aligned){n, n}; }
static unsigned number_aligned_at(aligned *volatile at) {
  return same(at->x == at->y && (unsigned long)at % 64 == 0, at->x);
}
#define number_aligned(...) number_aligned_at((aligned[]){__VA_ARGS__})
static bits make_bits(unsigned n) { return (bits){n, n}; }
static unsigned number_bits(bits v) {
  return same((v.hi & 0xfffff) == v.lo, v.hi);
}
static packed make_packed(unsigned n) { return (packed){n & 127, n, n}; }
static unsigned number_packed(packed v) {
  return same(v.c == (v.n & 127) && v.r == v.n, v.n);
}
static variant make_variant(unsigned n) { return (variant){.n = {n, n, n}}; }
static unsigned number_variant(variant v) {
  return same(v.n[0] == v.n[1], v.n[2]);
}
"""

MASK = 0xFFFFFFFF
MASKS = {
    "num": MASK, "byte": 0xFF, "wide": MASK, "flag": 1, "choice": 3,
    "place": 63, "single": 0xFFFFFF, "real": MASK, "octets": MASK,
    "complex_single": 0xFFFFFF, "vector": MASK, "empty": 0, "small": 127,
    "triple": MASK, "mixed": MASK, "pair": MASK, "large": MASK,
    "aligned": MASK, "bits": MASK, "packed": MASK, "variant": MASK,
}
KINDS = sorted(MASKS)
# clang aligns the other one wrongly behind an alloca, and where it goes by `...`.
PASSED = [k for k in KINDS if k != "aligned"]
# What an unsigned number is converted to as make_T makes it.
CONVERTED = ("num", "byte", "real")
