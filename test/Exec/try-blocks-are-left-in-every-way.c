// RUN: %oracle %s
// break, continue, return and goto out of both blocks of a coro_try, alone and
// nested, with cleanups on the way; what was changed in the block is seen in
// the catch; raising again.
// ORACLE-EXPECTS: 0: body 0 ok leave 0
// ORACLE-EXPECTS: 1: body 1 leave 1 catch 101
// ORACLE-EXPECTS: 2: body 2 leave 2 break
// ORACLE-EXPECTS: after loop 2
// ORACLE-EXPECTS: 0: body 0 leave 0, 1: body 1 leave 1 catch 101 continue,
// ORACLE-EXPECTS: 2: body 2 leave 2 catch 102 break
// ORACLE-EXPECTS: after loop 2
// ORACLE-EXPECTS: return leave 7 = 8, leave 9 catch = 109
// ORACLE-EXPECTS: goto leave 1 out, leave 2 catch out
// ORACLE-EXPECTS: switch leave 1 one two leave 2 caught three
// ORACLE-EXPECTS: nested leave 3 inner 103 leave 33 outer 203 end 3 44
// ORACLE-EXPECTS: seen 5 6 7
// ORACLE-EXPECTS: again 3 times: 1 2 3 = 6
// ORACLE-EXPECTS: large 1000000
#include <coro/coro.h>
#include <stdio.h>

static void leave(int *p) { printf(" leave %d", *p); }
#define SCOPED __attribute__((cleanup(leave)))

raises(int) __attribute__((noinline)) static void raise_if(int yes, int error) {
  if (yes)
    coro_raise(error);
}

static void loop(void) {
  int i;
  for (i = 0; i < 5; i++) {
    printf("%d:", i);
    coro_try {
      SCOPED int each = i;
      printf(" body %d", i);
      raise_if(i == 1, 100 + i);
      if (i == 2)
        break;
      if (i == 0)
        printf(" ok");
    }
    coro_catch(int, e) { printf(" catch %d", e); }
    printf("\n");
  }
  printf(" break\nafter loop %d\n", i);
}

static void loop_of_catches(void) {
  int i = -1;
  while (++i < 5) {
    printf("%s%d:", i == 1 ? ", " : "", i);
    coro_try {
      SCOPED int each = i;
      printf(" body %d", i);
      raise_if(i, 100 + i);
      continue;
    }
    coro_catch(int, e) {
      printf(" catch %d", e);
      if (i == 2)
        break;
      printf(" continue,\n");
      continue;
    }
  }
  printf(" break\nafter loop %d\n", i);
}

static int returns(int n) {
  coro_try {
    SCOPED int own = n;
    raise_if(n > 8, n);
    return n + 1;
  }
  coro_catch(int, e) {
    printf(" catch");
    return 100 + e;
  }
}

static void jumps(int n) {
  coro_try {
    SCOPED int own = n;
    raise_if(n > 1, n);
    goto out;
  }
  coro_catch(int, e) {
    printf(" catch");
    goto out;
  }
  printf(" not here");
out:
  printf(" out");
}

static void switches(int n) {
  switch (n) {
  case 1:
    coro_try {
      SCOPED int own = n;
      raise_if(0, 0);
      break;
    }
    coro_catch(int, e) { printf(" not here"); }
  case 2:
    coro_try {
      SCOPED int own = n;
      raise_if(1, 0);
    }
    coro_catch(int, e) {
      printf(" caught");
      break;
    }
  default:
    printf(" not here");
  }
}

raises(long) static int nested(int n) {
  int changed = 0;
  coro_try {
    SCOPED int outer = 30 + n;
    coro_try {
      SCOPED int inner = n;
      changed = 3;
      raise_if(n, 100 + n);
    }
    coro_catch(int, e) {
      printf(" inner %d", e);
      coro_raise((long)e + 100);
    }
  }
  coro_catch(long, e) {
    printf(" outer %ld", e);
    if (e == 7)
      coro_raise(e);
  }
  printf(" end %d", changed);
  return 44;
}

static void seen(void) {
  int a = 1, b = 2;
  int array[2] = {3, 4};
  coro_try {
    a = 5;
    b++;
    array[1] = 7;
    raise_if(1, 0);
    a = 50;
  }
  coro_catch(int, e) { b *= 2; }
  printf("seen %d %d %d\n", a, b, array[1]);
}

raises(int) static int again(int n, int *times) {
  coro_try {
    ++*times;
    raise_if(1, n);
  }
  coro_catch(int, e) {
    printf(" %d", e);
    if (e < 3)
      return again(e + 1, times) + e;
    return e;
  }
  return 0;
}

// Variables whose length is not constant give their place back.
static int large(void) {
  int count = 0;
  for (int i = 0; i < 1000000; i++)
    coro_try {
      volatile char bytes[64 + i % 64];
      bytes[i % 64] = 1;
      raise_if(bytes[i % 64], i);
    }
  coro_catch(int, e) { count += e == i; }
  return count;
}

int main(void) {
  loop();
  loop_of_catches();
  printf("return");
  printf(" = %d,", returns(7));
  printf(" = %d\n", returns(9));
  printf("goto");
  jumps(1);
  printf(",");
  jumps(2);
  printf("\nswitch");
  switches(1);
  printf(" one two");
  switches(2);
  printf(" three\nnested");
  long e;
  int v = coro_catching(&e, nested(3));
  printf(" %d\n", v + (int)e);
  seen();
  int times = 0;
  printf("again 3 times:");
  v = coro_catching(&(int){0}, again(1, &times));
  printf(" = %d\n", v);
  printf("large %d\n", large());
  return times != 3;
}
