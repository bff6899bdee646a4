; RUN: %opt -passes=frame-prepare -S %s | %filecheck %s
; clang takes the address before the call whose result is stored there.

@tls = thread_local global i32 0
declare ptr @llvm.threadlocal.address.p0(ptr)
declare void @keep(ptr)

; CHECK-LABEL: define void @stores(
; CHECK: %v = call i32 @waits()
; CHECK-NEXT: %[[A:.*]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@tls)
; CHECK-NEXT: store i32 %v, ptr %[[A]]
define void @stores() !coro.yields !0 {
  %a = call ptr @llvm.threadlocal.address.p0(ptr @tls)
  %v = call i32 @waits()
  store i32 %v, ptr %a
  ret void
}

; An address that the user took stays as taken.
; CHECK-LABEL: define void @taken(
; CHECK: %a = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@tls)
; CHECK: call i32 @waits()
; CHECK-NOT: threadlocal.address
; CHECK: call void @keep(
define void @taken() !coro.yields !0 {
  %p = alloca ptr
  %a = call ptr @llvm.threadlocal.address.p0(ptr @tls)
  store ptr %a, ptr %p
  %v = call i32 @waits()
  %q = load ptr, ptr %p
  call void @keep(ptr %q)
  ret void
}
declare !coro.yields !0 i32 @waits()
!0 = !{}
