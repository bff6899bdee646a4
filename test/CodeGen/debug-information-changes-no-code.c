// RUN: %python %S/Inputs/objects.py debug %t.dir %s -fPIC -- %coro
// With -g and without: the same frames, and where optimised, the same code.
#include "Inputs/many-coroutines.h"
