; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; RUN: %opt -passes='frame-expand,frame-place<no-direct-resume>,frame-split' -S %s | %filecheck %s --check-prefix=NOT
; A function has a state for each state of the callees that it waits for, and its
; poll goes to the innermost of them. What is over goes on in its caller.

define internal i32 @leaf(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  call void @work(i32 %n)
  call void @__coro_suspend()
  ret i32 %n
}

; CHECK-LABEL: define { i32, i32 } @top.start(
; CHECK: call { i32, i32 } @mid.start(ptr %[[FRAME:[^,]*]], ptr %1, i32 %n)
; The state is the one that the child has, counted on.
; CHECK: %[[ITS:.*]] = load i8, ptr %[[FRAME]]
; CHECK: %[[NUMBER:.*]] = zext i8 %[[ITS]] to i32
; CHECK: %[[OWN:.*]] = add i32 %[[NUMBER]], 1
; CHECK: %[[STATE:.*]] = trunc i32 %[[OWN]] to i8
; CHECK: store i8 %[[STATE]], ptr %0
; CHECK-LABEL: define i32 @top.poll(
; CHECK: switch i8 %state, label %{{.*}} [
; CHECK-NEXT: i8 1, label
; CHECK-NEXT: i8 2, label
; CHECK-NEXT: i8 3, label %[[OWN_POINT:.*]]
; CHECK-NEXT: i8 6, label %[[MID:.*]]
; CHECK-NEXT: i8 4, label %[[LEAF:.*]]
; CHECK-NEXT: i8 5, label %[[LEAF_AGAIN:.*]]
; CHECK-NEXT: ]
; CHECK: [[OWN_POINT]]:
; CHECK-NEXT: br label %[[RESUME_TOP:.*]]
; CHECK: [[RESUME_TOP]]:
; CHECK-NEXT: phi i32 [ 3, %[[OWN_POINT]] ], [ 4, %[[MID_OVER:.*]] ]
; CHECK-NEXT: phi i32 [ 0, %[[OWN_POINT]] ], [ %{{.*}}, %[[MID_OVER]] ]
; CHECK-NEXT: %[[LAST:.*]] = call i32 @top.resume(ptr %0, ptr %1, i32 %{{.*}}, i32 %{{.*}})
; CHECK-NEXT: ret i32 %[[LAST]]
; CHECK: call i32 @mid.resume(
; CHECK: call i32 @leaf.poll(
; CHECK-LABEL: define internal i32 @top.resume(ptr %0, ptr %1, i32 %2, i32 %3)
; CHECK: switch i32 %2, label %{{.*}} [
; CHECK-NEXT: i32 3, label
; CHECK-NEXT: i32 4, label
; CHECK-NEXT: ]
; CHECK-NOT: call i32 @mid.poll

; Whoever cancels a child first tells it its state.
; CHECK-LABEL: define i32 @top.cancel(
; CHECK: %[[NUMBER:.*]] = zext i8 %state to i32
; CHECK: %[[ITS:.*]] = sub i32 %[[NUMBER]], 1
; CHECK: %[[RAW:.*]] = trunc i32 %[[ITS]] to i8
; CHECK: store i8 %[[RAW]], ptr %[[CHILD:.*]], align 1
; CHECK: call i32 @mid.cancel(ptr %[[CHILD]], ptr %1)

; NOT-LABEL: define i32 @top.poll(
; NOT: call i32 @mid.poll(
; NOT-NOT: @top.resume
define i32 @top(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  %r = call i32 @mid(i32 %n)
  %s = mul i32 %r, %n
  ret i32 %s
}

define internal i32 @mid(i32 %n) !coro.yields !0 {
  %r = call i32 @leaf(i32 %n)
  call void @__coro_suspend()
  %s = add i32 %r, %n
  ret i32 %s
}

declare void @work(i32)
declare !coro.yields !0 void @__coro_suspend()
!0 = !{}
