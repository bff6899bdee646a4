; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; A frame nobody started, or one that was overwritten, stops the program. Of one
; that others can have a pointer to, the runtime looks first whether the state
; says that it is to be cancelled. Of a call's frame that only its caller has,
; nobody asks before it began or when it is over.

; CHECK-LABEL: define i32 @task.poll(ptr %0, ptr {{.*}}%1)
; CHECK: switch i8 %state, label %[[OTHER:.*]] [
; CHECK: [[OTHER]]:
; CHECK-NEXT: %[[STATUS:.*]] = call i32 @coro_poll_requested(ptr %0, ptr %1, ptr @task.cancel)
; CHECK-NEXT: ret i32 %[[STATUS]]
define void @task() !coro.yields !0 {
  call void @__coro_suspend()
  ret void
}

; CHECK-LABEL: define internal i32 @waits.poll(ptr %0, ptr {{.*}}%1)
; CHECK: %state = load i8, ptr %0
; CHECK-NEXT: switch i8 %state, label %[[INVALID:.*]] [
; CHECK-NEXT: i8 3, label
; CHECK-NEXT: i8 4, label
; CHECK-NEXT: ]
; CHECK: [[INVALID]]:
; CHECK-NEXT: call void @llvm.trap()
; CHECK-NEXT: unreachable
define internal void @waits() !coro.yields !0 {
  call void @__coro_suspend()
  call void @__coro_suspend()
  ret void
}
declare void @__coro_suspend()
!0 = !{}
