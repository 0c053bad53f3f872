// What Debian 12's static libraries use, and the older C and C++ libraries that the wheel is linked with do
// not have.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <unistd.h>

// Of GCC 11.
namespace std {
void __throw_bad_array_new_length() { throw bad_array_new_length(); }
}

// Of glibc 2.36: expat's hash tables start with it.
extern "C" void arc4random_buf(void *bytes, size_t count) {
  for (char *next = static_cast<char *>(bytes); count > 0;) {
    size_t length = count < 256 ? count : 256;
    if (getentropy(next, length) != 0) abort();
    next += length;
    count -= length;
  }
}

// What the stderr of libpng and libjpeg is renamed to.
extern "C" __attribute__((visibility("hidden"))) FILE *png_stderr = stderr;
