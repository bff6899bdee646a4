// RUN: %not %coro -fplugin-arg-coro-no-warn=coro-blocking-cal -fsyntax-only %s 2>&1 | %filecheck --check-prefix=CLOSE %s
// RUN: %not %coro -fplugin-arg-coro-error=nonsense -fsyntax-only %s 2>&1 | %filecheck --check-prefix=FAR %s
// RUN: %not %coro -fplugin-arg-coro-no-warn -fsyntax-only %s 2>&1 | %filecheck --check-prefix=NONE %s
// RUN: %not %coro -fplugin-arg-coro-no-warn=coro-effect -fsyntax-only %s 2>&1 | %filecheck --check-prefix=ALWAYS %s
// RUN: %not %coro -fplugin-arg-coro-large-frame=big -fsyntax-only %s 2>&1 | %filecheck --check-prefix=NUMBER %s
// RUN: %coro -fplugin-arg-coro-help -fsyntax-only %s | %filecheck --check-prefix=HELP %s
// RUN: %coro -DNAMES -fsyntax-only -Xclang -verify %s
// A name that is none is one message, which offers the right one.
// CLOSE: {{^}}error: coro: -fplugin-arg-coro-no-warn: no warning has the name 'coro-blocking-cal'; did you mean 'coro-blocking-call'?{{$}}
// CLOSE-NEXT: 1 error
// FAR: {{^}}error: coro: -fplugin-arg-coro-error: no warning has the name 'nonsense'{{$}}
// NONE: {{^}}error: coro: -fplugin-arg-coro-no-warn: no warning has the name ''{{$}}
// ALWAYS: {{^}}error: coro: -fplugin-arg-coro-no-warn: 'coro-effect' is always an error{{$}}
// NUMBER: {{^}}error: coro: -fplugin-arg-coro-large-frame takes a number, as in -fplugin-arg-coro-large-frame=4096{{$}}
// HELP: {{^ *}}warn {{ *}}=<name>
// HELP: no-warn =<name>
// HELP: error =<name>
// HELP: large-frame =<bytes>
int empty;
#ifdef NAMES
#include <coro/coro.h>
// expected-error@+1 {{coro_allow: no warning has the name 'coro-blocking'; did you mean 'coro-blocking-call'?}}
coro_allow("coro-blocking") int function(int n);
int function(int n) {
  // expected-error@+1 {{coro_allow: 'coro-effect' is always an error [coro-attribute]}}
  coro_allow("coro-effect") n++;
  // expected-error@+1 {{coro_allow: no warning has the name 'coro-nothing'}}
  coro_allow("coro-nothing") int m = n;
  // Somebody else's.
  coro_allow("other") return m;
}
#endif
