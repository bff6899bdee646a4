; RUN: %opt -passes=effect-lower -S %s | %filecheck %s
; Our annotations become facts of the function; others stay what they are.

@yields = private constant [12 x i8] c"coro.yields\00", section "llvm.metadata"
@limit = private constant [14 x i8] c"coro.frame=64\00", section "llvm.metadata"
@other = private constant [6 x i8] c"other\00", section "llvm.metadata"
@file = private constant [2 x i8] c"f\00", section "llvm.metadata"
@llvm.global.annotations = appending global [4 x { ptr, ptr, ptr, i32, ptr }] [
  { ptr, ptr, ptr, i32, ptr } { ptr @waits, ptr @yields, ptr @file, i32 1, ptr null },
  { ptr, ptr, ptr, i32, ptr } { ptr @elsewhere, ptr @yields, ptr @file, i32 2, ptr null },
  { ptr, ptr, ptr, i32, ptr } { ptr @elsewhere, ptr @limit, ptr @file, i32 2, ptr null },
  { ptr, ptr, ptr, i32, ptr } { ptr @plain, ptr @other, ptr @file, i32 3, ptr null }], section "llvm.metadata"

; CHECK: @llvm.global.annotations = appending {{.*}} [1 x {{.*}}] [{{.*}}{ ptr @plain, ptr @other
; CHECK: define void @waits() !coro.yields ![[YES:[0-9]+]]
define void @waits() {
  ret void
}
; CHECK: declare !coro.yields ![[YES]] !coro.limit ![[LIMIT:[0-9]+]] void @elsewhere()
declare void @elsewhere()
; CHECK: define void @plain() {
define void @plain() {
  call void @use(ptr @elsewhere)
  ret void
}
declare void @use(ptr)
; CHECK-DAG: ![[YES]] = !{}
; CHECK-DAG: ![[LIMIT]] = !{i64 64}
