; RUN: %opt -passes=frame-expand -S %s | %filecheck %s
; Whoever is called makes the copy, in a variable of its own.

%big = type { [40 x i8] }
; CHECK-LABEL: define i8 @takes(
; CHECK: %[[OWN:.*]] = alloca %big, align 8
; CHECK: call void @llvm.memcpy{{.*}}(ptr align 8 %[[OWN]], ptr align 8 %b, i64 40, i1 false)
; CHECK: call void @use(ptr %[[OWN]])
define i8 @takes(ptr byval(%big) align 8 %b) !coro.yields !0 {
  call void @use(ptr %b)
  %x = load i8, ptr %b
  ret i8 %x
}
declare void @use(ptr)
!0 = !{}
