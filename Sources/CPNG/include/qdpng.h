// A C face of libpng's reader: libpng reports errors by longjmp, which Swift must never be jumped over by.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct qdpng_reader qdpng_reader;

typedef struct {
  uint32_t width;
  uint32_t height;
  int is_interlaced;
  /// Whether pixels have alpha, each or by color.
  int has_alpha;
} qdpng_header;

/// Gives NULL if there is no memory. `bytes` must live as long as the reader.
qdpng_reader *_Nullable qdpng_reader_create(const void *_Nullable bytes, size_t count);
void qdpng_reader_destroy(qdpng_reader *_Nonnull reader);

/// Reads all up to the pixels; gives 0 on failure, and then qdpng_message says why.
int qdpng_read_header(qdpng_reader *_Nonnull reader, qdpng_header *_Nonnull header);

/// What is read of each pixel.
typedef enum {
  /// The brightness, with the color laid on black by alpha.
  QDPNG_ON_BLACK,
  /// The brightness of the color, whatever alpha is.
  QDPNG_LUMINANCE,
  /// The red sample, or the gray one, whatever alpha is.
  QDPNG_RED,
  /// The alpha sample, or the highest value in an image without one.
  QDPNG_ALPHA
} qdpng_channel;

/// Reads the pixels and hands over each row as values of 0 to 255, one for each pixel, from the top. Values of 16 bits
/// are rounded; only the lowest becomes 0, and only the highest 255.
/// Gives 0 on failure. Call it once, after the header.
int qdpng_read_rows(qdpng_reader *_Nonnull reader, qdpng_channel channel, void *_Nullable context,
                    void (*_Nonnull take_row)(void *_Nullable context, uint32_t row, const uint8_t *_Nonnull values));

/// A pixel.
typedef struct {
  uint32_t x;
  uint32_t y;
  /// 0 to 255.
  uint8_t alpha;
} qdpng_pixel;

/// After QDPNG_ON_BLACK: gives 1 if alpha and the image on black are different masks, with the first pixel that is not
/// opaque, or 0 if every pixel is opaque or both are the same.
int qdpng_is_ambiguous(const qdpng_reader *_Nonnull reader, qdpng_pixel *_Nonnull pixel);

/// What libpng said about the failure.
const char *_Nonnull qdpng_message(const qdpng_reader *_Nonnull reader);
