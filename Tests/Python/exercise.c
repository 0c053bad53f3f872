// Calls every function of the C interface with memory of exactly the documented size, for a tool that watches memory.
#include <qdimd.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char error[160];

static void check(int32_t code, int32_t expected, const char *what) {
  if (code == expected) return;
  fprintf(stderr, "%s: %d: %s\n", what, (int)code, error);
  exit(1);
}

#define SUCCEEDS(call) check(call, QDIMD_OK, #call)
#define FAILS(call, code) check(call, code, #call)
#define ERROR error, sizeof error

static qdimd_image image(int64_t width, int64_t height, size_t images, int32_t type, size_t gap) {
  size_t size = type == QDIMD_UINT8 ? 1 : sizeof(float);
  qdimd_image made = {NULL, 0, width * size + gap * size, type, 1, 0};
  // Nothing belongs to the image after the last pixel of the last row.
  made.byte_count = images * made.row_stride * height - gap * size;
  made.pixels = malloc(made.byte_count);
  return made;
}

static void use(const qdimd_masks *masks, int64_t width, int64_t height) {
  int64_t indices[] = {0, 3, 1, 3, 9};
  for (int32_t type = QDIMD_UINT8; type <= QDIMD_FLOAT32; type++) {
    for (size_t gap = 0; gap < 5; gap += 4) {
      qdimd_image one = image(width, height, 1, type, gap), all = image(width, height, 5, type, gap);
      SUCCEEDS(qdimd_draw(masks, 9, &one, ERROR));
      SUCCEEDS(qdimd_draw_batch(masks, indices, 5, &all, all.row_stride * height, 3, ERROR));
      const char *last = (const char *)all.pixels + 4 * all.row_stride * height;
      size_t row = one.row_stride - gap * (type == QDIMD_UINT8 ? 1 : sizeof(float));
      for (int64_t y = 0; y < height; y++)
        if (memcmp((char *)one.pixels + y * one.row_stride, last + y * one.row_stride, row)) exit(2);
      qdimd_comparison found;
      SUCCEEDS(qdimd_diff(&one, &all, width, height, 1, &found, ERROR));
      free(one.pixels);
      free(all.pixels);
    }
  }
}

static void use_vector(const qdimd_mask *mask) {
  char *text;
  uint8_t *bytes;
  size_t size;
  int64_t width, height, strokes;
  qdimd_mask *again;
  SUCCEEDS(qdimd_mask_describe(mask, &width, &height, &strokes, ERROR));
  SUCCEEDS(qdimd_mask_json(mask, &text, &size, ERROR));
  if (strlen(text) != size) exit(3);
  SUCCEEDS(qdimd_mask_read(text, size, &again, ERROR));
  qdimd_mask_close(again);
  qdimd_free(text);
  SUCCEEDS(qdimd_mask_svg(mask, 1, &text, &size, ERROR));
  // Without the NUL, which need not be there.
  char *exact = malloc(size);
  memcpy(exact, text, size);
  qdimd_free(text);
  SUCCEEDS(qdimd_mask_read(exact, size, &again, ERROR));
  FAILS(qdimd_mask_read(exact, size - 9, &again, ERROR), QDIMD_INVALID_ARGUMENT);
  free(exact);
  qdimd_raster_options options[] = {{0, 0, 0}, {3, 0, 0}, {0, 0, 1}, {1, 5, 0}};
  int64_t factors[] = {1, 2, 5};
  for (int number = 0; number < 4; number++) {
    for (int factor = 0; factor < 3; factor++) {
      int64_t w = width / factors[factor], h = height / factors[factor];
      qdimd_image made = image(w, h, 1, QDIMD_UINT8, number);
      SUCCEEDS(qdimd_mask_rasterize(again, w, h, &options[number], &made, ERROR));
      qdimd_tracing_options tracing = {number % 2, number % 3, number % 3};
      qdimd_mask *traced;
      // Small images only: Valgrind is slow.
      if (number < 2 && factor == 2) {
        SUCCEEDS(qdimd_vectorize(&made, w, h, number ? &tracing : NULL, &traced, ERROR));
        qdimd_mask_close(traced);
      }
      tracing.caps = 3;
      FAILS(qdimd_vectorize(&made, w, h, &tracing, &traced, ERROR), QDIMD_INVALID_ARGUMENT);
      SUCCEEDS(qdimd_png(&made, w, h, &bytes, &size, ERROR));
      qdimd_free(bytes);
      free(made.pixels);
    }
  }
  qdimd_mask_close(again);
}

int main(int argc, char **argv) {
  const char *changes[] = {"{\"canvas\": [70, 70]}", "{\"canvas\": [130, 60], \"hole_ratio\": [0.2, 0.3]}",
                           "{\"canvas\": [200, 200], \"size\": [65, 65], \"rotate\": true}"};
  for (int source = 1; source < argc; source++) {
    for (int number = 0; number < 3; number++) {
      qdimd_masks *masks;
      qdimd_mask *mask;
      char *text;
      int64_t count, width, height;
      double ratio;
      int32_t black;
      SUCCEEDS(qdimd_open(argv[source], number ? "training-mix" : NULL, NULL, changes[number], QDIMD_TEST, &masks, ERROR));
      SUCCEEDS(qdimd_describe(masks, &count, &width, &height, &black, ERROR));
      SUCCEEDS(qdimd_settings(masks, &text, NULL, ERROR));
      qdimd_free(text);
      use(masks, width, height);
      SUCCEEDS(qdimd_hole_ratio(masks, 4, &ratio, ERROR));
      SUCCEEDS(qdimd_get(masks, 4, &mask, ERROR));
      use_vector(mask);
      qdimd_mask_close(mask);
      FAILS(qdimd_get(masks, count, &mask, ERROR), QDIMD_OUT_OF_RANGE);
      FAILS(qdimd_open(argv[source], "?", NULL, NULL, 0, &masks, ERROR), QDIMD_INVALID_ARGUMENT);
      FAILS(qdimd_open("missing", NULL, NULL, NULL, 0, &masks, error, 9), QDIMD_NOT_FOUND);
      qdimd_close(masks);
    }
  }
  return 0;
}
