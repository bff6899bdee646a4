; RUN: %opt -passes=effect-specialise -S %s | %filecheck %s
; A copy's calls that pass the argument on are calls of copies in turn.

; CHECK-LABEL: define i32 @top(
; CHECK-NEXT: call i32 @"outer<slow>"(ptr null)
define i32 @top() !coro.yields !0 {
  %a = call ptr @__coro_as(ptr @outer, ptr @slow, i64 1, i64 0)
  %b = call i32 %a(ptr null)
  ret i32 %b
}
; CHECK-LABEL: define i32 @outer(
; CHECK-NEXT: call i32 @inner(ptr %f, i32 1)
define i32 @outer(ptr %f) !coro.generic !0 {
  %a = call ptr @__coro_as(ptr @inner, ptr null, i64 2, i64 0)
  %b = call i32 %a(ptr %f, i32 1)
  ret i32 %b
}
; CHECK-LABEL: define i32 @inner(
; CHECK-NEXT: call i32 %f(i32 %n)
define i32 @inner(ptr %f, i32 %n) !coro.generic !0 {
  %p = call ptr @__coro_indirect(ptr %f, i64 0, i64 4, i64 4)
  %r = call i32 %p(i32 %n)
  ret i32 %r
}
; CHECK: define internal i32 @"outer<slow>"(
; CHECK-NEXT: call i32 @"inner<slow>"(ptr %f, i32 1)
; CHECK: define internal i32 @"inner<slow>"(
; CHECK-NEXT: call i32 @slow(i32 %n)

declare !coro.yields !0 i32 @slow(i32)
declare ptr @__coro_indirect(ptr, i64, i64, i64)
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
