// RUN: %oracle %s
// ORACLE-FLAGS: -Wno-psabi
// Types whose stores are shorter than their room, or whose alignment is above
// that of a pointer: alive over suspensions, between arrays that must not
// change, as arguments, as results and in arrays.
#include <coro/coro.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef int three __attribute__((vector_size(16)));
typedef int ext3 __attribute__((ext_vector_type(3)));
typedef char ext2 __attribute__((ext_vector_type(2)));
typedef bool mask __attribute__((ext_vector_type(6)));
typedef double wide __attribute__((vector_size(32)));
typedef float half4 __attribute__((ext_vector_type(4)));

#define ODD(name, T, MAKE, SHOW)                                               \
  static yields T name##_pass(char a, T x, short b, T y) {                     \
    T kept = x;                                                                \
    coro_yield_now();                                                          \
    T both[3] = {x, y, kept};                                                  \
    coro_yield_now();                                                          \
    return both[(a + b) % 3];                                                  \
  }                                                                            \
  static yields unsigned name##_alive(int n) {                                 \
    unsigned char before[7];                                                   \
    memset(before, 0x5a, sizeof before);                                       \
    T x = MAKE(n);                                                             \
    unsigned char between[5];                                                  \
    memset(between, 0xa5, sizeof between);                                     \
    T y = MAKE(n + 1);                                                         \
    unsigned char after[9];                                                    \
    memset(after, 0x3c, sizeof after);                                         \
    T *volatile py = &y;                                                       \
    coro_yield_now();                                                          \
    x = name##_pass((char)n, x, (short)(n + 1), *py);                          \
    *py = name##_pass((char)(n + 2), *py, 1, x);                               \
    coro_yield_now();                                                          \
    unsigned sum = 0;                                                          \
    for (int i = 0; i < 7; i++)                                                \
      sum = sum * 31 + before[i];                                              \
    for (int i = 0; i < 5; i++)                                                \
      sum = sum * 31 + between[i];                                             \
    for (int i = 0; i < 9; i++)                                                \
      sum = sum * 31 + after[i];                                               \
    struct {                                                                   \
      char c;                                                                  \
      T t;                                                                     \
      char d;                                                                  \
    } s = {'c', x, 'd'};                                                       \
    coro_yield_now();                                                          \
    sum += (unsigned)((unsigned long)&y % _Alignof(T));                        \
    return sum * 31 + (unsigned)SHOW(s.t) * 7 + (unsigned)SHOW(y) + s.c + s.d; \
  }

#define CAST_LD(n) ((long double)(n) * 1.25L)
#define TO_INT(x) ((long long)(x))
ODD(long_double, long double, CAST_LD, TO_INT)
#define I128(n) (((__int128)(n) << 70) + (n) * 3)
#define SHOW128(x) ((long long)((x) >> 69) ^ (long long)(x))
ODD(int128, __int128, I128, SHOW128)
#define BIT37(n) ((_BitInt(37))(n) * 1000000007)
ODD(bits37, _BitInt(37), BIT37, TO_INT)
#define BIT3(n) ((_BitInt(3))((n) % 4))
ODD(bits3, _BitInt(3), BIT3, TO_INT)
#define BIT65(n) (((unsigned _BitInt(65))(n) << 60) | 5)
#define SHOW65(x) ((long long)((x) >> 58))
ODD(bits65, unsigned _BitInt(65), BIT65, SHOW65)
#define BIT128(n) (((unsigned _BitInt(128))(n) << 100) | 77)
#define SHOW_128(x) ((long long)((x) >> 98) + (long long)(x))
ODD(bits128, unsigned _BitInt(128), BIT128, SHOW_128)
#define BIT200(n) (((unsigned _BitInt(200))(n) << 190) | 9)
#define SHOW200(x) ((long long)((x) >> 180) + (long long)(x))
ODD(bits200, unsigned _BitInt(200), BIT200, SHOW200)
#define COMPLEX(n) ((_Complex double){(n) * 0.5, (n) * 2})
#define SHOWC(x) ((long long)(__real__(x) * 8 + __imag__(x)))
ODD(complex_double, _Complex double, COMPLEX, SHOWC)
#define COMPLEXF(n) ((_Complex float){(float)(n) * 0.5f, (float)(n) * 2})
ODD(complex_float, _Complex float, COMPLEXF, SHOWC)
#define COMPLEXL(n) ((_Complex long double){(n) * 0.5L, (n) * 2})
ODD(complex_long_double, _Complex long double, COMPLEXL, SHOWC)
#define COMPLEXI(n) ((_Complex int){(n) * 5, (n) * 2})
ODD(complex_int, _Complex int, COMPLEXI, SHOWC)
#define FLOAT16(n) ((_Float16)((n) * 1.5))
ODD(float16, _Float16, FLOAT16, TO_INT)
#define VEC4(n) ((three){(n), (n) * 2, (n) * 3, (n) * 4})
#define SHOW4(x) ((long long)((x)[0] + (x)[1] * 3 + (x)[2] * 5))
ODD(vector4, three, VEC4, SHOW4)
#define VEC3(n) ((ext3){(n), (n) * 2, (n) * 3})
ODD(vector3, ext3, VEC3, SHOW4)
#define VEC2(n) ((ext2){(char)(n), (char)((n) * 2)})
#define SHOW2(x) ((long long)((x)[0] + (x)[1] * 3))
ODD(vector2, ext2, VEC2, SHOW2)
#define MASK(n) ((mask){(n) & 1, (n) & 2, (n) & 4, 1, 0, 1})
#define SHOWM(x) ((long long)((x)[0] + (x)[1] * 2 + (x)[2] * 4 + (x)[5] * 8))
ODD(bool_vector, mask, MASK, SHOWM)
#define FLOAT4(n) ((half4){(float)(n), 2, 3, (float)(n)})
ODD(float4, half4, FLOAT4, SHOW4)
#define BOOL(n) ((_Bool)((n) & 1))
ODD(boolean, _Bool, BOOL, TO_INT)
#define CHAR(n) ((signed char)((n) - 2))
ODD(character, signed char, CHAR, TO_INT)
#define POINTER(n) (&"0123456789"[n])
#define SHOWP(p) (*(p))
ODD(pointer, const char *, POINTER, SHOWP)
typedef int (*function)(int);
static int one(int n) { return n + 1; }
static int two(int n) { return n * 2; }
#define FUNCTION(n) ((n) & 1 ? one : two)
#define SHOWF(p) ((p)(21))
ODD(function, function, FUNCTION, SHOWF)

// Wider than a register without the flag: in memory, never by value.
static yields int wide_alive(int n) {
  wide w = {n, n + 1, n + 2, n + 3};
  char after = 'a';
  coro_yield_now();
  w += 0.5;
  wide v = w * w;
  coro_yield_now();
  w = v - w;
  return (int)(w[0] + w[1] * 2 + w[2] * 3 + w[3] * 4) + after;
}

#define SHOW(name) printf(#name " %u\n", coro_block_on(name##_alive, n))
int main(void) {
  for (int n = 0; n < 4; n++) {
    SHOW(long_double);
    SHOW(int128);
    SHOW(bits37);
    SHOW(bits3);
    SHOW(bits65);
    SHOW(bits128);
    SHOW(bits200);
    SHOW(complex_double);
    SHOW(complex_float);
    SHOW(complex_long_double);
    SHOW(complex_int);
    SHOW(float16);
    SHOW(vector4);
    SHOW(vector3);
    SHOW(vector2);
    SHOW(bool_vector);
    SHOW(float4);
    SHOW(boolean);
    SHOW(character);
    SHOW(pointer);
    SHOW(function);
    printf("%d\n", coro_block_on(wide_alive, n));
  }
}
