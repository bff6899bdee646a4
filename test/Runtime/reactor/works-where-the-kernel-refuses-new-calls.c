// Kernels before 5.11 do not know epoll_pwait2, and some sandboxes refuse what
// they do not know with EPERM: sleeps are then of whole milliseconds, and files
// and notes come as ever.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>
#include <coro/io.h>
#include <coro/reactor.h>
#include <coro/time.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool refuse_with(unsigned error) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_epoll_pwait2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof(code) / sizeof(*code), code};
  return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
         !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void check_with(unsigned error) {
  int reason;
  coro_reactor *reactor = coro_reactor_open(&reason);
  CHECK(reactor);
  if (!refuse_with(error))
    SKIP("no seccomp here");

  const uint64_t limit = 3 * CORO_MILLISECOND / 2;
  uint64_t begin = coro_now();
  CHECK(reactor->ops->gather(reactor, limit) == 0);
  CHECK(coro_now() - begin >= limit);
  CHECK(reactor->ops->gather(reactor, 0) == 0);

  reactor->ops->notify(reactor);
  CHECK(reactor->ops->gather(reactor, CORO_SECOND) == 1);

  int ends[2];
  CHECK(!pipe(ends) && write(ends[1], "", 1) == 1);
  coro_fd_wait wait = {.waker = {&coro_waker_noop, NULL},
                       .fd = ends[0],
                       .events = CORO_READABLE};
  CHECK(reactor->ops->wait(reactor, &wait) == 0);
  CHECK(reactor->ops->gather(reactor, CORO_SECOND) == 0);
  reactor->ops->deliver(reactor);
  CHECK(wait.ready == CORO_READABLE);
  coro_reactor_close(reactor);
}

int main(void) {
  static const unsigned errors[] = {ENOSYS, EPERM};
  for (int i = 0; i < 2; i++) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (!child) {
      check_with(errors[i]);
      exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    if (WEXITSTATUS(status))
      return WEXITSTATUS(status);
  }
}
