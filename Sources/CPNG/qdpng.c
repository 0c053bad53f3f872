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
  // What QDPNG_ON_BLACK has seen so far.
  int is_translucent;
  int is_unlike_alpha;
  qdpng_pixel first_translucent;
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
  header->has_alpha = (png_get_color_type(reader->png, reader->info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                      png_get_valid(reader->png, reader->info, PNG_INFO_tRNS) != 0;
  return 1;
}

// A sample of 16 bits, rounded to 8. Only the lowest is black, and only the highest is white.
static uint8_t rounded(unsigned value) {
  if (value == 0 || value == 65535) return (uint8_t)(value >> 8);
  unsigned result = (value + 128) / 257;
  return (uint8_t)(result < 1 ? 1 : result > 254 ? 254 : result);
}

// Brightness by the weights of ITU-R BT.601 in 16 bits. A color is never quite black or white.
static unsigned brightness(unsigned red, unsigned green, unsigned blue, unsigned highest) {
  if (red == green && green == blue) return red;
  unsigned value = (unsigned)((19595ull * red + 38470ull * green + 7471ull * blue + 32768) >> 16);
  return value < 1 ? 1 : value > highest - 1 ? highest - 1 : value;
}

// A row of `channels` samples a pixel, of 8 or 16 bits, becomes one value of 8 bits a pixel.
static void reduce(qdpng_reader *reader, const uint8_t *pixels, uint32_t row, uint32_t width, int channels, int is_deep,
                   qdpng_channel channel) {
  const unsigned highest = is_deep ? 65535 : 255;
  const int has_alpha = channels == 2 || channels == 4;
  for (uint32_t x = 0; x < width; x++) {
    unsigned samples[4];
    for (int index = 0; index < channels; index++) {
      samples[index] = is_deep ? (unsigned)pixels[0] << 8 | pixels[1] : pixels[0];
      pixels += is_deep ? 2 : 1;
    }
    const unsigned alpha = has_alpha ? samples[channels - 1] : highest;
    unsigned value = samples[0];
    if (channel == QDPNG_ALPHA) {
      value = alpha;
    } else if (channel != QDPNG_RED && channels >= 3) {
      value = brightness(samples[0], samples[1], samples[2], highest);
    }
    if (channel == QDPNG_ON_BLACK && has_alpha) {
      value = (unsigned)(((uint64_t)value * alpha + highest / 2) / highest);
      if (value != alpha) reader->is_unlike_alpha = 1;
      if (alpha != highest && !reader->is_translucent) {
        reader->is_translucent = 1;
        reader->first_translucent = (qdpng_pixel){.x = x, .y = row, .alpha = is_deep ? rounded(alpha) : (uint8_t)alpha};
      }
    }
    reader->values[x] = is_deep ? rounded(value) : (uint8_t)value;
  }
}

int qdpng_read_rows(qdpng_reader *reader, qdpng_channel channel, void *context,
                    void (*take_row)(void *context, uint32_t row, const uint8_t *values)) {
  png_structp png = reader->png;
  if (setjmp(png_jmpbuf(png))) return 0;
  png_set_expand(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  uint32_t width = png_get_image_width(png, reader->info);
  uint32_t height = png_get_image_height(png, reader->info);
  int channels = png_get_channels(png, reader->info);
  int is_deep = png_get_bit_depth(png, reader->info) == 16;
  // Gray of 8 bits without alpha, as masks are, is its own brightness.
  int is_plain = channels == 1 && !is_deep && channel != QDPNG_ALPHA;
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
      if (!is_plain) reduce(reader, pixels, row, width, channels, is_deep, channel);
      take_row(context, row, is_plain ? pixels : reader->values);
    }
  }
  png_read_end(png, NULL);
  return 1;
}

int qdpng_is_ambiguous(const qdpng_reader *reader, qdpng_pixel *pixel) {
  *pixel = reader->first_translucent;
  return reader->is_translucent && reader->is_unlike_alpha;
}

const char *qdpng_message(const qdpng_reader *reader) { return reader->message; }
