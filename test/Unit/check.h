/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef CORO_UNIT_CHECK_H
#define CORO_UNIT_CHECK_H

#include <cstdio>
#include <cstdlib>

#define CHECK(Condition)                                                       \
  ((Condition) ? (void)0                                                       \
               : (std::fprintf(stderr, "%s:%d: not true: %s\n", __FILE__,      \
                               __LINE__, #Condition),                          \
                  std::exit(1)))

#endif
