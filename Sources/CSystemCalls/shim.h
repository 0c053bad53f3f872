// Calls of the C library that its Swift module leaves out, because its headers declare them for _GNU_SOURCE only; and
// of the compiler.

#ifdef __linux__
/// Writes everything in the file system that contains the open file to its disk; -1 and `errno` on failure.
int syncfs(int file);
#endif

/// Fetches what is at an address, which need not be valid, into the cache, without waiting for it.
static inline void qd_prefetch(const void *_Nullable address) { __builtin_prefetch(address); }
