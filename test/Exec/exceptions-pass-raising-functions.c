// RUN: %coro -fexceptions -O0 -c %s -o %t.o && %coro -x c++ %S/Inputs/throws.cpp -x none %t.o -lstdc++ -o %t && %t | %filecheck %s
// RUN: %coro -fexceptions -O2 -c %s -o %t.o && %coro -x c++ %S/Inputs/throws.cpp -x none %t.o -lstdc++ -o %t && %t | %filecheck %s
// With -fexceptions, exceptions of C++ go through functions that raise and
// catch like through others: cleanups run, and no coro_catch gets them. Neither
// takes the other for itself, also where a cleanup catches on the way.
// CHECK: 0: [c2] [c1] value 1
// CHECK-NEXT: 1: [c2] [c1] thrown 10
// CHECK-NEXT: 2: [c2] [c1] value -20
// CHECK-NEXT: 3: [t7] [c3] [c1] thrown 30
// CHECK-NEXT: 4: [t7] [c3] [c1] value -40
// CHECK-NEXT: 5: [c5] value -50
#include <coro/coro.h>
#include <stdio.h>

int throws(int n);

raises(int) __attribute__((noinline)) static int raise_if(int n) {
  if (n)
    coro_raise(n);
  return 1;
}
static void closes(int *p) { printf(" [c%d]", *p); }
static void tries(int *p) {
  coro_try { raise_if(*p); }
  coro_catch(int, e) { printf(" [t%d]", e); }
}

raises(int) __attribute__((noinline)) static int both(int thrown, int raised) {
  int own __attribute__((cleanup(closes))) = 2;
  return throws(thrown) & raise_if(raised);
}
raises(int) __attribute__((noinline)) static int tried(int thrown, int raised) {
  int own __attribute__((cleanup(closes))) = 3;
  int again __attribute__((cleanup(tries))) = 7;
  return raise_if(raised) & throws(thrown);
}

int through(int kind) {
  coro_try {
    int own __attribute__((cleanup(closes))) = kind == 5 ? 5 : 1;
    switch (kind) {
    case 0:
      return both(0, 0);
    case 1:
      return both(10, 0);
    case 2:
      return both(0, 20);
    case 3:
      return tried(30, 0);
    case 4:
      return tried(30, 40);
    default:
      coro_raise(50);
    }
  }
  coro_catch(int, e) { return -e; }
}
