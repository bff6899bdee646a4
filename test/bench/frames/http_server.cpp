#include "support/task.hpp"

struct request {
  char method[8], path[64];
  size_t body;
  bool keep_alive;
};

static task<int> read_line(unsigned port, char *line, int size) {
  int length = 0;
  for (;;) {
    char c = (char)co_await get{port};
    if (c == '\n' || c == 0)
      break;
    if (c != '\r' && length < size - 1)
      line[length++] = c;
  }
  line[length] = 0;
  co_return length;
}

static task<bool> read_request(unsigned port, request *r) {
  char line[128];
  *r = {};
  if (co_await read_line(port, line, sizeof(line)) == 0 ||
      sscanf(line, "%7s %63s", r->method, r->path) != 2)
    co_return false;
  while (co_await read_line(port, line, sizeof(line)) > 0) {
    char *colon = strchr(line, ':');
    if (!colon)
      co_return false;
    *colon = 0;
    if (strcmp(line, "Content-Length") == 0)
      sscanf(colon + 1, "%zu", &r->body);
    else if (strcmp(line, "Connection") == 0)
      r->keep_alive = strcmp(colon + 1, " keep-alive") == 0;
  }
  co_return true;
}

static task<> respond(unsigned port, int status, const char *text) {
  char head[96];
  int n = snprintf(head, sizeof(head), "HTTP/1.1 %d\r\nContent-Length: %zu\r\n\r\n",
                   status, strlen(text));
  co_await drain(port, head, (size_t)n);
  co_await drain(port, text, strlen(text));
}

static task<uint32_t> upload(unsigned port, size_t size) {
  unsigned char block[256];
  uint32_t sum = 1;
  while (size > 0) {
    size_t n = std::min(size, sizeof(block));
    co_await fill(port, block, n);
    sum = digest(sum, block, n);
    size -= n;
  }
  co_return sum;
}

static task<uint32_t> serve(unsigned in, unsigned out) {
  request request;
  uint32_t served = 0;
  port_script(in,
              "GET /index HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
              "POST /up HTTP/1.1\r\nContent-Length: 12\r\nConnection: "
              "keep-alive\r\n\r\nabcdefghijkl"
              "GET /none HTTP/1.1\r\nConnection: close\r\n\r\n",
              1000);
  do {
    if (!co_await read_request(in, &request)) {
      co_await respond(out, 400, "bad request");
      break;
    }
    if (strcmp(request.method, "POST") == 0) {
      char text[32];
      snprintf(text, sizeof(text), "%08x", co_await upload(in, request.body));
      co_await respond(out, 200, text);
    } else if (strcmp(request.path, "/index") == 0) {
      co_await respond(out, 200, "<h1>welcome</h1>");
    } else {
      co_await respond(out, 404, "not found");
    }
    served++;
  } while (request.keep_alive);
  co_return served;
}

RUN(serve(0, 1))
