// The functions of one hash each, which OpenSSL 3 still has but marks as deprecated in favor of EVP. They need no
// allocation and no provider: a hash is a plain value, cannot fail, and links 30 kB statically instead of 5 MB.
#define OPENSSL_API_COMPAT 0x10100000L
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>
#include <openssl/sha.h>
