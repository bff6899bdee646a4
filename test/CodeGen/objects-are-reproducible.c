// RUN: %python %S/Inputs/objects.py twice %t.dir %s -g -- %coro
// Nothing depends on the order of pointers or hashes.
#include "Inputs/many-coroutines.h"
