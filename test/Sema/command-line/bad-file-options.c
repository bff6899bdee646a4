// RUN: %not %coro -fplugin-arg-coro-suspends -fsyntax-only %s 2>&1 | %filecheck --check-prefix=NONE %s
// RUN: %not %coro -fplugin-arg-coro-suspends=%t/no/folder -fsyntax-only %s 2>&1 | %filecheck --check-prefix=FRONT %s
// RUN: %not %coro -fplugin-arg-coro-frames=%t/no/folder -c %s -o %t.o 2>&1 | %filecheck --check-prefix=BACK %s
// A report needs the name of a file that can be written.
#include <coro/coro.h>
yields void f(void) { coro_suspend(); }
// NONE: error: coro: -fplugin-arg-coro-suspends takes the name of a file
// FRONT: error: coro: cannot write {{.*}}/no/folder: No such file or directory
// BACK: error: coro: cannot write {{.*}}/no/folder: No such file or directory
