; RUN: %opt -passes=frame-expand,frame-place -S %s | %filecheck %s
; RUN: %opt -passes='frame-expand,frame-place<no-overlay>' -S %s | %filecheck --check-prefix=APART %s
; RUN: %opt -passes='frame-expand,frame-place<spill-all>' -S %s | %filecheck --check-prefix=APART %s
; Two variables whose lives do not meet lie at the same offset, unless a switch
; for bisecting says otherwise.

; CHECK-LABEL: define void @waits(
; CHECK: %a = getelementptr inbounds i8, ptr %frame, i64 [[AT:[0-9]+]]
; CHECK: %b = getelementptr inbounds i8, ptr %frame, i64 [[AT]]
; APART-LABEL: define void @waits(
; APART: %a = getelementptr inbounds i8, ptr %frame, i64 [[AT:[0-9]+]]
; APART-NOT: %b = getelementptr inbounds i8, ptr %frame, i64 [[AT]]{{$}}
; APART: %b = getelementptr inbounds i8, ptr %frame, i64
define void @waits() !coro.yields !0 {
  %b = alloca [32 x i8]
  %a = alloca [32 x i8]
  call void @llvm.lifetime.start.p0(i64 32, ptr %a)
  call void @use(ptr %a)
  call void @__coro_suspend()
  call void @use(ptr %a)
  call void @llvm.lifetime.end.p0(i64 32, ptr %a)
  call void @llvm.lifetime.start.p0(i64 32, ptr %b)
  call void @use(ptr %b)
  call void @__coro_suspend()
  call void @use(ptr %b)
  call void @llvm.lifetime.end.p0(i64 32, ptr %b)
  ret void
}
declare void @llvm.lifetime.start.p0(i64, ptr)
declare void @llvm.lifetime.end.p0(i64, ptr)
declare void @__coro_suspend()
declare void @use(ptr)
!0 = !{}
