// The channel, without a buffer, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

enum { PLACES = 0 };
#include "channel.h"
