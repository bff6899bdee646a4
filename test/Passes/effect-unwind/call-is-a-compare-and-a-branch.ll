; RUN: %opt -passes=effect-unwind -S %s | %filecheck %s
; A function that raises returns its result with the outcome, and its caller
; branches on that; what is raised goes to the place that it was given.

; CHECK-LABEL: define { i32, i8 } @caller(i32 %n,
; CHECK-SAME: ptr noalias noundef nonnull align 8 dereferenceable(16) %coro.error)
; CHECK-NEXT: %[[BOTH:.*]] = call { i32, i8 } @callee(i32 %n, ptr noundef nonnull %coro.error)
; CHECK-NEXT: %r = extractvalue { i32, i8 } %[[BOTH]], 0
; CHECK-NEXT: %[[OUTCOME:.*]] = extractvalue { i32, i8 } %[[BOTH]], 1
; CHECK-NEXT: %[[DONE:.*]] = icmp eq i8 %[[OUTCOME]], 0
; CHECK-NEXT: br i1 %[[DONE]], label %{{.*}}, label %coro.unwound, !prof
; CHECK: ret { i32, i8 }
; CHECK: coro.unwound:
; CHECK-NEXT: ret { i32, i8 } { i32 poison, i8 1 }
define signext i32 @caller(i32 %n) !coro.error !1 !coro.edges !0 {
  %r = call signext i32 @callee(i32 %n)
  %more = add i32 %r, 1
  ret i32 %more
}

; CHECK-LABEL: define i8 @nothing(
; CHECK-NEXT: %[[OUTCOME:.*]] = call i8 (ptr, i32, ptr, ...) @variadic(ptr null, i32 1, ptr noundef nonnull %coro.error, double 2.000000e+00)
; CHECK: ret i8 0
; CHECK: ret i8 1
define void @nothing() !coro.error !1 !coro.edges !0 {
  call void (ptr, i32, ...) @variadic(ptr sret(i64) null, i32 1, double 2.0)
  fence seq_cst
  ret void
}

; CHECK-LABEL: define { i32, i8 } @raise(
; CHECK-NEXT: store i64 7, ptr %coro.error
; CHECK-NEXT: br label %coro.unwound
define i32 @raise() !coro.error !1 !coro.edges !0 {
  %p = call ptr @__coro_error_place()
  store i64 7, ptr %p
  call void @__coro_raise(ptr null)
  unreachable
}

; CHECK-LABEL: define { i32, i8 } @through(ptr %f,
; CHECK-NEXT: call { i32, i8 } %f(i32 1, ptr noundef nonnull %coro.error)
define i32 @through(ptr %f) !coro.error !1 !coro.edges !0 {
  %p = call ptr @__coro_raising(ptr %f)
  %r = call i32 %p(i32 1)
  ret i32 %r
}

; CHECK-DAG: declare {{.*}}{ i32, i8 } @callee(i32, ptr noalias noundef nonnull align 8 dereferenceable(16))
; CHECK-DAG: declare {{.*}}i8 @variadic(ptr, i32, ptr noalias noundef nonnull align 8 dereferenceable(16), ...)
declare !coro.error !1 signext i32 @callee(i32)
declare !coro.error !1 void @variadic(ptr, i32, ...)
declare ptr @__coro_error_place()
declare void @__coro_raise(ptr)
declare ptr @__coro_raising(ptr)
!0 = !{}
!1 = !{i64 16, i64 8}
