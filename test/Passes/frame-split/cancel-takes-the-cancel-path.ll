; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s --check-prefix=POLL
; The path behind a suspension that only cancellation takes is in f.cancel
; alone, and the other one in f.poll.

; POLL-LABEL: define {{.*}} @waits.start(
; POLL-NOT: @undo
; POLL-NOT: ret i32 4
; POLL-LABEL: define i32 @waits.poll(
; POLL-NOT: @undo
; POLL: call void @work(i32 %{{.*}})
; POLL-NOT: ret i32 4
; POLL: }

; CHECK-LABEL: define i32 @waits.cancel(ptr %0, ptr {{.*}}%1)
; CHECK-NOT: @work
; CHECK: call void @undo(i32 %{{.*}})
; CHECK-NEXT: store i8 2, ptr %0
; CHECK-NEXT: ret i32 4
; CHECK: switch i8 %state, label %[[INVALID:.*]] [
; CHECK-NEXT: i8 1, label %[[GONE:.*]]
; CHECK-NEXT: i8 2, label %[[DONE:.*]]
; CHECK-NEXT: i8 3, label %{{.*}}
; CHECK-NEXT: ]
; CHECK: [[INVALID]]:
; CHECK: and i8 %{{.*}}, -128
; CHECK: call void @llvm.trap()
; CHECK: [[GONE]]:
; CHECK-NEXT: store i8 2, ptr %0
; CHECK-NEXT: ret i32 4
; CHECK: [[DONE]]:
; CHECK-NEXT: ret i32 0
; CHECK-NOT: @work
; CHECK: }
define { i32, i8 } @waits(i32 %n) !coro.yields !0 !coro.outcome !0 {
  call void @__coro_suspend()
  %c = call i1 @coro.cancelled()
  br i1 %c, label %gone, label %on
on:
  call void @work(i32 %n)
  ret { i32, i8 } { i32 7, i8 0 }
gone:
  call void @undo(i32 %n)
  ret { i32, i8 } { i32 poison, i8 2 }
}

; Where nothing is to be cleaned up, it does not matter where the task is.
; CHECK-LABEL: define i32 @plain.cancel(ptr %0, ptr {{.*}}%1)
; CHECK: %[[FIRST:.*]] = load i8, ptr %0
; CHECK-NEXT: %[[STATE:.*]] = and i8 %[[FIRST]], 127
; CHECK-NEXT: %[[IS_DONE:.*]] = icmp eq i8 %[[STATE]], 2
; CHECK-NEXT: br i1 %[[IS_DONE]], label %[[DONE:.*]], label %[[GONE:.*]]
; CHECK: [[DONE]]:
; CHECK-NEXT: ret i32 0
; CHECK: [[GONE]]:
; CHECK-NEXT: store i8 2, ptr %0
; CHECK-NEXT: ret i32 4
; CHECK-NEXT: }
define void @plain(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  call void @work(i32 %n)
  ret void
}

declare void @work(i32)
declare void @undo(i32)
declare i1 @coro.cancelled()
declare !coro.yields !0 void @__coro_suspend()
!0 = !{}
