#define _GNU_SOURCE
#include "qdmemory.h"

#include <stddef.h>
#include <stdint.h>

static int exit_code = 1;

void qdmemory_set_exit_code(int code) { exit_code = code; }

// Sanitizers have allocators of their own, and so have other C libraries.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OTHER_ALLOCATOR 1
#endif
#endif
#if defined(__linux__) && !defined(HAS_OTHER_ALLOCATOR)
#include <features.h>
#endif

#if defined(__GLIBC__) && !defined(HAS_OTHER_ALLOCATOR)

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// By default, every thread has an arena, for which the C library reserves 64 MiB. Where the limit leaves no room for
// them, it tries again for every allocation, and takes a mapping for each.
void qdmemory_prepare(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
}

static char *append(char *end, const char *text) {
  size_t length = strlen(text);
  memcpy(end, text, length);
  return end + length;
}

static char *append_number(char *end, unsigned long long number) {
  char digits[24];
  int count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (count > 0) *end++ = digits[--count];
  return end;
}

// Nothing here may allocate.
__attribute__((noreturn)) static void fail(const char *problem, size_t bytes) {
  char line[256];
  char *end = append(line, "out of memory: ");
  if (bytes > 0) {
    end = append(append_number(end, bytes), " bytes ");
  }
  end = append(end, problem);
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
    end = append(append_number(append(end, "; the limit of this process is "), limit.rlim_cur >> 20), " MiB (ulimit -v)");
  }
  *end++ = '\n';
  ssize_t written = write(STDERR_FILENO, line, (size_t)(end - line));
  (void)written;
  _exit(exit_code);
}

// The C library's allocator under its internal names; the public ones are replaced below, for all libraries.
extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);

static void *checked(void *memory, size_t bytes) {
  if (!memory && bytes > 0) fail("cannot be allocated", bytes);
  return memory;
}

void *malloc(size_t bytes) { return checked(__libc_malloc(bytes), bytes); }

void *calloc(size_t count, size_t bytes) {
  size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) total = SIZE_MAX;
  return checked(__libc_calloc(count, bytes), total);
}

void *realloc(void *old, size_t bytes) { return checked(__libc_realloc(old, bytes), bytes); }

void *memalign(size_t alignment, size_t bytes) { return checked(__libc_memalign(alignment, bytes), bytes); }

void *aligned_alloc(size_t alignment, size_t bytes) { return checked(__libc_memalign(alignment, bytes), bytes); }

int posix_memalign(void **memory, size_t alignment, size_t bytes) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  *memory = checked(__libc_memalign(alignment, bytes), bytes);
  return 0;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  typedef int function(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  static function *original;
  if (!original) original = (function *)dlsym(RTLD_NEXT, "pthread_create");
  if (!original) return ENOSYS;
  int result = original(thread, attributes, start, argument);
  if (result == EAGAIN || result == ENOMEM) fail("a thread cannot be started", 0);
  return result;
}

#else

void qdmemory_prepare(void) {}

#endif
