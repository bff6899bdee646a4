; RUN: %opt -passes=frame-fuse -S %s | %filecheck %s
; RUN: %opt -passes='frame-fuse<no-fuse>' -S %s | %filecheck --check-prefix=OFF %s
; A small callee's suspensions become the caller's; noinline, a body that may be
; replaced, and a variadic one stay apart, and no-fuse leaves all.

define internal i32 @small(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  %m = add i32 %n, 1
  ret i32 %m
}
define internal i32 @apart(i32 %n) noinline !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}
define weak i32 @replaced(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}
define internal i32 @variable(i32 %n, ...) !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}

; CHECK-LABEL: define i32 @caller(
; CHECK-NOT: @small
; CHECK: call void @__coro_suspend()
; CHECK-NEXT: add i32 %n, 1
; CHECK: call i32 @apart(
; CHECK: call i32 @replaced(
; CHECK: call i32 (i32, ...) @variable(
; OFF-LABEL: define i32 @caller(
; OFF: call i32 @small(
define i32 @caller(i32 %n) !coro.yields !0 {
  %a = call i32 @small(i32 %n)
  %b = call i32 @apart(i32 %a)
  %c = call i32 @replaced(i32 %b)
  %d = call i32 (i32, ...) @variable(i32 %c, i32 1)
  ret i32 %d
}

; A chain flattens from its end.
; CHECK-LABEL: define i32 @outer(
; CHECK-NEXT: call void @__coro_suspend()
; CHECK-NOT: call i32
; CHECK: ret i32
define internal i32 @middle(i32 %n) !coro.yields !0 {
  %a = call i32 @small(i32 %n)
  ret i32 %a
}
define i32 @outer(i32 %n) !coro.yields !0 {
  %a = call i32 @middle(i32 %n)
  ret i32 %a
}

; Nothing is flattened into an ordinary function.
; CHECK-LABEL: define ptr @plain(
define ptr @plain() {
  ret ptr null
}
declare void @__coro_suspend()
!0 = !{}
