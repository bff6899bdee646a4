// RUN: %coro -O0 -g -fplugin-arg-coro-spill-all -fplugin-arg-coro-frames=- -c %s -o %t.o | %python -m json.tool | grep '"type"' | %filecheck --match-full-lines %s
// Types are spelled as C does.
#include <coro/coro.h>

typedef struct {
  int x;
} point;
struct node;
enum colour { red };

yields void f(void) {
  volatile point here;
  const char *const *a;
  char *const b = 0;
  int (*c)(const void *, ...);
  void (*(*d)[3])(void);
  struct node *e;
  enum colour g;
  union {
    int i;
  } h;
  int i[2][3];
  int *restrict j;
  _Atomic int k;
  int (*(*l)(int))(void);
  coro_suspend();
  (void)here.x, (void)a, (void)b, (void)c, (void)d, (void)e, (void)g, (void)h;
  (void)i, (void)j, (void)k, (void)l;
}
// CHECK-DAG: {{ *}}"type": "volatile point",
// CHECK-DAG: {{ *}}"type": "const char *const *",
// CHECK-DAG: {{ *}}"type": "char *const",
// CHECK-DAG: {{ *}}"type": "int (*)(const void *, ...)",
// CHECK-DAG: {{ *}}"type": "void (*(*)[3])(void)",
// CHECK-DAG: {{ *}}"type": "struct node *",
// CHECK-DAG: {{ *}}"type": "enum colour",
// CHECK-DAG: {{ *}}"type": "union {...}",
// CHECK-DAG: {{ *}}"type": "int[2][3]",
// CHECK-DAG: {{ *}}"type": "int *restrict",
// CHECK-DAG: {{ *}}"type": "_Atomic int",
// CHECK-DAG: {{ *}}"type": "int (*(*)(int))(void)",
