#include "qdmemory.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

long long qdmemory_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
  return (long long)limit.rlim_cur;
}

long long qdmemory_used(void) {
  char text[64];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  long long pages = 0;
  for (ssize_t index = 0; index < count && text[index] >= '0' && text[index] <= '9'; index++) {
    pages = 10 * pages + (text[index] - '0');
  }
  return pages > 0 ? pages * sysconf(_SC_PAGESIZE) : -1;
}

static char message[160];
static int status = 1;
static atomic_flag is_reported = ATOMIC_FLAG_INIT;

// Calls only what may be called in a signal handler. Several threads may get here: the first one reports.
static void handle_fatal_signal(int signal) {
  (void)signal;
  while (atomic_flag_test_and_set(&is_reported)) pause();
  ssize_t count = write(STDERR_FILENO, message, strlen(message));
  (void)count;
  _exit(status);
}

void qdmemory_report_exhaustion(int exit_code) {
  long long limit = qdmemory_limit();
  if (limit < 0) return;
  status = exit_code;
#ifdef __GLIBC__
  // By default, every thread has an arena, for which the C library reserves 64 MiB.
  mallopt(M_ARENA_MAX, 1);
#endif
  snprintf(
      message, sizeof message,
      "out of memory: the limit of the address space (ulimit -v) is %lld kB; expected a higher one, or fewer --jobs\n",
      limit / 1024);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle_fatal_signal;
  sigemptyset(&action.sa_mask);
  int signals[] = {SIGABRT, SIGSEGV, SIGILL, SIGTRAP, SIGFPE};
  for (unsigned index = 0; index < sizeof signals / sizeof *signals; index++) sigaction(signals[index], &action, NULL);
}
