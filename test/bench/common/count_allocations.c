// Preloaded into a bench program: counts what it takes from the heap, and the
// mappings it makes for stacks.
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

unsigned long bench_allocations;

void *malloc(size_t size) {
  bench_allocations++;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  bench_allocations++;
  return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size) {
  bench_allocations++;
  return __libc_realloc(old, size);
}
void *aligned_alloc(size_t align, size_t size) {
  bench_allocations++;
  return __libc_memalign(align, size);
}
int posix_memalign(void **to, size_t align, size_t size) {
  *to = aligned_alloc(align, size);
  return *to ? 0 : 12;
}
void *mmap(void *at, size_t size, int access, int flags, int file, off_t from) {
  bench_allocations++;
  return (void *)syscall(SYS_mmap, at, size, access, flags, file, from);
}
