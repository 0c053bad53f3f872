#include "qdpng.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

// Room for the pixels of an interlaced image, which must be held as a whole: 1 GiB.
#define INTERLACED_LIMIT ((size_t)1 << 30)

struct qdpng_reader {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  // Owned here, so that a longjmp cannot leak them.
  uint8_t *pixels;
  uint8_t *values;
  char message[160];
};

static void keep_message(png_structp png, png_const_charp message) {
  qdpng_reader *reader = png_get_error_ptr(png);
  strncpy(reader->message, message, sizeof reader->message - 1);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  qdpng_reader *reader = png_get_io_ptr(png);
  if (count > reader->count) png_error(png, "the file ends too early");
  memcpy(target, reader->bytes, count);
  reader->bytes += count;
  reader->count -= count;
}

qdpng_reader *qdpng_reader_create(const void *bytes, size_t count) {
  qdpng_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->bytes = bytes;
  reader->count = count;
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, keep_message, ignore_warning);
  if (reader->png) reader->info = png_create_info_struct(reader->png);
  if (!reader->info) {
    qdpng_reader_destroy(reader);
    return NULL;
  }
  png_set_read_fn(reader->png, reader, read_bytes);
  return reader;
}

void qdpng_reader_destroy(qdpng_reader *reader) {
  if (reader->png) png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader->pixels);
  free(reader->values);
  free(reader);
}

int qdpng_read_header(qdpng_reader *reader, qdpng_header *header) {
  if (setjmp(png_jmpbuf(reader->png))) return 0;
  png_set_user_limits(reader->png, 0x7fffffff, 0x7fffffff);
  png_read_info(reader->png, reader->info);
  header->width = png_get_image_width(reader->png, reader->info);
  header->height = png_get_image_height(reader->png, reader->info);
  header->is_interlaced = png_get_interlace_type(reader->png, reader->info) != PNG_INTERLACE_NONE;
  return 1;
}

// Brightness by the weights of ITU-R BT.601 in 16 bits. A color is never quite black or white.
static uint8_t brightness(const uint8_t *rgb) {
  if (rgb[0] == rgb[1] && rgb[1] == rgb[2]) return rgb[0];
  unsigned value = (19595u * rgb[0] + 38470u * rgb[1] + 7471u * rgb[2] + 32768u) >> 16;
  return (uint8_t)(value < 1 ? 1 : value > 254 ? 254 : value);
}

static void reduce(const uint8_t *pixels, uint8_t *values, uint32_t width, int channels) {
  for (uint32_t x = 0; x < width; x++, pixels += channels) {
    unsigned value = channels < 3 ? pixels[0] : brightness(pixels);
    if (channels == 2 || channels == 4) value = (value * pixels[channels - 1] + 127) / 255;
    values[x] = (uint8_t)value;
  }
}

int qdpng_read_rows(qdpng_reader *reader, void *context,
                    void (*take_row)(void *context, uint32_t row, const uint8_t *values)) {
  png_structp png = reader->png;
  if (setjmp(png_jmpbuf(png))) return 0;
  png_set_expand(png);
  png_set_scale_16(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  uint32_t width = png_get_image_width(png, reader->info);
  uint32_t height = png_get_image_height(png, reader->info);
  int channels = png_get_channels(png, reader->info);
  size_t stride = png_get_rowbytes(png, reader->info);
  size_t kept_rows = passes > 1 ? height : 1;
  if (passes > 1 && stride > INTERLACED_LIMIT / height) png_error(png, "the interlaced image is too large");
  reader->values = malloc(width);
  reader->pixels = calloc(kept_rows, stride);
  if (!reader->values || !reader->pixels) png_error(png, "out of memory");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < height; row++) {
      uint8_t *pixels = reader->pixels + (passes > 1 ? row * stride : 0);
      png_read_row(png, pixels, NULL);
      if (pass < passes - 1) continue;
      // Gray without alpha, as masks are, is its own brightness.
      if (channels > 1) reduce(pixels, reader->values, width, channels);
      take_row(context, row, channels > 1 ? reader->values : pixels);
    }
  }
  png_read_end(png, NULL);
  return 1;
}

const char *qdpng_message(const qdpng_reader *reader) { return reader->message; }
