; RUN: %opt -passes=frame-expand,frame-place,frame-split,frame-describe -S %s | %filecheck %s
; An error lies where the result would; a caller that waits copies it to where
; its call wants it, which is its own place here.

; CHECK: @parent.coro = constant {{.*}} { i32 4, i32 {{.*}}, i64 {{.*}}, i64 4, i64 4, i64 0, i64 0, i64 8, i64 8, ptr @parent.poll, ptr @parent.cancel, ptr @parent.start,

; CHECK-LABEL: define {{.*}} @parent.start(
; CHECK-SAME: ptr %0, ptr {{.*}}%1, i32 %n)
; CHECK: %[[PLACE:.*]] = getelementptr inbounds i8, ptr %0, i64 8
; CHECK: call {{.*}} @child.start(ptr %[[CHILD:.*]], ptr %1, i32 %n)
; CHECK: icmp eq i32 %{{.*}}, 3
; CHECK: %[[FROM:.*]] = getelementptr inbounds i8, ptr %[[CHILD]], i64 8
; CHECK-NEXT: call void @llvm.memcpy{{.*}}(ptr align 8 %[[PLACE]], ptr align 8 %[[FROM]], i64 8, i1 false)
; CHECK: ret i32
define { i32, i8 } @parent(i32 %n, ptr "coro.error" %coro.error) !coro.yields !0 !coro.outcome !0 !coro.error !2 {
  %both = call { i32, i8 } @child(i32 %n, ptr %coro.error)
  %how = extractvalue { i32, i8 } %both, 1
  %done = icmp eq i8 %how, 0
  br i1 %done, label %on, label %gone
on:
  ret { i32, i8 } { i32 1, i8 0 }
gone:
  %ret = insertvalue { i32, i8 } poison, i8 %how, 1
  ret { i32, i8 } %ret
}

declare !coro.yields !0 !coro.outcome !0 !coro.limit !1 !coro.error !2 { i32, i8 } @child(i32, ptr "coro.error")
!0 = !{}
!1 = !{i64 64}
!2 = !{i64 8, i64 8}
