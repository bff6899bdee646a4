; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; A bound frame has its arguments and the state 1; its first poll hands them to
; start.

; CHECK-LABEL: define i32 @waits.poll(
; CHECK: i8 1, label %[[BOUND:.*]]
; CHECK: [[BOUND]]:
; CHECK: %[[A:.*]] = load i8
; CHECK: %[[N:.*]] = load i64
; CHECK: %[[S:.*]] = call { i32, i64 } @waits.start(ptr %0, ptr {{.*}}%1, i8 %[[A]], i64 %[[N]])
; CHECK-NEXT: %[[STATUS:.*]] = extractvalue { i32, i64 } %[[S]], 0
; CHECK-NEXT: %[[PENDING:.*]] = icmp eq i32 %[[STATUS]], 1
; CHECK-NEXT: br i1 %[[PENDING]], label %[[STAY:.*]], label %[[OVER:.*]]
; CHECK: [[STAY]]:
; CHECK-NEXT: ret i32 %[[STATUS]]
; CHECK: [[OVER]]:
; CHECK-NEXT: %[[DONE:.*]] = icmp eq i32 %[[STATUS]], 0
; CHECK-NEXT: br i1 %[[DONE]], label %[[KEEP:.*]], label %[[END:.*]]
; CHECK: [[KEEP]]:
; CHECK-NEXT: %[[R:.*]] = extractvalue { i32, i64 } %[[S]], 1
; CHECK: store i64 %[[R]]
; CHECK-NEXT: br label %[[END]]
; CHECK: [[END]]:
; CHECK-NEXT: store i8 2, ptr %0
; CHECK-NEXT: ret i32 %[[STATUS]]

; CHECK-LABEL: define void @waits.bind(ptr %0, i8 %1, i64 %2)
; CHECK-DAG: store i8 %1
; CHECK-DAG: store i64 %2
; CHECK: store i8 1, ptr %0
; CHECK-NEXT: ret void
define i64 @waits(i8 %a, i64 %n) !coro.yields !0 {
  call void @__coro_suspend()
  %w = zext i8 %a to i64
  %r = add i64 %w, %n
  ret i64 %r
}
declare void @__coro_suspend()
!0 = !{}
