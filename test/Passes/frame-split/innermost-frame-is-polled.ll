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
; CHECK: call { i32, i32 } @mid.start(ptr %[[FIRST:[^,]*]], ptr %1, i32 %n)
; CHECK: call { i32, i32 } @mid.start(ptr %[[FRAME:[^,]*]], ptr %1, i32 %
; The state is the one that the child has, counted on.
; CHECK: %[[ITS:.*]] = load i8, ptr %[[FRAME]]
; CHECK: %[[NUMBER:.*]] = zext i8 %[[ITS]] to i32
; CHECK: %[[OWN:.*]] = add i32 %[[NUMBER]], 3
; CHECK: %[[STATE:.*]] = trunc i32 %[[OWN]] to i8
; CHECK: store i8 %[[STATE]], ptr %0
; CHECK-LABEL: define i32 @top.poll(
; CHECK: switch i8 %state, label %{{.*}} [
; CHECK-NEXT: i8 1, label
; CHECK-NEXT: i8 2, label
; CHECK-NEXT: i8 9, label %[[OWN_POINT:.*]]
; CHECK-DAG: i8 3, label
; CHECK-DAG: i8 4, label
; CHECK-DAG: i8 5, label
; CHECK-DAG: i8 6, label
; CHECK-DAG: i8 7, label
; CHECK-DAG: i8 8, label
; CHECK: [[OWN_POINT]]:
; CHECK-NEXT: br label %[[RESUME_TOP:.*]]
; CHECK: [[RESUME_TOP]]:
; CHECK-NEXT: phi i32 [ 9, %[[OWN_POINT]] ], [ 3, %[[ONCE:.*]] ], [ 6, %[[TWICE:.*]] ]
; CHECK-NEXT: phi i32 [ 0, %[[OWN_POINT]] ], [ %{{.*}}, %[[ONCE]] ], [ %{{.*}}, %[[TWICE]] ]
; CHECK-NEXT: %[[LAST:.*]] = call i32 @top.resume(ptr %0, ptr %1, i32 %{{.*}}, i32 %{{.*}})
; CHECK-NEXT: ret i32 %[[LAST]]
; CHECK: call i32 @mid.resume(
; CHECK: call i32 @leaf.poll(
; CHECK-LABEL: define i32 @top.cancel(
; Whoever cancels a child first tells it its state.
; CHECK: call i32 @mid.cancel(
; CHECK: %[[ITS:.*]] = sub i32 %{{.*}}, 3
; CHECK: %[[RAW:.*]] = trunc i32 %[[ITS]] to i8
; CHECK: store i8 %[[RAW]], ptr %[[CHILD:.*]], align 1
; CHECK: call i32 @mid.cancel(ptr %[[CHILD]], ptr %1)
; CHECK-LABEL: define internal i32 @top.resume(ptr %0, ptr {{.*}}%1, i32 %2, i32 %3)
; CHECK: switch i32 %2, label %{{.*}} [
; CHECK-NEXT: i32 3, label
; CHECK-NEXT: i32 6, label
; CHECK-NEXT: i32 9, label
; CHECK-NEXT: ]
; CHECK-NOT: call i32 @mid.poll

; NOT-LABEL: define i32 @top.poll(
; NOT: call i32 @mid.poll(
; NOT-NOT: @top.resume
define i32 @top(i32 %n) !coro.yields !0 {
  %first = call { i32, i8 } @mid(i32 %n)
  %r = extractvalue { i32, i8 } %first, 0
  %second = call { i32, i8 } @mid(i32 %r)
  %s = extractvalue { i32, i8 } %second, 0
  call void @__coro_suspend()
  %t = mul i32 %s, %n
  ret i32 %t
}

define internal { i32, i8 } @mid(i32 %n) !coro.yields !0 !coro.outcome !0 {
  %r = call i32 @leaf(i32 %n)
  call void @__coro_suspend()
  %c = call i1 @coro.cancelled()
  br i1 %c, label %gone, label %on
on:
  %s = add i32 %r, %n
  %b = insertvalue { i32, i8 } { i32 poison, i8 0 }, i32 %s, 0
  ret { i32, i8 } %b
gone:
  call void @work(i32 %n)
  ret { i32, i8 } { i32 poison, i8 2 }
}

declare void @work(i32)
declare i1 @coro.cancelled()
declare !coro.yields !0 void @__coro_suspend()
!0 = !{}
