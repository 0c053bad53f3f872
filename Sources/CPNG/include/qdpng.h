// A C face of libpng's reader: libpng reports errors by longjmp, which Swift must never be jumped over by.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct qdpng_reader qdpng_reader;

typedef struct {
  uint32_t width;
  uint32_t height;
  int is_interlaced;
} qdpng_header;

/// Gives NULL if there is no memory. `bytes` must live as long as the reader.
qdpng_reader *_Nullable qdpng_reader_create(const void *_Nullable bytes, size_t count);
void qdpng_reader_destroy(qdpng_reader *_Nonnull reader);

/// Reads all up to the pixels; gives 0 on failure, and then qdpng_message says why.
int qdpng_read_header(qdpng_reader *_Nonnull reader, qdpng_header *_Nonnull header);

/// Reads the pixels and hands over each row as a brightness a pixel, 0 to 255, from the top; alpha is laid on black.
/// Gives 0 on failure. Call it once, after the header.
int qdpng_read_rows(qdpng_reader *_Nonnull reader, void *_Nullable context,
                    void (*_Nonnull take_row)(void *_Nullable context, uint32_t row, const uint8_t *_Nonnull values));

/// What libpng said about the failure.
const char *_Nonnull qdpng_message(const qdpng_reader *_Nonnull reader);
