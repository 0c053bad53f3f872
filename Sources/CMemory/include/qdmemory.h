// What the program does when memory runs out: it says so and exits. Swift's runtime would end in a trap, and Dispatch
// would try again forever.
#pragma once

/// Sets the exit code for that case; 1 until then.
void qdmemory_set_exit_code(int code);

/// Prepares for a limit of this process's memory, if there is one; to be called before there are threads.
void qdmemory_prepare(void);
