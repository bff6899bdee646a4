// RUN: %not %clang -w -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %not %clang -w -O2 -S %s -o %t.s 2>&1 | %filecheck %s
// The message about the plugin cannot be silenced: nothing is compiled.
#include <coro/coro.h>
yields int f(void) { return 1; }
// CHECK: error: {{.*}}coro's plugin is not loaded: add -fplugin=libcoro.so
// CHECK-NOT: error:
