; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; A poll that finds the child not done returns at once: the frame is as it was.

; CHECK-LABEL: define i32 @calls.poll(ptr %0, ptr {{.*}}%1)
; CHECK: %[[CHILD:.*]] = getelementptr inbounds i8, ptr %0, i64 {{[0-9]+}}
; CHECK: switch i8 %state, label %[[INVALID:.*]] [
; CHECK: i8 3, label %[[WAITING:.*]]
; CHECK: [[WAITING]]:
; CHECK-NEXT: %[[STATUS:.*]] = call i32 @callee.poll(ptr %[[CHILD]], ptr %1)
; CHECK-NEXT: %[[DONE:.*]] = icmp eq i32 %[[STATUS]], 0
; CHECK-NEXT: br i1 %[[DONE]], label %{{.*}}, label %[[PENDING:.*]]
; CHECK: [[PENDING]]:
; CHECK-NEXT: ret i32 1
define i32 @calls(i32 %n) !coro.yields !0 {
  %r = call i32 @callee(i32 %n)
  %sum = add i32 %r, %n
  ret i32 %sum
}
declare !coro.yields !0 !coro.limit !1 i32 @callee(i32)
!0 = !{}
!1 = !{i64 64}
