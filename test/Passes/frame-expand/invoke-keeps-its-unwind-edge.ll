; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; Both places that run the callee may unwind.

; CHECK-LABEL: define i32 @invokes(
; CHECK: %[[STATUS:.*]] = invoke { i32, i32 } @callee.start(ptr %[[FRAME:[^,]*]], ptr %{{[^,]*}}, i32 %n)
; CHECK-NEXT: to label %{{.*}} unwind label %pad
; CHECK: call void @coro.point(i32 1)
; CHECK: invoke i32 @callee.poll(ptr %[[FRAME]], ptr %{{.*}})
; CHECK-NEXT: to label %{{.*}} unwind label %pad
; CHECK: pad:
; CHECK-NEXT: landingpad
define i32 @invokes(i32 %n) personality ptr @personality !coro.yields !0 {
  %r = invoke i32 @callee(i32 %n) to label %good unwind label %pad
good:
  ret i32 %r
pad:
  %e = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %e
}
declare !coro.yields !0 !coro.limit !1 i32 @callee(i32)
declare i32 @personality(...)
!0 = !{}
!1 = !{i64 64}
