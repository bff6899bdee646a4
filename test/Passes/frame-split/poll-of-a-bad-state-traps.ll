; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; A frame nobody started, or one that was overwritten, stops the program.

; CHECK-LABEL: define i32 @waits.poll(ptr %0, ptr %1)
; CHECK: %state = load i8, ptr %0
; CHECK-NEXT: switch i8 %state, label %[[INVALID:.*]] [
; CHECK-NEXT: i8 1, label
; CHECK-NEXT: i8 2, label
; CHECK-NEXT: i8 3, label
; CHECK-NEXT: i8 4, label
; CHECK-NEXT: ]
; CHECK: [[INVALID]]:
; CHECK-NEXT: call void @llvm.trap()
; CHECK-NEXT: unreachable
define void @waits() !coro.yields !0 {
  call void @__coro_suspend()
  call void @__coro_suspend()
  ret void
}
declare void @__coro_suspend()
!0 = !{}
