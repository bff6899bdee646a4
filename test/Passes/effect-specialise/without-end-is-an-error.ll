; RUN: %not %opt -passes=effect-specialise -disable-output %s 2>&1 | %filecheck %s
; Copies that ask for ever new copies of themselves come to an end.
; CHECK: error: 'up' calls itself with ever new arguments, and each needs a copy of it: gave up after 256 [coro-generic]
; CHECK-NOT: error

@flag = private constant [12 x i8] c"coro.flag=n\00", section "llvm.metadata"
define void @up(i32 %n) !coro.generic !0 {
entry:
  %n.addr = alloca i32
  store i32 %n, ptr %n.addr
  call void @llvm.var.annotation.p0.p0(ptr %n.addr, ptr @flag, ptr @flag, i32 1, ptr null)
  %0 = load i32, ptr %n.addr
  %c = icmp eq i32 %0, 0
  br i1 %c, label %done, label %more
more:
  %1 = load i32, ptr %n.addr
  %next = add i32 %1, 1
  %number = zext i32 %next to i64
  %f = call ptr @__coro_as(ptr @up, ptr null, i64 3, i64 %number)
  call void %f(i32 %next)
  br label %done
done:
  ret void
}
define void @top() !coro.yields !0 {
  %f = call ptr @__coro_as(ptr @up, ptr null, i64 3, i64 1)
  call void %f(i32 1)
  ret void
}
declare void @llvm.var.annotation.p0.p0(ptr, ptr, ptr, i32, ptr)
declare ptr @__coro_as(ptr, ptr, i64, i64)
!0 = !{}
