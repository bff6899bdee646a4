// The mutex, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_mutex mutex;

#define LOCK coro_mutex_lock(&mutex)
#define TRY coro_mutex_try_lock(&mutex)
#define LOCK_FOR(ns) coro_mutex_lock_for(&mutex, ns)
#define OP coro_mutex_lock_op
#define OP_INIT(op) coro_mutex_lock_op_init(op, &mutex)
#define UNLOCK coro_mutex_unlock(&mutex)
#include "exclusive.h"

static void begin(void) { mutex = FRESH(coro_mutex, CORO_MUTEX); }
static void end(void) { check_free(); }

#define CASES EXCLUSIVE_CASES
#include "run.h"
