// Writes a gray picture by libpng with nothing set: its own choice of filters, zlib's default level. What other files'
// sizes are measured by.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Memory for the file; it grows, and is used again. All zero at first.
typedef struct {
  uint8_t *_Nullable bytes;
  size_t count;
  size_t capacity;
} libpng_file;

/// Gives 0, or another number if libpng gave up. `bit_depth`: 1 or 8; the rows have no padding.
int libpng_write(
    libpng_file *_Nonnull file, const uint8_t *_Nonnull rows, uint32_t width, uint32_t height, int bit_depth);
void libpng_file_free(libpng_file *_Nonnull file);
