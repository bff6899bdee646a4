// RUN: %coro -fsyntax-only -Xclang -verify %s
// A task holds its result, so the result's type comes first.
#include <coro/coro.h>

struct later;
yields struct later f(int n) coro_frame(64); // expected-note {{forward declaration of 'struct coro_task_f'}}
coro_task(f) task;                           // expected-error {{tentative definition has type 'struct coro_task_f' that is never completed}}
