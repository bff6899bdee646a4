// RUN: %coro --target=aarch64-linux-gnu -ffreestanding -march=armv9-a -O0 -S -o %t.s -Xclang -verify %s
// RUN: %coro --target=aarch64-linux-gnu -ffreestanding -march=armv9-a -O2 -S -o %t.s -Xclang -verify %s
// expected-no-diagnostics
// What is used up before a suspension needs no place in the frame.
#include <coro/coro.h>

static int first(__SVInt32_t v) {
  return (int)__builtin_sve_svaddv_s32(__builtin_sve_svptrue_pat_b32(31), v);
}
yields int scalable(int *numbers) {
  int sum;
  {
    __SVInt32_t v = __builtin_sve_svdup_n_s32(numbers[0]);
    sum = first(v);
  }
  coro_suspend();
  return sum;
}
