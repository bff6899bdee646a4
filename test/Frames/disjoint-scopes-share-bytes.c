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

// O0:frame of siblings: 88 bytes, align 8, 2 suspensions, at most 85 alive
// O0-NEXT:  4+4 variable n.addr at 0 1
// O0-NEXT:  48+40 variable a at 0 1
// O0-NEXT:  8+40 variable b at 1
// O0-NEXT:frame of arms: 32 bytes, align 8, 2 suspensions, at most 29 alive
// O0-NEXT:  4+4 variable n.addr at 0 1
// O0-NEXT:  8+24 variable d at 0
// O0-NEXT:  8+24 variable s at 1
// O0-NEXT:frame of nested: 56 bytes, align 4, 2 suspensions, at most 53 alive
// O0-NEXT:  52+4 variable n.addr at 0 1
// O0-NEXT:  1+16 variable outer at 0 1
// O0-NEXT:  36+4 variable i at 0
// O0-NEXT:  17+16 variable inner at 0 1
// O0-NEXT:  33+16 variable after at 1

// O2:frame of siblings: 48 bytes, align 8, 2 suspensions, at most 45 alive
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  8+40 variable a at 0
// O2-NEXT:  8+40 variable b at 1
// O2-NEXT:frame of arms: 32 bytes, align 8, 2 suspensions, at most 29 alive
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  8+24 variable d at 0
// O2-NEXT:  8+24 variable s at 1
// O2-NEXT:frame of nested: 44 bytes, align 4, 2 suspensions, at most 41 alive
// O2-NEXT:  4+4 argument n at 0 1
// O2-NEXT:  8+4 value i.0 at 0
// O2-NEXT:  12+16 variable outer at 0 1
// O2-NEXT:  28+16 variable inner at 0
// O2-NEXT:  28+16 variable after at 1
