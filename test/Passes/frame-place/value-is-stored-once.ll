; RUN: %opt -passes=frame-expand,frame-place -S %s | %filecheck %s
; %n crosses two suspensions and is stored before the first: at the second its
; slot still holds it.

; CHECK-LABEL: define i32 @waits(
; CHECK: %frame = call ptr @coro.frame()
; CHECK: store i32 %n, ptr %[[SLOT:.*]]
; CHECK-NEXT: call void @coro.point(i32 1)
; CHECK-NOT: store
; CHECK: call void @coro.point(i32 1)
; CHECK: load i32
; CHECK-NEXT: ret i32
define i32 @waits(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  call void @plain()
  call void @__coro_suspend()
  ret i32 %n
}

; Computed anew in each round, it is stored anew.
; CHECK-LABEL: define i32 @counts(
; CHECK: loop:
; CHECK: store i32
; CHECK: call void @coro.point(i32 1)
define i32 @counts(i32 %n) !coro.yields !0 {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  call void @__coro_suspend()
  %next = add i32 %i, %n
  %more = icmp ult i32 %next, 100
  br i1 %more, label %loop, label %out
out:
  ret i32 %next
}
declare void @__coro_suspend()
declare void @plain()
!0 = !{}
