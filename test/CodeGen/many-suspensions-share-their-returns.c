// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// Several passes of LLVM take time with the square of the values of a phi, and
// would make one of all that suspensions return.
#include <coro/coro.h>

int get(int);

#define TIMES4(S) S S S S
#define TIMES16(S) TIMES4(S) TIMES4(S) TIMES4(S) TIMES4(S)
#define TIMES64(S) TIMES16(S) TIMES16(S) TIMES16(S) TIMES16(S)
#define TIMES512(S)                                                            \
  TIMES64(S)                                                                   \
  TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S)

// CHECK-LABEL: define{{.*}} @many.poll(
// CHECK-NOT: {{phi ([^]]+],){70} }}
// CHECK: {{^}}}
yields int many(int n) {
  TIMES512(n = get(n); coro_suspend();)
  return n;
}
