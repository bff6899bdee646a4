; RUN: %opt -passes=frame-expand,frame-place,frame-split,frame-describe -S %s | %filecheck %s
; ABI 2, alignment, size, place and size of the result and of a yielded value, the
; functions, the name;
; the source function is gone, and so are parts that nobody can use.

; CHECK-DAG: @waits.coro = constant { i32, i32, i64, i64, i64, i64, i64, i64, i64, ptr, ptr, ptr, ptr } { i32 4, i32 8, i64 16, i64 8, i64 8, i64 0, i64 0, i64 0, i64 0, ptr @waits.poll, ptr @waits.cancel, ptr @waits.start, ptr @waits.name }
; CHECK-DAG: @waits.name = private unnamed_addr constant [6 x i8] c"waits\00", align 1
; CHECK-NOT: @waits(
; CHECK-NOT: @unused
; CHECK-NOT: !coro.
target datalayout = "e-m:e-i64:64-i128:128-f80:128-n8:16:32:64-S128"

define i64 @waits(i32 %n, ptr %p) !coro.yields !0 {
  call void @__coro_suspend()
  %v = load i64, ptr %p
  %w = zext i32 %n to i64
  %r = add i64 %v, %w
  ret i64 %r
}
define internal void @unused() !coro.yields !0 {
  call void @__coro_suspend()
  ret void
}
declare void @__coro_suspend()
!0 = !{}
