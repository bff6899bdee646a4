; RUN: %opt -passes=frame-prepare -S %s | %filecheck %s
; Labels become numbers, for after the split there are two copies of each.

; CHECK: @table = internal constant [2 x ptr] [ptr inttoptr (i{{32|64}} 1 to ptr), ptr inttoptr (i{{32|64}} 2 to ptr)]
@table = internal constant [2 x ptr] [ptr blockaddress(@jumps, %one), ptr blockaddress(@jumps, %two)]

; CHECK-LABEL: define i32 @jumps(
; CHECK-NOT: indirectbr
; CHECK: switch i64 %{{.*}}, label %{{.*}} [
; CHECK-DAG: i64 1, label %one
; CHECK-DAG: i64 2, label %two
define i32 @jumps(i64 %n) !coro.yields !0 {
  %slot = getelementptr [2 x ptr], ptr @table, i64 0, i64 %n
  %to = load ptr, ptr %slot
  indirectbr ptr %to, [label %one, label %two]
one:
  call void @__coro_suspend()
  ret i32 1
two:
  ret i32 2
}
declare void @__coro_suspend()
!0 = !{}
