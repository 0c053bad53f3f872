#include "qdmapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

enum { mapping_limit = 4096 };

// The handler reads this table without a lock: only `start` says whether an entry is in use, and it is set last.
static struct {
  atomic_uintptr_t start;
  atomic_uintptr_t end;
  atomic_int is_damaged;
} mappings[mapping_limit];

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static int has_handler = 0;
static uintptr_t page_size = 4096;
static struct sigaction previous;

// Calls only what may be called in a signal handler: mmap, sigaction, and atomic operations without a lock.
static void handle_bus_error(int signal, siginfo_t *info, void *context) {
  uintptr_t place = (uintptr_t)info->si_addr;
  for (int number = 0; number < mapping_limit; number++) {
    uintptr_t start = atomic_load(&mappings[number].start);
    uintptr_t end = atomic_load(&mappings[number].end);
    if (start == 0 || place < start || place >= end) continue;
    atomic_store(&mappings[number].is_damaged, 1);
    uintptr_t page = place & ~(page_size - 1);
    int error = errno;
    void *zeros = mmap((void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    errno = error;
    if (zeros != MAP_FAILED) return;
  }
  // Not a mapping of this table: as if this handler were not there.
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler == SIG_DFL || previous.sa_handler == SIG_IGN) {
    // The signal is delivered again when this handler returns, and its default action ends the process.
    struct sigaction action = {0};
    action.sa_handler = SIG_DFL;
    sigaction(SIGBUS, &action, NULL);
    raise(signal);
  } else {
    previous.sa_handler(signal);
  }
}

static int install_handler(void) {
  if (has_handler) return 1;
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {0};
  action.sa_sigaction = handle_bus_error;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  has_handler = sigaction(SIGBUS, &action, &previous) == 0;
  return has_handler;
}

int qdmapping_register(const void *start, size_t length) {
  int result = -1;
  pthread_mutex_lock(&table_lock);
  for (int number = 0; number < mapping_limit && install_handler(); number++) {
    if (atomic_load(&mappings[number].start) != 0) continue;
    atomic_store(&mappings[number].is_damaged, 0);
    atomic_store(&mappings[number].end, (uintptr_t)start + length);
    atomic_store(&mappings[number].start, (uintptr_t)start);
    result = number;
    break;
  }
  pthread_mutex_unlock(&table_lock);
  return result;
}

int qdmapping_is_damaged(int number) {
  return atomic_load_explicit(&mappings[number].is_damaged, memory_order_relaxed);
}

void qdmapping_unregister(int number) { atomic_store(&mappings[number].start, 0); }
