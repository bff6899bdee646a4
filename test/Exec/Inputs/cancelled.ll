; Two coroutines in the form that effect-unwind leaves, for
; cancelled-at-every-suspension.test: `inner` has a cleanup that waits, and a
; shield; `outer` calls it in a loop, has a cleanup of its own around the call,
; and waits between two calls.

@begins = private constant [7 x i8] c"begins\00"
@works = private constant [6 x i8] c"works\00"
@shielded = private constant [9 x i8] c"shielded\00"
@undoes = private constant [7 x i8] c"undoes\00"
@undid = private constant [6 x i8] c"undid\00"
@calls = private constant [6 x i8] c"calls\00"
@leaves = private constant [7 x i8] c"leaves\00"
@ends = private constant [5 x i8] c"ends\00"

declare void @say(ptr, i32)
declare i1 @coro.cancelled()
declare void @coro.shield(i32, i1)
declare !coro.yields !0 void @__coro_suspend()

define internal { i32, i8 } @inner(i32 %n) !coro.yields !0 !coro.outcome !0 {
  %log = alloca i32
  store i32 %n, ptr %log
  call void @say(ptr @begins, i32 %n)
  call void @__coro_suspend()
  %c1 = call i1 @coro.cancelled()
  br i1 %c1, label %unwind, label %work
work:
  call void @say(ptr @works, i32 %n)
  store i32 100, ptr %log
  call void @coro.shield(i32 2, i1 true)
  call void @__coro_suspend()
  call void @say(ptr @shielded, i32 %n)
  call void @coro.shield(i32 2, i1 false)
  %odd = and i32 %n, 1
  %stops = icmp eq i32 %odd, 0
  br i1 %stops, label %more, label %done
more:
  call void @__coro_suspend()
  %c2 = call i1 @coro.cancelled()
  br i1 %c2, label %unwind, label %done
done:
  br label %cleanup
unwind:
  br label %cleanup
cleanup:
  %how = phi i8 [ 0, %done ], [ 2, %unwind ]
  call void @coro.shield(i32 1, i1 true)
  %l = load i32, ptr %log
  call void @say(ptr @undoes, i32 %l)
  call void @__coro_suspend()
  call void @say(ptr @undid, i32 %n)
  call void @coro.shield(i32 1, i1 false)
  %ended = icmp eq i8 %how, 0
  br i1 %ended, label %return, label %gone
return:
  %twice = shl i32 %n, 1
  %value = insertvalue { i32, i8 } poison, i32 %twice, 0
  %both = insertvalue { i32, i8 } %value, i8 0, 1
  ret { i32, i8 } %both
gone:
  ret { i32, i8 } { i32 poison, i8 2 }
}

define { i32, i8 } @outer(i32 %n) !coro.yields !0 !coro.outcome !0 !coro.limit !1 {
entry:
  br label %head
head:
  %i = phi i32 [ 0, %entry ], [ %next, %on ]
  %sum = phi i32 [ 0, %entry ], [ %more, %on ]
  %go = icmp slt i32 %i, %n
  br i1 %go, label %body, label %end
body:
  call void @say(ptr @calls, i32 %i)
  %r = call { i32, i8 } @inner(i32 %i)
  %how = extractvalue { i32, i8 } %r, 1
  %value = extractvalue { i32, i8 } %r, 0
  %fine = icmp eq i8 %how, 0
  br i1 %fine, label %wait, label %unwind
wait:
  %more = add i32 %sum, %value
  call void @say(ptr @leaves, i32 %more)
  call void @__coro_suspend()
  %c = call i1 @coro.cancelled()
  br i1 %c, label %unwind, label %on
on:
  %next = add i32 %i, 1
  br label %head
end:
  call void @say(ptr @ends, i32 %sum)
  %done = insertvalue { i32, i8 } poison, i32 %sum, 0
  %both = insertvalue { i32, i8 } %done, i8 0, 1
  ret { i32, i8 } %both
unwind:
  call void @say(ptr @undid, i32 %sum)
  ret { i32, i8 } { i32 poison, i8 2 }
}

!0 = !{}
!1 = !{i64 256}
