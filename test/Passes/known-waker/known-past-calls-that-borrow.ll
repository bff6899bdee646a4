; RUN: %opt -passes='known-waker,verify' -S %s | %filecheck %s
; The waker that was stored is known behind a call that borrows the context,
; whichever way was taken, also behind what LLVM takes for a barrier. It is not
; behind another waker, or where something else may have written it.

@waker = external constant [3 x ptr]
@other = external constant [3 x ptr]

declare i32 @g.poll(ptr, ptr nocapture "coro-borrowed")
declare void @changes(ptr nocapture)
declare void @reads(ptr nocapture readonly)
declare void @keeps(ptr)
declare void @use(ptr)
declare ptr @next()
declare void @llvm.lifetime.start.p0(i64, ptr nocapture)
declare void @llvm.memcpy.p0.p0.i64(ptr nocapture writeonly, ptr nocapture readonly, i64, i1)

; CHECK-LABEL: define void @borrows(
; CHECK-NOT: load
; CHECK: call void @use(ptr @waker)
; CHECK: call void @use(ptr %data)
; CHECK: ret void
define void @borrows(ptr %frame, ptr %data) {
  %cx = alloca [88 x i8], align 8
  %second = getelementptr i8, ptr %cx, i64 8
  %fuel = getelementptr i8, ptr %cx, i64 84
  store ptr @waker, ptr %cx
  store ptr %data, ptr %second
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  store i32 7, ptr %fuel
  fence seq_cst
  %old = atomicrmw add ptr %frame, i32 1 acq_rel
  call void @reads(ptr %cx)
  call void @use(ptr %frame)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  %b = load ptr, ptr %second
  call void @use(ptr %b)
  ret void
}

; A call through a pointer says so itself.
; CHECK-LABEL: define void @through.a.pointer(
; CHECK: call void @use(ptr @waker)
define void @through.a.pointer(ptr %frame, ptr %poll) {
  %cx = alloca [88 x i8], align 8
  store ptr @waker, ptr %cx
  %status = call i32 %poll(ptr %frame, ptr nocapture "coro-borrowed" %cx)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  ret void
}

; CHECK-LABEL: define void @in.a.loop(
; CHECK: loop:
; CHECK-NOT: load
; CHECK: call void @use(ptr @waker)
; CHECK-NOT: load
; CHECK: ret void
define void @in.a.loop(ptr %frame) {
  %cx = alloca [88 x i8], align 8
  store ptr @waker, ptr %cx
  br label %loop
loop:
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %again = icmp eq i32 %status, 1
  br i1 %again, label %wake, label %poll
wake:
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  br label %loop
poll:
  %last = call i32 @g.poll(ptr %frame, ptr %cx)
  %done = icmp eq i32 %last, 0
  br i1 %done, label %end, label %loop
end:
  ret void
}

; What was changed for a poll is put back: each poll finds its own.
; CHECK-LABEL: define void @puts.back(
; CHECK: store ptr @other, ptr %cx
; CHECK: call i32 @g.poll(
; CHECK: call void @use(ptr @other)
; CHECK: store ptr @waker, ptr %cx
; CHECK: call void @use(ptr @waker)
define void @puts.back(ptr %frame) {
  %cx = alloca [88 x i8], align 8
  store ptr @waker, ptr %cx
  %before = call i32 @g.poll(ptr %frame, ptr %cx)
  %saved = load ptr, ptr %cx
  store ptr @other, ptr %cx
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %inner = load ptr, ptr %cx
  call void @use(ptr %inner)
  store ptr %saved, ptr %cx
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  ret void
}

; One of two wakers.
; CHECK-LABEL: define void @one.of.two(
; CHECK: %a = load ptr
; CHECK: call void @use(ptr %a)
define void @one.of.two(ptr %frame, i1 %first) {
  %cx = alloca [88 x i8], align 8
  store ptr @waker, ptr %cx
  br i1 %first, label %poll, label %change
change:
  store ptr @other, ptr %cx
  br label %poll
poll:
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  ret void
}

; The value that was stored is that of the last turn.
; CHECK-LABEL: define void @of.the.last.turn(
; CHECK: %a = load ptr
; CHECK: call void @use(ptr %a)
define void @of.the.last.turn(ptr %frame) {
  %cx = alloca [88 x i8], align 8
  %second = getelementptr i8, ptr %cx, i64 8
  %first = call ptr @next()
  br label %loop
loop:
  %slot = phi ptr [ %first, %0 ], [ %following, %poll ]
  %is.first = icmp eq ptr %slot, %first
  br i1 %is.first, label %poll, label %look
look:
  %a = load ptr, ptr %second
  call void @use(ptr %a)
  br label %poll
poll:
  store ptr %slot, ptr %second
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %following = call ptr @next()
  br label %loop
}

; Whoever does not borrow may change it, and so may other writes to it.
; CHECK-LABEL: define void @may.change(
; CHECK: %a = load ptr
; CHECK: %b = load ptr
; CHECK: %c = load ptr
; CHECK: %d = load ptr
define void @may.change(ptr %frame, ptr %from, i64 %index) {
  %cx = alloca [88 x i8], align 8
  %inside = getelementptr i8, ptr %cx, i64 4
  %somewhere = getelementptr i8, ptr %cx, i64 %index
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  store ptr @waker, ptr %cx
  call void @changes(ptr %cx)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  store ptr @waker, ptr %cx
  store i32 1, ptr %inside
  %b = load ptr, ptr %cx
  call void @use(ptr %b)
  store ptr @waker, ptr %cx
  store i32 1, ptr %somewhere
  %c = load ptr, ptr %cx
  call void @use(ptr %c)
  store ptr @waker, ptr %cx
  call void @llvm.memcpy.p0.p0.i64(ptr %cx, ptr %from, i64 88, i1 false)
  %d = load ptr, ptr %cx
  call void @use(ptr %d)
  ret void
}

; A poll that was done elsewhere says nothing of an address that was kept.
; CHECK-LABEL: define void @is.kept(
; CHECK: %a = load ptr
define void @is.kept(ptr %frame) {
  %cx = alloca [88 x i8], align 8
  call void @keeps(ptr %cx)
  store ptr @waker, ptr %cx
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  ret void
}

; CHECK-LABEL: define void @is.stored(
; CHECK: %a = load ptr
define void @is.stored(ptr %frame) {
  %cx = alloca [88 x i8], align 8
  store ptr %cx, ptr %frame
  store ptr @waker, ptr %cx
  %status = call i32 @g.poll(ptr %frame, ptr %cx)
  %a = load ptr, ptr %cx
  call void @use(ptr %a)
  ret void
}
