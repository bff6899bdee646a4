// RUN: %coro -g -O0 -c %s -o %t.o
// RUN: llvm-dwarfdump --verify --quiet %t.o
// RUN: %coro -g -O1 -c %s -o %t.o
// RUN: llvm-dwarfdump --verify --quiet %t.o
// RUN: %coro -g -O2 -c %s -o %t.o
// RUN: llvm-dwarfdump --verify --quiet %t.o
// RUN: %coro -g3 -gdwarf-4 -O2 -c %s -o %t.o
// RUN: llvm-dwarfdump --verify --quiet %t.o
// What a debugger reads of a split function is consistent.
#include "Inputs/many-coroutines.h"
