// For exceptions-stop-where-a-function-yields.c: above and below its tasks.
#include <cstdio>

extern "C" void throws(int n) {
  if (n > 1)
    throw n;
}
extern "C" int run(int n);

int main() {
  std::setbuf(stdout, nullptr);
  try {
    std::printf("went well: %d\n", run(1));
    run(2);
  } catch (int n) {
    std::printf("caught %d\n", n);
  }
}
