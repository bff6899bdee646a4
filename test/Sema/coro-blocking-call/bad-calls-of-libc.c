// RUN: %coro -fsyntax-only -Wno-unused-result -Xclang -verify %s
// What blocks the thread is said where it is called, with what to use instead.
#include <coro/coro.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

yields void all(int fd, int flags, pthread_t thread) {
  char b[4];
  // expected-warning@+1 {{'read' blocks the thread, and 'all' yields: use coro_read, which waits instead [coro-blocking-call]}}
  read(fd, b, 4);
  // expected-warning@+1 {{'write' blocks the thread, and 'all' yields: use coro_write, which waits instead [coro-blocking-call]}}
  write(fd, b, 4);
  // expected-warning@+1 {{'recv' blocks the thread}}
  recv(fd, b, 4, flags);
  // expected-warning@+1 {{'accept' blocks the thread, and 'all' yields: use coro_accept}}
  accept(fd, NULL, NULL);
  // expected-warning@+1 {{'poll' blocks the thread, and 'all' yields: use coro_wait_fd}}
  poll(NULL, 0, flags);
  // expected-warning@+1 {{'poll' blocks the thread}}
  poll(NULL, 0, -1);
  // expected-warning@+1 {{'sleep' blocks the thread, and 'all' yields: use coro_sleep}}
  sleep(1);
  // expected-warning@+1 {{'pthread_join' blocks the thread, and 'all' yields: let another thread make the call, with coro_offload [coro-blocking-call]}}
  pthread_join(thread, NULL);
  // expected-warning@+1 {{'waitpid' blocks the thread}}
  waitpid(-1, NULL, WUNTRACED);
  // expected-warning@+1 {{'system' blocks the thread}}
  system("true");
  // expected-warning@+1 {{'getaddrinfo' blocks the thread}}
  getaddrinfo("localhost", NULL, NULL, NULL);
  // expected-warning@+1 {{'fgets' blocks the thread}}
  fgets(b, 4, stdin);
  // expected-warning@+1 {{'scanf' blocks the thread}}
  scanf("%d", &flags);
#define READ_ONE(fd) read((fd), b, 1)
  // expected-warning@+1 {{'read' blocks the thread}}
  READ_ONE(fd);
  coro_suspend();
}
