// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// Variables whose lives never meet lie on the same bytes; at -O0 a variable
// whose address was given away is alive to the end.
#include <coro/coro.h>

void use(void *);

yields int siblings(int n) {
  {
    char a[40];
    use(a);
    coro_suspend();
    use(a);
  }
  {
    long b[5];
    use(b);
    coro_suspend();
    use(b);
  }
  return n;
}

yields int arms(int n) {
  if (n) {
    double d[3];
    use(d);
    coro_suspend();
    use(d);
  } else {
    short s[12];
    use(s);
    coro_suspend();
    use(s);
  }
  return n;
}

yields int nested(int n) {
  char outer[16];
  use(outer);
  for (int i = 0; i < n; i++) {
    char inner[16];
    use(inner);
    coro_suspend();
    use(inner);
  }
  {
    char after[16];
    use(after);
    coro_suspend();
    use(after);
  }
  use(outer);
  return n;
}

// O0:frame of siblings: 112 bytes, align 16, 2 suspensions
// O0-NEXT:  4+4 variable n.addr at 0 1
// O0-NEXT:  16+40 variable a at 0 1
// O0-NEXT:  64+40 variable b at 1
// O0-NEXT:frame of arms: 48 bytes, align 16, 2 suspensions
// O0-NEXT:  4+4 variable n.addr at 0 1
// O0-NEXT:  16+24 variable d at 0
// O0-NEXT:  16+24 variable s at 1
// O0-NEXT:frame of nested: 64 bytes, align 16, 2 suspensions
// O0-NEXT:  4+4 variable n.addr at 0 1
// O0-NEXT:  16+16 variable outer at 0 1
// O0-NEXT:  8+4 variable i at 0
// O0-NEXT:  32+16 variable inner at 0 1
// O0-NEXT:  48+16 variable after at 1

// O2:frame of siblings: 64 bytes, align 16, 2 suspensions
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  16+40 variable a at 0
// O2-NEXT:  16+40 variable b at 1
// O2-NEXT:frame of arms: 48 bytes, align 16, 2 suspensions
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  16+24 variable d at 0
// O2-NEXT:  16+24 variable s at 1
// O2-NEXT:frame of nested: 48 bytes, align 16, 2 suspensions
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  8+4 value i.0 at 0
// O2-NEXT:  16+16 variable outer at 0 1
// O2-NEXT:  32+16 variable inner at 0
// O2-NEXT:  32+16 variable after at 1
