// REQUIRES: x86_64
// RUN: %coro -O1 -g -fplugin-arg-coro-frames=%t.json -c %s -o %t.o
// RUN: llvm-readelf -S --wide %t.o | %filecheck %s
// CHECK: .debug.coro PROGBITS 0000000000000000 {{[0-9a-f]+ [0-9a-f]+ 00 +0 +0 +1$}}
//
// What the object says is what the compiler said, but for the reasons.
// RUN: %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.json %t.o
//
// Through assembly, beside what is compressed, compressed, in bitcode, in a
// linked program, and as the only thing that describes the program.
// RUN: %coro -O1 -g -S %s -o %t.s && %clang -c %t.s -o %t.s.o && %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.json %t.s.o
// RUN: %coro -O1 -g -gz=zlib -c %s -o %t.z.o && llvm-readelf -S --wide %t.z.o | %filecheck %s
// RUN: llvm-objcopy --compress-debug-sections=zlib %t.o %t.z.o && llvm-readelf -S --wide %t.z.o | %filecheck --check-prefix=SMALL %s
// SMALL: .debug.coro PROGBITS {{.*}} C 0 0
// RUN: %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.json %t.z.o
// RUN: %coro -O1 -g -DMAIN -fplugin-arg-coro-frames=%t.main.json %s %rt -Wl,--gc-sections -o %t.out && %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.main.json %t.out && %t.out
// RUN: %coro -O1 -gline-tables-only -c %s -o %t.lines.o && llvm-readelf -S %t.lines.o | %filecheck --check-prefix=HAS %s
// RUN: %coro -O1 -fplugin-arg-coro-records -c %s -o %t.only.o && llvm-readelf -S %t.only.o | %filecheck --check-prefix=HAS %s
// HAS: .debug.coro
//
// It goes with debug information, and never came without.
// RUN: llvm-strip -g %t.o -o %t.stripped.o && llvm-readelf -S %t.stripped.o | %filecheck --check-prefix=NONE %s
// RUN: %coro -O1 -g -DMAIN %s %rt -Wl,--strip-debug -o %t.out && llvm-readelf -S %t.out | %filecheck --check-prefix=NONE %s
// RUN: %coro -O1 -c %s -o %t.plain.o && llvm-readelf -S %t.plain.o | %filecheck --check-prefix=NONE %s
// RUN: %coro -O1 -Rpass=nothing -c %s -o %t.remarks.o && cmp %t.plain.o %t.remarks.o
// NONE-NOT: .debug.coro
#include <coro/coro.h>
#include <string.h>

__attribute__((noinline)) static yields int next(int n) {
  coro_yield_now();
  return n + 1;
}
yields int sum(int from, const char *name) coro_frame(256) {
  char buffer[40] = "";
  strncpy(buffer, name, sizeof buffer - 1);
  int first = next(from);
  coro_yield_now();
  return first + buffer[0];
}
yields_of(long) yields int count(int n) {
  for (int i = 0; i < n; i++) {
    coro_yield((long)i);
    coro_yield_now();
  }
  return n;
}

#ifdef MAIN
int main(void) { return coro_block_on(sum, 1, "a") - 99; }
#endif
