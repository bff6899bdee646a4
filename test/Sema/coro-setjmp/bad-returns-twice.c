// RUN: %coro -fsyntax-only -Xclang -verify %s
// What returns twice returns into a stack that is gone.
#include <coro/coro.h>
#include <setjmp.h>
#include <ucontext.h>
#include <unistd.h>

jmp_buf buffer;
sigjmp_buf signals;
ucontext_t context;
__attribute__((returns_twice)) int own(void);

yields int f(void) {
  void *words[5];
  if (setjmp(buffer)) // expected-error {{returns twice, into a stack that is gone once 'f' has suspended: call it in a function that does not yield [coro-setjmp]}}
    return 1;
  if (sigsetjmp(signals, 0)) // expected-error {{returns twice}}
    return 2;
  if (__builtin_setjmp(words)) // expected-error {{'__builtin_setjmp' returns twice}}
    return 3;
  getcontext(&context); // expected-error {{'getcontext' returns twice}}
  vfork();              // expected-error {{'vfork' returns twice}}
  own();                // expected-error {{'own' returns twice}}
  coro_suspend();
  return 0;
}
