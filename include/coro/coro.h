/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* coro: functions that suspend, in plain C. This is all a program includes. */
#ifndef CORO_CORO_H
#define CORO_CORO_H

#if !defined(__cplusplus) && !defined(CORO_ERASE_EFFECTS)
#if !defined(__clang__)
#error                                                                         \
    "coro needs clang 19 or 22: compile with clang -fplugin=libcoro.so, or with corocc"
#define CORO_PLUGIN_MISSING
#elif !__has_attribute(coro_yields)
/*
 * An error for whoever compiles. Language servers load no plugin, and would
 * show it in every file; a warning of a header, made an error, they do not.
 */
#pragma clang diagnostic push
#pragma clang diagnostic error "-W#warnings"
#warning                                                                       \
    "coro's plugin is not loaded: add -fplugin=libcoro.so to clang's flags, or compile with corocc"
#pragma clang diagnostic pop
#define CORO_PLUGIN_MISSING
#endif
#endif

/* IWYU pragma: begin_exports */
#include <coro/abi.h>
#include <coro/allocator.h>
#include <coro/box.h>
#include <coro/broadcast.h>
#include <coro/cancel.h>
#include <coro/capability.h>
#include <coro/channel.h>
#include <coro/closed.h>
#include <coro/combine.h>
#include <coro/context.h>
#ifdef CORO_PLUGIN_MISSING /* one error is enough */
#include <coro/editor.h>
#endif
#include <coro/effects.h>
#include <coro/error.h>
#include <coro/executor.h>
#include <coro/future.h>
#include <coro/generator.h>
#include <coro/inbox.h>
#include <coro/job.h>
#include <coro/offload.h>
#include <coro/oneshot.h>
#include <coro/raise.h>
#include <coro/scope.h>
#include <coro/shared.h>
#include <coro/spawn.h>
#include <coro/sync.h>
#include <coro/task.h>
#include <coro/time.h>
#include <coro/typed.h>
#include <coro/wheel.h>

/* Files, sockets and signals need an operating system that has them. */
#if __STDC_HOSTED__ && __has_include(<sys/socket.h>)
#include <coro/dump.h>
#include <coro/io.h>
#include <coro/loop.h>
#include <coro/pool.h>
#include <coro/trace.h>
#endif

/* IWYU pragma: end_exports */

#endif
