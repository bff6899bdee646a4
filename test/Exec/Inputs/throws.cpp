// What is thrown below C functions, and caught above them.
#include <cstdio>

extern "C" int through(int kind);
extern "C" int throws(int n) {
  if (n)
    throw n;
  return 1;
}

int main() {
  for (int kind = 0; kind < 6; kind++) {
    std::printf("%d:", kind);
    try {
      std::printf(" value %d\n", through(kind));
    } catch (int thrown) {
      std::printf(" thrown %d\n", thrown);
    }
  }
  return 0;
}
