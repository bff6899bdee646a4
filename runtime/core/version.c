/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Whether this runtime knows the tables that a program gave it. */
#include <coro/capability.h>
#include <coro/offload.h>
#include <coro/reactor.h>
#include <coro/time.h>

/* Where it is not offered, nothing is the matter. */
#define FITS(capability)                                                       \
  (!(capability) ||                                                            \
   ((capability)->ops && !coro_version_check((capability)->ops->version)))

int coro_context_check(const coro_context *cx) {
  int fit = FITS(cx->reactor) && FITS(cx->timers) && FITS(cx->allocator) &&
            FITS(cx->spawner) && FITS(cx->sender) && FITS(cx->offloader) &&
            FITS(cx->completion);
  return fit ? 0 : CORO_UNKNOWN_VERSION;
}
