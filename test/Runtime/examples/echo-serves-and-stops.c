// The example server: both services, many clients at once, commands in pieces
// of any size, and a graceful end.
// RUN: %corocc %cflags -O2 %root/docs/examples/echo.c -o %t.echo
// RUN: %clang %cflags %s -o %t && %t %t.echo
#include "../check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t server;
static struct sockaddr_in address;

static void start_server(const char *path, const char *option) {
  int output[2];
  CHECK(!pipe(output));
  server = fork();
  CHECK(server >= 0);
  if (server == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed check leaves no server */
    dup2(output[1], 1);
    execl(path, path, "0", option, (char *)NULL);
    _exit(127);
  }
  close(output[1]);
  FILE *said = fdopen(output[0], "r");
  unsigned port;
  CHECK(said && fscanf(said, "listening on 127.0.0.1:%u", &port) == 1);
  fclose(said);
  address = (struct sockaddr_in){.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void stop_server(int signal) {
  CHECK(!kill(server, signal));
  int status;
  CHECK(waitpid(server, &status, 0) == server);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int open_connection(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  CHECK(!connect(fd, (struct sockaddr *)&address, sizeof(address)));
  return fd;
}

static void expect(int fd, const char *text, size_t size) {
  static char buf[1 << 16];
  size_t got = 0;
  CHECK(size <= sizeof(buf));
  while (got < size) {
    ssize_t n = read(fd, buf + got, size - got);
    CHECK(n > 0);
    got += (size_t)n;
  }
  CHECK(!memcmp(buf, text, size));
}

static void expect_end(int fd) {
  char byte;
  CHECK(read(fd, &byte, 1) == 0);
  close(fd);
}

static void check_echo(const char *path) {
  enum { CLIENTS = 300, SIZE = 30000 };
  static char data[SIZE];
  uint64_t random = 3;
  for (int i = 0; i < SIZE; i++)
    data[i] = (char)next_random(&random);

  start_server(path, NULL);
  int fds[CLIENTS];
  for (int i = 0; i < CLIENTS; i++)
    fds[i] = open_connection();
  for (int i = 0; i < CLIENTS; i++)
    CHECK(write(fds[i], data, SIZE) == SIZE);
  for (int i = CLIENTS - 1; i > 0; i--) {
    expect(fds[i], data, SIZE);
    CHECK(i % 2 || !shutdown(fds[i], SHUT_WR));
  }
  /* The first was sent something and has not read its answer. */
  stop_server(SIGINT);
  expect(fds[0], data, SIZE);
  for (int i = 0; i < CLIENTS; i++)
    expect_end(fds[i]);
}

static const char commands[] = "ECHO hello there\r\n"
                               "UPPER abc xyz\n"
                               "ADD 2 40\n"
                               "ADD -7 2\n"
                               "ADD 2\n"
                               "ADD 9223372036854775807 1\n"
                               "ECHO\n"
                               "\n"
                               "ECHOES\n"
                               "LONG\n"
                               "QUIT\n"
                               "ECHO too late\n";
static const char answers[] = "hello there\n"
                              "ABC XYZ\n"
                              "42\n"
                              "-5\n"
                              "error: ADD needs two numbers\n"
                              "error: ADD needs two numbers\n"
                              "\n"
                              "error: unknown command\n"
                              "error: unknown command\n"
                              "error: line too long\n"
                              "bye\n";

/* The commands, LONG replaced by a line of that many bytes. */
static size_t fill_in(char *script, size_t length) {
  const char *mark = strstr(commands, "LONG");
  size_t before = (size_t)(mark - commands);
  memcpy(script, commands, before);
  memset(script + before, 'E', length);
  strcpy(script + before + length, mark + 4);
  return strlen(script);
}

static void check_lines(const char *path) {
  start_server(path, "--lines");
  static char script[8000];
  const size_t lengths[] = {256, 257, 511, 512, 5000};
  for (size_t i = 0; i < 5; i++) {
    size_t size = fill_in(script, lengths[i]);
    for (size_t piece = 1; piece <= size; piece = piece * 3 + 1) {
      int fd = open_connection();
      int yes = 1;
      setsockopt(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof(yes));
      for (size_t at = 0; at < size; at += piece)
        if (send(fd, script + at, size - at < piece ? size - at : piece,
                 MSG_NOSIGNAL) < 0)
          break; /* it has quit */
      expect(fd, answers, strlen(answers));
      close(fd);
    }
  }
  /* A line of 255 bytes fits. */
  int fd = open_connection();
  memset(script, 'x', 255);
  memcpy(script, "ECHO ", 5);
  script[255] = '\n';
  CHECK(write(fd, script, 256) == 256);
  expect(fd, script + 5, 251);
  stop_server(SIGTERM);
  expect_end(fd);
}

static void check_frame(const char *path) {
  char command[4096];
  snprintf(command, sizeof(command), "%s --frame", path);
  FILE *output = popen(command, "r");
  unsigned size;
  CHECK(output && fscanf(output, "%u", &size) == 1);
  CHECK(pclose(output) == 0);
  CHECK(size > 2048 && size < 2048 + 256);
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  check_echo(argv[1]);
  check_lines(argv[1]);
  check_frame(argv[1]);
}
