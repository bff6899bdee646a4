; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; Cancelled in a shield, a task goes on by a poll; what that reaches outside of
; the shield is cancelled there.

; CHECK-LABEL: define i32 @shields.cancel(ptr %0, ptr {{.*}}%1)
; CHECK: br label %[[AGAIN:.*]]
; CHECK: store i8 2, ptr %0
; CHECK-NEXT: ret i32 4
; CHECK: [[AGAIN]]:
; CHECK: switch i8 %state, label %{{.*}} [
; CHECK: i8 3, label %[[ON:.*]]
; CHECK-NEXT: i8 4, label %{{.*}}
; CHECK: [[PENDING:coro.pending.*]]:
; CHECK-NEXT: ret i32 1
; CHECK: [[ON]]:
; CHECK-NEXT: %[[POLLED:.*]] = call i32 @shields.poll(ptr %0, ptr %1)
; CHECK-NEXT: br label %[[WENT:.*]]
; CHECK: [[WENT]]:
; CHECK-NEXT: switch i32 %[[POLLED]], label %{{.*}} [
; CHECK-NEXT: i32 1, label %[[WHERE:.*]]
; CHECK: [[WHERE]]:
; CHECK-NEXT: %[[STATE:.*]] = load i8, ptr %0
; CHECK: %[[SHIELDED:.*]] = icmp eq i8 %[[STATE]], 3
; CHECK-NEXT: br i1 %[[SHIELDED]], label %[[PENDING]], label %[[AGAIN]]
; CHECK-NOT: coro.shield
define i8 @shields() !coro.yields !0 !coro.outcome !0 {
  call void @coro.shield(i32 2, i1 true)
  call void @__coro_suspend()
  call void @coro.shield(i32 2, i1 false)
  call void @__coro_suspend()
  %c = call i1 @coro.cancelled()
  br i1 %c, label %gone, label %on
on:
  ret i8 0
gone:
  ret i8 2
}

declare void @coro.shield(i32, i1)
declare i1 @coro.cancelled()
declare !coro.yields !0 void @__coro_suspend()
!0 = !{}
