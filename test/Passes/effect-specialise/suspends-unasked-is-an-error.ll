; RUN: %not %opt -passes=effect-specialise -disable-output %s 2>&1 | %filecheck %s
; What still suspends where the flag is 0 would do so in an ordinary function.
; CHECK: error: 'get' is an ordinary function where 'wait' is 0, and would suspend here; put this under 'if (wait)' [coro-generic]
; CHECK-NOT: error

@flag = private constant [15 x i8] c"coro.flag=wait\00", section "llvm.metadata"
define void @get(i32 %wait) !coro.generic !0 {
  %wait.addr = alloca i32
  store i32 %wait, ptr %wait.addr
  call void @llvm.var.annotation.p0.p0(ptr %wait.addr, ptr @flag, ptr @flag, i32 1, ptr null)
  call void @__coro_suspend()
  ret void
}
declare void @llvm.var.annotation.p0.p0(ptr, ptr, ptr, i32, ptr)
declare !coro.yields !0 void @__coro_suspend()
!0 = !{}
