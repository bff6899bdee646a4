; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; A struct result lies in the callee's frame and is copied from there; a
; coroutine's own becomes a variable that stands for its place.

%pair = type { i64, i64, i64 }

; CHECK-LABEL: define void @makes(
; CHECK: %[[OWN:.*]] = alloca %pair{{.*}}!coro.result
; CHECK: store i64 1, ptr %[[OWN]]
define void @makes(ptr sret(%pair) align 8 %r) !coro.yields !0 !coro.limit !1 {
  store i64 1, ptr %r
  call void @__coro_suspend()
  ret void
}

; CHECK-LABEL: define i64 @takes(
; CHECK: call i32 @makes.start(ptr %[[FRAME:.*]], ptr %{{[^,]*}})
; CHECK: %[[PLACE:.*]] = getelementptr inbounds i8, ptr %[[FRAME]], i64 8
; CHECK: call void @llvm.memcpy{{.*}}(ptr align 8 %p, ptr align 8 %[[PLACE]], i64 24, i1 false)
define i64 @takes(ptr %p) !coro.yields !0 {
  call void @makes(ptr sret(%pair) align 8 %p)
  %x = load i64, ptr %p
  ret i64 %x
}
declare void @__coro_suspend()
!0 = !{}
!1 = !{i64 64}
