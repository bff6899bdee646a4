; RUN: %opt -passes=frame-expand,frame-place -S %s | %filecheck %s
; RUN: %opt -passes='frame-expand,frame-place<spill-all>' -S %s | %filecheck --check-prefix=ALL %s
; A variable that is dead at each suspension is no part of the frame.

; CHECK-LABEL: define void @waits(
; CHECK: %a = alloca [1000 x i8]
; CHECK: call void @coro.point(i32 1)
; ALL-LABEL: define void @waits(
; ALL-NOT: alloca
; ALL: %a = getelementptr inbounds i8, ptr %frame
define void @waits() !coro.yields !0 {
  %a = alloca [1000 x i8]
  call void @llvm.lifetime.start.p0(i64 1000, ptr %a)
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(i64 1000, ptr %a)
  call void @__coro_suspend()
  ret void
}
declare void @llvm.lifetime.start.p0(i64, ptr)
declare void @llvm.lifetime.end.p0(i64, ptr)
declare void @__coro_suspend()
declare void @use(ptr)
!0 = !{}
