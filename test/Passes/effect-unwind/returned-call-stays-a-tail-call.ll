; RUN: %opt -passes=effect-unwind -S %s | %filecheck %s
; What a call returned is what the function returns, its outcome included.

; CHECK-LABEL: define { i32, i8 } @result(
; CHECK-NEXT: %r = call { i32, i8 } @callee(i32 %n, ptr noundef nonnull %coro.error)
; CHECK-NEXT: ret { i32, i8 } %r
define i32 @result(i32 %n) !coro.error !1 !coro.edges !0 {
  %r = call i32 @callee(i32 %n)
  ret i32 %r
}

; CHECK-LABEL: define i8 @nothing(
; CHECK-NEXT: %[[OUTCOME:.*]] = call i8 @effect(ptr noundef nonnull %coro.error)
; CHECK-NEXT: ret i8 %[[OUTCOME]]
define void @nothing() !coro.error !1 !coro.edges !0 {
  call void @effect()
  ret void
}

; CHECK-LABEL: define { i32, i8 } @through(ptr %f,
; CHECK-NEXT: %r = call { i32, i8 } %f(i32 1, ptr noundef nonnull %coro.error)
; CHECK-NEXT: ret { i32, i8 } %r
define i32 @through(ptr %f) !coro.error !1 !coro.edges !0 {
  %p = call ptr @__coro_raising(ptr %f)
  %r = call i32 %p(i32 1)
  ret i32 %r
}

; What is called raises, but something else is returned.
; CHECK-LABEL: define { i32, i8 } @other(
; CHECK: call { i32, i8 } @callee(
; CHECK: br i1
define i32 @other(i32 %n) !coro.error !1 !coro.edges !0 {
  %r = call i32 @callee(i32 %n)
  ret i32 %n
}

; CHECK-LABEL: define { i32, i8 } @different(
; CHECK: call i8 @effect(
; CHECK: br i1
define i32 @different() !coro.error !1 !coro.edges !0 {
  call void @effect()
  ret i32 0
}

; This one cannot raise: no outcome comes back.
; CHECK-LABEL: define { i32, i8 } @ordinary(
; CHECK-NEXT: %r = call i32 @plain()
; CHECK-NEXT: insertvalue { i32, i8 } poison, i32 %r, 0
define i32 @ordinary() !coro.error !1 !coro.edges !0 {
  %r = call i32 @plain()
  ret i32 %r
}

declare !coro.error !1 i32 @callee(i32)
declare !coro.error !1 void @effect()
declare i32 @plain()
declare ptr @__coro_raising(ptr)
!0 = !{}
!1 = !{i64 16, i64 8}
