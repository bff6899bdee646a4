// RUN: %not %coro -fplugin-arg-coro-no-remta -fsyntax-only %s 2>&1 | %filecheck %s
// RUN: %not %coro -fplugin-arg-coro-verify=1 -fsyntax-only %s 2>&1 | %filecheck --check-prefix=VALUE %s
// RUN: %coro -fplugin-arg-coro-help -fsyntax-only %s | %filecheck --check-prefix=HELP %s
// A wrong argument of the plugin is an error that offers the right one.
// CHECK: error: coro: unknown argument -fplugin-arg-coro-no-remta; did you mean -fplugin-arg-coro-no-remat?
// VALUE: error: coro: -fplugin-arg-coro-verify takes no value
// HELP: no-remat
int empty;
