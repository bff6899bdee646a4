; RUN: %opt -passes='effect-lower,verify' -S %s | %filecheck %s
; One suspension, however many arms. A join keeps a bit for each arm that is not
; done; the others leave the loop with the first. Polls of tasks are direct.

define i32 @waits(i32 %n) !coro.yields !0 {
  ret i32 %n
}

; CHECK-LABEL: define void @joins(
; CHECK-NOT: __coro_{{join|frame|any}}
; CHECK: store i8 7, ptr %[[BITS:.*]],
; CHECK: coro.round:
; CHECK-NEXT: %[[CX:.*]] = call ptr @__coro_self()
; CHECK-NEXT: %[[B:.*]] = load i8, ptr %[[BITS]]
; CHECK-NEXT: %[[B0:.*]] = and i8 %[[B]], 1
; CHECK-NEXT: %[[IS0:.*]] = icmp ne i8 %[[B0]], 0
; CHECK-NEXT: br i1 %[[IS0]], label %coro.arm, label %coro.next
; CHECK: coro.pending:
; CHECK-NEXT: call void @__coro_suspend()
; CHECK-NEXT: %[[C:.*]] = call i1 @coro.cancelled()
; CHECK-NEXT: br i1 %[[C]], label %coro.cancelled, label %coro.round
; CHECK: coro.arm:
; CHECK-NEXT: %[[S:.*]] = call i32 @waits.poll(ptr %bytes, ptr %[[CX]])
; CHECK-NEXT: %[[OVER:.*]] = icmp ne i32 %[[S]], 1
; CHECK-NEXT: %[[OLD:.*]] = load i8, ptr %[[BITS]]
; CHECK-NEXT: %[[NEW:.*]] = and i8 %[[OLD]], -2
; CHECK-NEXT: %[[SET:.*]] = select i1 %[[OVER]], i8 %[[NEW]], i8 %[[OLD]]
; CHECK-NEXT: store i8 %[[SET]], ptr %[[BITS]]
; CHECK: %[[POLL:.*]] = load ptr, ptr %future
; CHECK-NEXT: call i32 %[[POLL]](ptr %future, ptr {{.*}}"coro-borrowed" %[[CX]])
; CHECK: %[[COROAT:.*]] = getelementptr inbounds{{.*}} { ptr, ptr }, ptr %pair, i32 0, i32 1
; CHECK-NEXT: %[[CORO:.*]] = load ptr, ptr %[[COROAT]]
; CHECK: %[[POLLAT:.*]] = getelementptr inbounds{{.*}}, ptr %[[CORO]], i32 0, i32 9
; CHECK-NEXT: %[[ANYPOLL:.*]] = load ptr, ptr %[[POLLAT]]
; CHECK-NEXT: call i32 %[[ANYPOLL]](
; CHECK: coro.next4:
; CHECK-NEXT: %[[LEFT:.*]] = load i8, ptr %[[BITS]]
; CHECK-NEXT: %[[NONE:.*]] = icmp eq i8 %[[LEFT]], 0
; CHECK-NEXT: br i1 %[[NONE]], label %coro.done, label %coro.pending
; Cancelled there, it ends the arms, and waits for that in a shield.
; CHECK: call i32 @coro_cancel_by(ptr @waits.cancel, ptr %bytes,
; CHECK: call i32 @coro_future_cancel(ptr %future,
; CHECK: br i1 %{{.*}}, label %coro.dropped, label %coro.dropping
; CHECK: coro.dropping:
; CHECK-NEXT: call void @coro.shield(i32 [[SHIELD:[0-9]+]], i1 true)
; CHECK-NEXT: call void @__coro_suspend(), !coro.shielded
; CHECK-NEXT: call void @coro.shield(i32 [[SHIELD]], i1 false)
; CHECK-NEXT: br label %coro.drop
; CHECK: coro.dropped:
; CHECK-NEXT: call void @coro.unwind()
; CHECK-NEXT: unreachable
; CHECK: }
define void @joins(ptr %bytes, ptr %future, ptr %pair) !coro.yields !0 {
  %a = call ptr (ptr, ...) @__coro_frame_of(ptr %bytes, ptr @waits)
  %c = call ptr @__coro_any_arm(ptr %pair)
  call void (i32, ...) @__coro_join(i32 0, ptr %a, ptr %future, ptr %c)
  ret void
}

; CHECK-LABEL: define i32 @first(
; CHECK: coro.round:
; CHECK: call i32 %{{.*}}(ptr %future,
; CHECK: br i1 %{{.*}}, label %coro.done, label %coro.next
; CHECK: call i32 @waits.poll(ptr %bytes,
; CHECK: br i1 %{{.*}}, label %coro.done, label %coro.pending
; CHECK: coro.done:
; CHECK-NEXT: %[[FIRST:.*]] = phi i32 [ 0, %coro.round ], [ 1, %coro.next ]
; CHECK-NEXT: ret i32 %[[FIRST]]
define i32 @first(ptr %bytes, ptr %future) !coro.yields !0 {
  %a = call ptr (ptr, ...) @__coro_frame_of(ptr %bytes, ptr @waits)
  %first = call i32 (i32, ...) @__coro_any(i32 0, ptr %future, ptr %a)
  ret i32 %first
}

; CHECK-LABEL: define i32 @waits_for_one(
; CHECK: %[[STATUS:.*]] = call i32 @waits.poll(ptr %bytes,
; CHECK: phi i32 [ %[[STATUS]], %coro.round ]
define i32 @waits_for_one(ptr %bytes) !coro.yields !0 {
  %a = call ptr (ptr, ...) @__coro_frame_of(ptr %bytes, ptr @waits)
  %status = call i32 (i32, ...) @__coro_wait(i32 0, ptr %a)
  ret i32 %status
}

; The alarm comes last: what is done when it rings is in time.
; CHECK-LABEL: define i32 @limited(
; CHECK: call void @coro_alarm_set(ptr %alarm, i64 5, ptr {{.*}}"coro-borrowed" %{{.*}})
; CHECK: coro.round:
; CHECK: call i32 @waits.poll(ptr %bytes, ptr %[[CX:.*]])
; CHECK: call i32 @coro_alarm_poll(ptr %alarm, ptr {{.*}}"coro-borrowed" %[[CX]])
define i32 @limited(ptr %alarm, ptr %bytes) !coro.yields !0 {
  %a = call ptr (ptr, ...) @__coro_frame_of(ptr %bytes, ptr @waits)
  %first = call i32 (ptr, i64, ...) @__coro_timeout(ptr %alarm, i64 5, ptr %a)
  ret i32 %first
}

; More arms than a word has bits.
; CHECK-LABEL: define void @many(
; CHECK-DAG: store i64 -1, ptr %[[FIRST:.*]],
; CHECK-DAG: store i64 1, ptr %[[SECOND:.*]],
; CHECK: %[[BOTH:.*]] = or i64
; CHECK-NEXT: icmp eq i64 %[[BOTH]], 0
define void @many(ptr %f) !coro.yields !0 {
  call void (i32, ...) @__coro_join(i32 0, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f, ptr %f,
    ptr %f, ptr %f)
  ret void
}

; Where the task is cancelled while it waits, it leaves by the marker's own edge.
; CHECK-LABEL: define i32 @unwinds(
; CHECK-COUNT-2: invoke void @coro.unwind()
; CHECK: pad:
; CHECK-NEXT: %which = phi i32
; CHECK-SAME: [ 1, %one ]{{(, \[ [23], %coro\.[a-z.0-9]+ \]){2}$}}
; CHECK: landingpad
define i32 @unwinds(ptr %future, i1 %b) personality ptr @personality !coro.yields !0 {
entry:
  br i1 %b, label %one, label %two
one:
  invoke void @may_throw() to label %two unwind label %pad
two:
  %first = invoke i32 (i32, ...) @__coro_any(i32 0, ptr %future, ptr %future) to label %done unwind label %pad
done:
  invoke void (i32, ...) @__coro_join(i32 0, ptr %future, ptr %future) to label %out unwind label %pad
out:
  ret i32 %first
pad:
  %which = phi i32 [ 1, %one ], [ 2, %two ], [ 3, %done ]
  %lp = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %lp
}

; A shared future is waited for with a node, which lives as long as the call;
; coro_any ends what it leaves behind, also where one of its arms raises.
; CHECK-LABEL: define i32 @shares(
; CHECK: %[[NODE:coro.wait.node[0-9]*]] = alloca { [8 x ptr], [2 x i32] }
; CHECK: call void @llvm.lifetime.start{{.*}}(
; CHECK: call void @coro_shared_wait_op_init(ptr %[[NODE]], ptr %shared)
; CHECK: call i32 @coro_shared_wait_op_poll(ptr %[[NODE]], ptr {{.*}}"coro-borrowed" %{{.*}})
; CHECK: call i32 @coro_future_cancel(ptr %[[NODE]], ptr {{.*}}"coro-borrowed" %{{.*}})
; CHECK: coro.done:
; CHECK: call void @coro_shared_wait_op_end(ptr %[[NODE]])
; CHECK-NEXT: call void @llvm.lifetime.end{{.*}}(
define i32 @shares(ptr %shared, ptr %future) !coro.yields !0 {
  %s = call ptr @__coro_shared_arm(ptr %shared)
  %first = call i32 (i32, ...) @__coro_any(i32 0, ptr %s, ptr %future)
  ret i32 %first
}

declare i32 @personality(...)
declare void @may_throw()
declare ptr @__coro_frame_of(ptr, ...)
declare void @__coro_join(i32, ...)
declare i32 @__coro_any(i32, ...)
declare i32 @__coro_wait(i32, ...)
declare i32 @__coro_timeout(ptr, i64, ...)
declare ptr @__coro_any_arm(ptr)
declare ptr @__coro_shared_arm(ptr)
!0 = !{}
