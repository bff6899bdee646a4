// RUN: %not %coro -fplugin-arg-coro-config -fsyntax-only %s 2>&1 | %filecheck --check-prefix=NONE %s
// RUN: %not %coro -fplugin-arg-coro-config=2x=1 -fsyntax-only %s 2>&1 | %filecheck --check-prefix=NAME %s
// RUN: %not %coro -fplugin-arg-coro-config=async=yes -fsyntax-only %s 2>&1 | %filecheck --check-prefix=VALUE %s
// RUN: %not %coro -fplugin-arg-coro-config=async=1 -fplugin-arg-coro-config=async=2 -fsyntax-only %s 2>&1 | %filecheck --check-prefix=TWICE %s
// RUN: %not %coro -fplugin-arg-coro-confg=async=1 -fsyntax-only %s 2>&1 | %filecheck --check-prefix=WORD %s
// What coro_config reads is an integer with a name.
// NONE: error: coro: -fplugin-arg-coro-config: '' is no name; as in config=async=1
// NONE-NOT: error:
// NAME: error: coro: -fplugin-arg-coro-config: '2x' is no name
// NAME-NOT: error:
// VALUE: error: coro: -fplugin-arg-coro-config: 'async' is an integer, which 'yes' is not
// VALUE-NOT: error:
// TWICE: error: coro: -fplugin-arg-coro-config: 'async' is 1 already
// TWICE-NOT: error:
// WORD: error: coro: unknown argument -fplugin-arg-coro-confg; did you mean -fplugin-arg-coro-config?
int empty;
