; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; A child that is cancelled may be pending, and then so is its parent. If it is
; done after all, the parent goes on by a poll, until it suspends again.

; CHECK-LABEL: define i32 @parent.poll(ptr %0, ptr {{.*}}%1)
; CHECK: i8 3, label %[[POLL:.*]]
; CHECK: [[POLL]]:
; CHECK-NEXT: %[[STATUS:.*]] = call i32 @child.poll(
; CHECK-NEXT: %[[PENDING:.*]] = icmp eq i32 %[[STATUS]], 1
; CHECK-NEXT: br i1 %[[PENDING]], label %[[STAY:.*]], label %{{.*}}
; CHECK: [[STAY]]:
; CHECK-NEXT: ret i32 1

; CHECK-LABEL: define i32 @parent.cancel(ptr %0, ptr {{.*}}%1)
; CHECK: br label %[[AGAIN:.*]]
; CHECK: [[AGAIN]]:
; CHECK: i8 3, label %[[WAIT:.*]]
; CHECK: [[WAIT]]:
; CHECK-NEXT: %[[STATUS:.*]] = call i32 @child.cancel(ptr %{{.*}}, ptr %1)
; CHECK-NEXT: switch i32 %[[STATUS]], label %{{.*}} [
; CHECK-NEXT: i32 1, label %[[PENDING:.*]]
; CHECK-NEXT: i32 0, label %[[ON:.*]]
; CHECK: [[PENDING]]:
; CHECK-NEXT: ret i32 1
; CHECK: [[ON]]:
; CHECK-NEXT: %[[POLLED:.*]] = call i32 @parent.poll(ptr %0, ptr %1)
; CHECK-NEXT: br label %[[WENT:.*]]
; CHECK: [[WENT]]:
; CHECK-NEXT: switch i32 %[[POLLED]], label %[[OVER:.*]] [
; CHECK-NEXT: i32 1, label %[[AGAIN]]
; CHECK-NEXT: i32 2, label %[[AGAIN]]
; CHECK-NEXT: ]
; CHECK: [[OVER]]:
; CHECK-NEXT: ret i32 %[[POLLED]]
define { i32, i8 } @parent(i32 %n) !coro.yields !0 !coro.outcome !0 {
  %both = call { i32, i8 } @child(i32 %n)
  %how = extractvalue { i32, i8 } %both, 1
  %r = extractvalue { i32, i8 } %both, 0
  %done = icmp eq i8 %how, 0
  br i1 %done, label %on, label %gone
on:
  %sum = add i32 %r, %n
  %v = insertvalue { i32, i8 } poison, i32 %sum, 0
  %ret = insertvalue { i32, i8 } %v, i8 0, 1
  ret { i32, i8 } %ret
gone:
  call void @undo(i32 %n)
  ret { i32, i8 } { i32 poison, i8 2 }
}

declare !coro.yields !0 !coro.outcome !0 !coro.limit !1 { i32, i8 } @child(i32)
declare void @undo(i32)
!0 = !{}
!1 = !{i64 64}
