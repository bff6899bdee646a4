// RUN: %coro -O1 -S -emit-llvm %s -o - | %filecheck %s
// The parts and the descriptor have what the function was given.
#include <coro/coro.h>

// CHECK-DAG: @named.coro = {{(dso_local )?}}{{.*}}constant
yields int labelled(int n) __asm__("named");
yields int labelled(int n) {
  coro_suspend();
  return n;
}

// CHECK-DAG: @hidden.coro = hidden {{.*}}constant
// CHECK-DAG: define hidden {{.*}}@hidden.start(
// CHECK-DAG: define hidden {{.*}}@hidden.poll(
__attribute__((visibility("hidden"))) yields int hidden(int n) {
  coro_suspend();
  return n;
}

// CHECK-DAG: define {{.*}}@placed.start({{.*}} section ".text.own"
// CHECK-DAG: define {{.*}}@placed.poll({{.*}} section ".text.own"
__attribute__((section(".text.own"))) yields int placed(int n) {
  coro_suspend();
  return n;
}

// CHECK-DAG: @replaceable.coro = weak {{.*}}constant
// CHECK-DAG: define weak {{.*}}@replaceable.start(
// CHECK-DAG: define weak {{.*}}@replaceable.poll(
__attribute__((weak)) yields int replaceable(int n) coro_frame(32);
yields int replaceable(int n) {
  coro_suspend();
  return n;
}

// CHECK-DAG: define internal {{.*}}@kept.poll(
// CHECK-DAG: @llvm.{{(compiler.)?}}used = {{.*}}@kept.
__attribute__((used)) static yields int kept(int n) {
  coro_suspend();
  return n;
}

// CHECK-NOT: @dropped.
static inline yields int dropped(int n) {
  coro_suspend();
  return n;
}
