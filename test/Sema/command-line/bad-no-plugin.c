// RUN: %not %clang -fsyntax-only %s 2>&1 | %filecheck %s
// Without the plugin the header says which flag is missing.
#include <coro/coro.h>
// CHECK: error: "coro's plugin is not loaded: add -fplugin=libcoro.so to
// CHECK-NOT: error:
