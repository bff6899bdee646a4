; RUN: %opt -passes=frame-expand,frame-place,frame-split -S %s | %filecheck %s
; On the way that does not suspend, start writes the result and the state; its
; arguments are in registers.

; CHECK-LABEL: define { i32, i64 } @sometimes.start(ptr %0, ptr {{.*}}%1, i1 %c, i64 %n)
; CHECK-NOT: store
; CHECK: br i1 %c, label %[[WAIT:.*]], label %[[AT_ONCE:.*]]
; CHECK: [[WAIT]]:
; CHECK: store i64 %n
; CHECK: store i8 3, ptr %0
; CHECK-NEXT: ret { i32, i64 } { i32 1, i64 poison }
; CHECK: [[AT_ONCE]]:
; CHECK-NOT: store i64 %n, ptr %{{.*}}store
; CHECK-NOT: store
; CHECK: ret { i32, i64 }
define i64 @sometimes(i1 %c, i64 %n) !coro.yields !0 {
  br i1 %c, label %wait, label %out
wait:
  call void @__coro_suspend()
  br label %out
out:
  ret i64 %n
}
declare void @__coro_suspend()
!0 = !{}
