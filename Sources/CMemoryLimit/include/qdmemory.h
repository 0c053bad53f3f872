#ifndef QDMEMORY_H
#define QDMEMORY_H

// Under a limit of the address space (ulimit -v), a failed allocation ends a Swift process by a signal, and a thread that
// cannot be created makes libdispatch wait forever.

/// The limit of the address space in bytes; -1 for none.
long long qdmemory_limit(void);

/// The bytes of the address space in use; -1 if unknown.
long long qdmemory_used(void);

/// If there is a limit, fatal signals print one line about it, and the process exits with `exit_code`.
void qdmemory_report_exhaustion(int exit_code);

#endif
