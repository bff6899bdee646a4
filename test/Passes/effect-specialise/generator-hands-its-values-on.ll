; RUN: %opt -passes=effect-specialise -S %s | %filecheck %s
; With a generator the copy is one, of values of the same size, and does not
; wait for anything else.

; CHECK: define internal void @"each<numbers>"(ptr %f) !coro.yields !{{[0-9]+}} !coro.value ![[V:[0-9]+]] !coro.never.waits !{{[0-9]+}} !coro.copy
; CHECK-NEXT: call void @numbers()
; CHECK: ![[V]] = !{i64 8, i64 8}
define void @each(ptr %f) !coro.generic !0 {
  %p = call ptr @__coro_indirect(ptr %f, i64 0, i64 0, i64 1)
  call void %p()
  ret void
}
define void @top() !coro.yields !0 !coro.value !1 {
  %a = call ptr @__coro_as(ptr @each, ptr @numbers, i64 1, i64 0)
  call void %a(ptr null)
  ret void
}
declare !coro.yields !0 !coro.never.waits !0 !coro.value !1 void @numbers()
declare ptr @__coro_indirect(ptr, i64, i64, i64)
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
!1 = !{i64 8, i64 8}
