; RUN: %opt -passes='frame-expand,frame-place<poison-dead>' -S %s | %filecheck %s
; At a suspension, every byte but the state's and those of what is alive.

; CHECK-LABEL: define i32 @waits(
; CHECK: call void @llvm.memset{{.*}}(ptr {{.*}}, i8 -43, i64
; CHECK: call void @coro.point(i32 1)
; CHECK: ret i32
define i32 @waits(i32 %n, i64 %unused) !coro.yields !0 {
  call void @__coro_suspend()
  ret i32 %n
}
declare void @__coro_suspend()
!0 = !{}
