; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; A call runs the callee's start in a frame that is a variable, and waits only
; if that was not the end. The result is what the start returned, or in the
; frame.

; CHECK-LABEL: define i32 @calls(
; CHECK: %[[FRAME:.*]] = alloca {{.*}}!coro.child ![[CHILD:[0-9]+]]
; CHECK: %[[CX:.*]] = call ptr @__coro_self()
; CHECK: %[[STARTED:.*]] = call { i32, i32 } @callee.start(ptr %[[FRAME]], ptr %[[CX]], i32 %n)
; CHECK: %[[STATUS:.*]] = extractvalue { i32, i32 } %[[STARTED]], 0
; CHECK: %[[AT_ONCE:.*]] = extractvalue { i32, i32 } %[[STARTED]], 1
; CHECK: %[[DONE:.*]] = icmp eq i32 %[[STATUS]], 0
; CHECK: br i1 %[[DONE]], label %[[FINISHED:.*]], label %[[WAIT:.*]]
; CHECK: [[WAIT]]:
; CHECK-NEXT: call void @coro.wait(ptr %[[FRAME]], ptr @callee.poll, ptr @callee.cancel, i32 1)
; CHECK-NEXT: br label %[[READY:.*]]
; CHECK: [[READY]]:
; CHECK-NEXT: %[[PLACE:.*]] = getelementptr inbounds i8, ptr %[[FRAME]], i64 4
; CHECK-NEXT: %[[LEFT:.*]] = load i32, ptr %[[PLACE]]
; CHECK-NEXT: br label %[[FINISHED]]
; CHECK: [[FINISHED]]:
; CHECK: %[[RESULT:.*]] = phi i32 [ %[[AT_ONCE]], %{{.*}} ], [ %[[LEFT]], %[[READY]] ]
; CHECK: ret i32 %[[RESULT]]
; CHECK: ![[CHILD]] = !{ptr @callee}
define i32 @calls(i32 %n) !coro.yields !0 {
  %r = call i32 @callee(i32 %n)
  ret i32 %r
}
declare !coro.yields !0 !coro.limit !1 i32 @callee(i32)
!0 = !{}
!1 = !{i64 64}
