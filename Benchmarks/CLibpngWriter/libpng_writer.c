#include "libpng_writer.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

static void append(png_structp png, png_bytep bytes, size_t count) {
  libpng_file *file = png_get_io_ptr(png);
  if (file->capacity - file->count < count) {
    size_t capacity = 2 * (file->count + count);
    uint8_t *grown = realloc(file->bytes, capacity);
    if (!grown) png_error(png, "no memory");
    file->bytes = grown;
    file->capacity = capacity;
  }
  memcpy(file->bytes + file->count, bytes, count);
  file->count += count;
}

static void flush(png_structp png) { (void)png; }

int libpng_write(libpng_file *file, const uint8_t *rows, uint32_t width, uint32_t height, int bit_depth) {
  png_infop info = NULL;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  if (!png) return 1;
  if (setjmp(png_jmpbuf(png)) || !(info = png_create_info_struct(png))) {
    png_destroy_write_struct(&png, &info);
    return 1;
  }
  file->count = 0;
  png_set_write_fn(png, file, append, flush);
  png_set_IHDR(
      png, info, width, height, bit_depth, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
      PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  size_t stride = ((size_t)width * (size_t)bit_depth + 7) / 8;
  for (uint32_t row = 0; row < height; row++) png_write_row(png, rows + row * stride);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 0;
}

void libpng_file_free(libpng_file *file) {
  free(file->bytes);
  memset(file, 0, sizeof *file);
}
