#include "qdjpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

// Cameras and encoders write about ten scans; each of thousands in a crafted file takes as long as the whole image.
#define SCAN_LIMIT 64

struct qdjpeg_reader {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failure;
  // Owned here, so that a longjmp cannot leak it.
  uint8_t *row;
  char message[JMSG_LENGTH_MAX];
};

static void fail(j_common_ptr jpeg) {
  qdjpeg_reader *reader = jpeg->client_data;
  jpeg->err->format_message(jpeg, reader->message);
  longjmp(reader->failure, 1);
}

// Levels below 0 are warnings, about corrupt data; others trace what is read.
static void take_message(j_common_ptr jpeg, int level) {
  if (level < 0) fail(jpeg);
}

static void print_nothing(j_common_ptr jpeg) { (void)jpeg; }

static void check_scans(j_common_ptr jpeg) {
  qdjpeg_reader *reader = jpeg->client_data;
  if (reader->jpeg.input_scan_number <= SCAN_LIMIT) return;
  strcpy(reader->message, "more than 64 scans");
  longjmp(reader->failure, 1);
}

qdjpeg_reader *qdjpeg_reader_create(const void *bytes, size_t count) {
  qdjpeg_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->jpeg.err = jpeg_std_error(&reader->errors);
  reader->errors.error_exit = fail;
  reader->errors.emit_message = take_message;
  reader->errors.output_message = print_nothing;
  reader->jpeg.client_data = reader;
  if (setjmp(reader->failure)) {
    qdjpeg_reader_destroy(reader);
    return NULL;
  }
  jpeg_create_decompress(&reader->jpeg);
  reader->progress.progress_monitor = check_scans;
  reader->jpeg.progress = &reader->progress;
  // An empty source is an error of libjpeg's own, which the header reports.
  static const uint8_t none[2];
  jpeg_mem_src(&reader->jpeg, count > 0 ? bytes : none, count > 0 ? (unsigned long)count : sizeof none);
  return reader;
}

void qdjpeg_reader_destroy(qdjpeg_reader *reader) {
  jpeg_destroy_decompress(&reader->jpeg);
  free(reader->row);
  free(reader);
}

int qdjpeg_read_header(qdjpeg_reader *reader, qdjpeg_header *header) {
  if (setjmp(reader->failure)) return 0;
  jpeg_read_header(&reader->jpeg, TRUE);
  header->width = reader->jpeg.image_width;
  header->height = reader->jpeg.image_height;
  header->has_inks = reader->jpeg.jpeg_color_space == JCS_CMYK || reader->jpeg.jpeg_color_space == JCS_YCCK;
  header->is_progressive = jpeg_has_multiple_scans(&reader->jpeg) != 0;
  return 1;
}

int qdjpeg_read_rows(qdjpeg_reader *reader, int is_red, void *context,
                     void (*take_row)(void *context, uint32_t row, const uint8_t *values)) {
  j_decompress_ptr jpeg = &reader->jpeg;
  if (setjmp(reader->failure)) return 0;
  jpeg->out_color_space = is_red ? JCS_RGB : JCS_GRAYSCALE;
  // The exact transform: others are a little faster, and differ from machine to machine.
  jpeg->dct_method = JDCT_ISLOW;
  jpeg_start_decompress(jpeg);
  const int channels = jpeg->output_components;
  const uint32_t width = jpeg->output_width;
  reader->row = malloc((size_t)width * channels);
  if (!reader->row) {
    strcpy(reader->message, "out of memory");
    return 0;
  }
  while (jpeg->output_scanline < jpeg->output_height) {
    const uint32_t row = jpeg->output_scanline;
    JSAMPROW rows[1] = {reader->row};
    if (jpeg_read_scanlines(jpeg, rows, 1) != 1) {
      strcpy(reader->message, "the file ends too early");
      return 0;
    }
    for (uint32_t x = 1; channels > 1 && x < width; x++) reader->row[x] = reader->row[(size_t)x * channels];
    take_row(context, row, reader->row);
  }
  jpeg_finish_decompress(jpeg);
  return 1;
}

const char *qdjpeg_message(const qdjpeg_reader *reader) { return reader->message; }
