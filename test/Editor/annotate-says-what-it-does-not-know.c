// RUN: %corocc --annotate %s -o %t.html && %python %S/Inputs/well-formed.py %t.html && %filecheck %s < %t.html
// Where #line renames the lines, nothing is said that may be wrong; what was
// not compiled was not laid out.
#include <coro/coro.h>

static inline yields void unused(void) { coro_suspend(); }
#line 100 "other.c"
yields void renamed(void) { coro_suspend(); }
// CHECK: unused(void) { <a
// CHECK-NEXT: {{^}}is not compiled in this build</span>
// CHECK: renamed(void) { <a
// CHECK-NEXT: {{^}}keeps what is not known here</span>
