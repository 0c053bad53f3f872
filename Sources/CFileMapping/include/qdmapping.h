#ifndef QDMAPPING_H
#define QDMAPPING_H

#include <stddef.h>

// Reading a mapped file that another program has truncated, or whose disk fails, raises SIGBUS, which ends the process.
// The bytes of a registered mapping read as zeros from then on instead, and the mapping is marked.

/// Registers a mapping; returns its number, or -1 if there are too many, or no handler can be installed.
int qdmapping_register(const void *start, size_t length);

/// Whether some bytes of a mapping could not be read.
int qdmapping_is_damaged(int number);

/// Forgets a mapping, before it is unmapped.
void qdmapping_unregister(int number);

#endif
