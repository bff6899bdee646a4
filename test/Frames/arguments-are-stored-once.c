// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// An argument that is used after a suspension has one slot; one that is only
// passed on has none beside the callee's.
#include <coro/coro.h>

int get(long);

yields int used_after(int a, long b, char c, double d, void *p) {
  coro_suspend();
  return a + (int)b + c + (int)d + (p != 0);
}

yields int some_used_after(int a, long b, char c) {
  a += get(b);
  coro_suspend();
  return a + c;
}

struct pair {
  long x, y;
};
struct big {
  char bytes[40];
};
yields long structs(struct pair p, struct big b) {
  coro_suspend();
  return p.y + b.bytes[3];
}

// O0:frame of used_after: 32 bytes, align 8, 1 suspensions, at most 30 alive
// O0-NEXT:  4+4 variable a.addr at 0
// O0-NEXT:  8+8 variable b.addr at 0
// O0-NEXT:  1+1 variable c.addr at 0
// O0-NEXT:  16+8 variable d.addr at 0
// O0-NEXT:  24+8 variable p.addr at 0
// O0-NEXT:frame of some_used_after: 16 bytes, align 8, 1 suspensions, at most 14 alive
// O0-NEXT:  4+4 variable a.addr at 0
// O0-NEXT:  1+1 variable c.addr at 0
// O0-NEXT:frame of structs: 64 bytes, align 8, 1 suspensions, at most 57 alive
// O0-NEXT:  8+40 variable b1 at 0
// O0-NEXT:  48+16 variable p at 0

// O2:frame of used_after: 32 bytes, align 8, 1 suspensions, at most 30 alive
// O2-NEXT:  4+4 argument a at 0
// O2-NEXT:  8+8 argument b at 0
// O2-NEXT:  1+1 argument c at 0
// O2-NEXT:  16+8 argument d at 0
// O2-NEXT:  24+8 argument p at 0
// O2-NEXT:frame of some_used_after: 16 bytes, align 8, 1 suspensions, at most 14 alive
// O2-NEXT:  1+1 argument c at 0
// O2-NEXT:  4+4 value add at 0
// O2-NEXT:frame of structs: 64 bytes, align 8, 1 suspensions, at most 57 alive
// O2-NEXT:  8+8 argument p.coerce1 at 0
// O2-NEXT:  1+1 value b1.sroa.2.0.copyload at 0
