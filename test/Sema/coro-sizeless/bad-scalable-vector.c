// RUN: %coro --target=aarch64-linux-gnu -ffreestanding -march=armv9-a -O0 -S -o %t.s -Xclang -verify=variable %s
// RUN: %coro --target=aarch64-linux-gnu -ffreestanding -march=armv9-a -O2 -S -o %t.s -Xclang -verify=value %s
// A frame has one size, and this vector one for each machine.
#include <coro/coro.h>

yields int scalable(int *numbers) {                      // variable-error {{a value of 'scalable' whose size is known only at run time is alive across a suspension [coro-sizeless]}}
  __SVInt32_t v = __builtin_sve_svdup_n_s32(numbers[0]); // value-error {{a value of 'scalable' whose size is known only at run time is alive across a suspension [coro-sizeless]}}
  coro_suspend();
  return (int)__builtin_sve_svaddv_s32(__builtin_sve_svptrue_pat_b32(31), v);
}
