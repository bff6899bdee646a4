// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// The member `result` of a task is where the code leaves it, whatever way the
// platform passes the type: in one register, in two, in memory.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static coro_context cx = CORO_CONTEXT_INIT;
static int wrong;

// Struct types are compared member by member.
#define TRY(name, T, A, B, SAME)                                               \
  TRY_ONE(name, T, A, B, SAME, )                                               \
  TRY_ONE(name##_framed, T, A, B, SAME, coro_frame(256))
#define TRY_ONE(name, T, A, B, SAME, FRAME)                                    \
  static yields T name(int n) FRAME;                                           \
  static yields T name(int n) {                                                \
    T a = A, b = B;                                                            \
    coro_suspend();                                                            \
    return n ? a : b;                                                          \
  }                                                                            \
  static void try_##name(void) {                                               \
    for (int n = 0; n < 2; n++) {                                              \
      coro_task(name) t;                                                       \
      memset(&t, 0x99, sizeof t);                                              \
      coro_start(&t, name, n);                                                 \
      while (coro_poll(&t, &cx) == CORO_PENDING)                               \
        ;                                                                      \
      T a = A, b = B;                                                          \
      T x = t.result, y = n ? a : b;                                           \
      coro_any_task any = coro_erase(&t);                                      \
      if (!(SAME) || coro_result_any(any) != &t.result ||                      \
          any.coro->result_size < sizeof(T)) {                                 \
        wrong++;                                                               \
        printf("%s: offset %zu, descriptor %zu+%zu\n", #name,                  \
               (size_t)((char *)&t.result - (char *)&t),                       \
               any.coro->result_offset, any.coro->result_size);                \
      }                                                                        \
    }                                                                          \
  }

struct c3 {
  char c[3];
};
struct c7 {
  char c[7];
};
struct c12 {
  char c[12];
};
struct c16 {
  char c[16];
};
struct c17 {
  char c[17];
};
struct s5 {
  short s[5];
};
struct ff {
  float a, b;
};
struct fff {
  float a, b, c;
};
struct dc {
  double a;
  char b;
};
struct cd {
  char a;
  double b;
};
struct iff {
  int a;
  float b;
};
struct al16 {
  _Alignas(16) long a;
};
struct al16two {
  _Alignas(16) int a;
  int b;
};
struct al64 {
  _Alignas(64) int a;
};
struct __attribute__((packed)) pk {
  char a;
  long b;
};
struct i128 {
  __int128 a;
};
typedef int four __attribute__((vector_size(16)));
typedef int eight __attribute__((vector_size(32)));
typedef float ext3 __attribute__((ext_vector_type(3)));
typedef char ext2 __attribute__((ext_vector_type(2)));
typedef const char *text;
struct v {
  four v;
};

#define WHOLE x == y
#define A_B (x.a == y.a && x.b == y.b)
#define BYTES memcmp(&x, &y, sizeof x) == 0
TRY(boolean, _Bool, 1, 0, WHOLE)
TRY(character, char, 'a', 'b', WHOLE)
TRY(short_, short, -3, 3, WHOLE)
TRY(long_, long, 1L << 40, -1, WHOLE)
TRY(int128, __int128, (__int128)1 << 80, -1, WHOLE)
TRY(bits3, _BitInt(3), 3, -1, WHOLE)
TRY(bits37, _BitInt(37), 3, -1, WHOLE)
TRY(bits65, _BitInt(65), 3, -1, WHOLE)
TRY(bits100, unsigned _BitInt(100), 3, 99, WHOLE)
TRY(bits128, _BitInt(128), 3, -1, WHOLE)
TRY(bits200, _BitInt(200), 3, -1, WHOLE)
TRY(float_, float, 1.5f, 2, WHOLE)
TRY(long_double, long double, 1.5L, 2, WHOLE)
TRY(half, _Float16, 1.5f16, 2, WHOLE)
TRY(complex_float, _Complex float, 1.5f, 2, WHOLE)
TRY(complex_double, _Complex double, 1.5, 2, WHOLE)
TRY(complex_long, _Complex long double, 1.5, 2, WHOLE)
TRY(complex_char, _Complex char, 1, 2, WHOLE)
TRY(complex_int, _Complex int, 1, 2, WHOLE)
TRY(three_bytes, struct c3, {"ab"}, {"xy"}, BYTES)
TRY(seven_bytes, struct c7, {"ab"}, {"xy"}, BYTES)
TRY(twelve_bytes, struct c12, {"ab"}, {"xy"}, BYTES)
TRY(sixteen_bytes, struct c16, {"ab"}, {"xy"}, BYTES)
TRY(seventeen_bytes, struct c17, {"ab"}, {"xy"}, BYTES)
TRY(ten_bytes, struct s5, {{1}}, {{2}}, BYTES)
TRY(two_floats, struct ff, {1}, {2}, A_B)
TRY(three_floats, struct fff, {1}, {2}, A_B)
TRY(double_char, struct dc, {1}, {2}, A_B)
TRY(char_double, struct cd, {1}, {2}, A_B)
TRY(int_float, struct iff, {1}, {2}, A_B)
TRY(aligned_long, struct al16, {1}, {2}, x.a == y.a)
TRY(aligned_two, struct al16two, {1}, {2}, A_B)
TRY_ONE(aligned_64, struct al64, {1}, {2}, x.a == y.a, )
TRY(packed, struct pk, {1}, {2}, A_B)
TRY(int128_struct, struct i128, {1}, {2}, x.a == y.a)
TRY(vector4, four, {1}, {2}, BYTES)
TRY(vector3, ext3, {1}, {2}, x[0] == y[0])
TRY(vector2, ext2, {1}, {2}, x[0] == y[0])
TRY(vector_struct, struct v, {{1}}, {{2}}, BYTES)
TRY(pointer, text, "a", "b", *x == *y)

#define RUN(name) try_##name(), try_##name##_framed()

int main(void) {
  RUN(boolean);
  RUN(character);
  RUN(short_);
  RUN(long_);
  RUN(int128);
  RUN(bits3);
  RUN(bits37);
  RUN(bits65);
  RUN(bits100);
  RUN(bits128);
  RUN(bits200);
  RUN(float_);
  RUN(long_double);
  RUN(half);
  RUN(complex_float);
  RUN(complex_double);
  RUN(complex_long);
  RUN(complex_char);
  RUN(complex_int);
  RUN(three_bytes);
  RUN(seven_bytes);
  RUN(twelve_bytes);
  RUN(sixteen_bytes);
  RUN(seventeen_bytes);
  RUN(ten_bytes);
  RUN(two_floats);
  RUN(three_floats);
  RUN(double_char);
  RUN(char_double);
  RUN(int_float);
  RUN(aligned_long);
  RUN(aligned_two);
  try_aligned_64();
  RUN(packed);
  RUN(int128_struct);
  RUN(vector4);
  RUN(vector3);
  RUN(vector2);
  RUN(vector_struct);
  RUN(pointer);
  // CHECK: 0 wrong
  printf("%d wrong\n", wrong);
}
