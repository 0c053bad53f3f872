// Calls of the C library that its Swift module leaves out, because its headers declare them for _GNU_SOURCE only.

#ifdef __linux__
/// Writes everything in the file system that contains the open file to its disk; -1 and `errno` on failure.
int syncfs(int file);
#endif
