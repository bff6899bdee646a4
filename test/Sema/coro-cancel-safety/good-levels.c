// RUN: %coro -fsyntax-only -Werror %s
// RUN: %coro -fsyntax-only -fplugin-arg-coro-warn=coro-cancel-safety -fplugin-arg-coro-no-warn=coro-cancel-safety -DLOSES %s
// RUN: %coro -fsyntax-only -Werror -fplugin-arg-coro-warn=coro-cancel-safety %s 2>&1 | %filecheck --check-prefix=ASKED %s
// RUN: %coro -fsyntax-only -w -fplugin-arg-coro-warn=coro-cancel-safety %s 2>&1 | %filecheck --check-prefix=ASKED %s
// RUN: %not %coro -fsyntax-only -fplugin-arg-coro-error=coro-cancel-safety %s 2>&1 | %filecheck --check-prefix=ERROR %s
// RUN: %not %coro -fsyntax-only -Werror -DLOSES %s 2>&1 | %filecheck --check-prefix=LOSES %s
// RUN: %coro -fsyntax-only -w -DLOSES %s
// RUN: %coro -DCORO_ERASE_EFFECTS -fsyntax-only -DLOSES %s
// Whether arms are said is a matter of the command line alone.
#include <coro/coro.h>

coro_acquires int take(void);
coro_cancel_safe yields int receive(int from) coro_frame(64);
yields int forget(int from) coro_frame(64);

#ifndef CORO_ERASE_EFFECTS
yields int in_time(void) {
  coro_task(forget) a;
  coro_start(&a, forget, 1);
  // ASKED: warning: coro_timeout may cancel this task of 'forget'
  // ASKED-NOT: warning:
  // ERROR: error: coro_timeout may cancel this task of 'forget'
  return coro_timeout(CORO_SECOND, &a);
}
#endif

#ifdef LOSES
CORO_CANCEL_SAFE yields int loses(void) {
  int n = take();
  // LOSES: error: 'n' is lost where 'loses', which is coro_cancel_safe, is cancelled at coro_suspend()
  coro_suspend();
  return n;
}
#endif
