// A C face of libjpeg's reader: libjpeg calls `exit` on errors unless it is jumped over, which Swift must never be.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct qdjpeg_reader qdjpeg_reader;

typedef struct {
  uint32_t width;
  uint32_t height;
  /// Whether all pixels are held in memory before the first row is read.
  int is_progressive;
  /// Whether the colors are inks of print (CMYK), which cannot be read as pixels.
  int has_inks;
} qdjpeg_header;

/// Gives NULL if there is no memory. `bytes` must live as long as the reader.
qdjpeg_reader *_Nullable qdjpeg_reader_create(const void *_Nullable bytes, size_t count);
void qdjpeg_reader_destroy(qdjpeg_reader *_Nonnull reader);

/// Reads all up to the pixels; gives 0 on failure, and then qdjpeg_message says why.
int qdjpeg_read_header(qdjpeg_reader *_Nonnull reader, qdjpeg_header *_Nonnull header);

/// Reads the pixels and hands over each row as values of 0 to 255, one for each pixel, from the top: the brightness, or
/// the red sample if `is_red`. Corrupt data, about which libjpeg only warns, is a failure.
/// Gives 0 on failure. Call it once, after the header.
int qdjpeg_read_rows(qdjpeg_reader *_Nonnull reader, int is_red, void *_Nullable context,
                     void (*_Nonnull take_row)(void *_Nullable context, uint32_t row, const uint8_t *_Nonnull values));

/// What libjpeg said about the failure.
const char *_Nonnull qdjpeg_message(const qdjpeg_reader *_Nonnull reader);
