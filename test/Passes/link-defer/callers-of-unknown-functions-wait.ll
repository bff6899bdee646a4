; RUN: %opt -passes=link-defer -S %s | %filecheck %s
; RUN: %opt -passes='coro-to-link<verify>' -S %s | %filecheck --check-prefix=WHOLE %s
; Of @other nothing is promised, so @waits and @outer wait for the link, with
; stubs for parts; @known and @promised are laid out here. What waits calls a
; body, and what does not, a declaration.

declare void @__coro_suspend()
declare !coro.yields !0 i32 @other(i32)
declare !coro.yields !0 !coro.limit !1 i32 @promised(i32)

; CHECK: @waits.coro = externally_initialized global {{.*}} ptr @waits.poll, ptr @waits.cancel, ptr @waits.start
; CHECK: @outer.coro = internal externally_initialized global
; CHECK: @llvm.compiler.used = {{.*}}@outer.start, ptr @outer.poll, ptr @outer.cancel, ptr @outer.bind, ptr @outer.coro

; CHECK: define hidden i32 @waits.body(i32 %n) [[SEALED:#[0-9]+]] !coro.limit {{.*}} !coro.body
; CHECK-NEXT: call {{.*}}(i32 0, ptr @waits.body, i32 5, ptr @waits.start, ptr @waits.poll, ptr @waits.cancel, ptr @waits.coro, ptr @waits.bind, i32 %n)
; CHECK-NEXT: call {{.*}}(i32 1, ptr @other.start, ptr @other.poll, ptr @other.cancel)
; CHECK-NEXT: call i32 @other.body(i32 %n)
define i32 @waits(i32 %n) noinline !coro.yields !0 !coro.limit !1 {
  %a = call i32 @other(i32 %n)
  ret i32 %a
}

; CHECK: define internal i32 @outer.body(i32 %n) [[SEALED]]
; CHECK: call i32 @known.body(i32 %n)
; CHECK: call i32 @other.body(i32 %a)
define internal i32 @outer(i32 %n) !coro.yields !0 {
  %a = call i32 @known(i32 %n)
  %b = call i32 @other(i32 %a)
  ret i32 %b
}

; CHECK: define i32 @known(i32 %n) !coro.yields
; CHECK: call i32 @waits(i32
; CHECK: call i32 @promised(i32
; WHOLE-DAG: define { i32, i32 } @known.start(
define i32 @known(i32 %n) !coro.yields !0 {
  call void @__coro_suspend()
  %a = call i32 @waits(i32 %n)
  %b = call i32 @promised(i32 %a)
  ret i32 %b
}

; CHECK: define hidden i32 @known.body(i32 %n) [[SEALED]]
; CHECK: call i32 @waits.body(i32
; CHECK: call i32 @promised.body(i32
; WHOLE-DAG: define hidden {{.*}}@known.body({{.*}} !coro.frame

; CHECK: declare !coro.body {{.*}} hidden i32 @other.body(i32)
; CHECK: define { i32, i32 } @waits.start(ptr %0, ptr {{.*}}%1, i32 %2) [[SEALED]]
; CHECK-NEXT: %[[STATUS:.*]] = call i32 (i32, ...) @__coro_to_link_this_use_lld_and_load_pass_plugin_libcoro_so(i32 2, ptr @waits.body, ptr %0, ptr %1, i32 %2)
; CHECK: attributes [[SEALED]] = { noinline optnone }
; WHOLE-NOT: @other(

!0 = !{}
!1 = !{i64 64}
