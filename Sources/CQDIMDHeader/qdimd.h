// qd-imd as a library: irregular masks for image inpainting, from strokes that people drew.
//
// All functions are synchronous and can be called by any number of threads, also with the same handle, except that a
// handle must not be in use when it is closed. They may be called after fork() in the child, with handles of the parent
// too, provided that qdimd_open has returned once, or no other thread of the parent was inside a function of this
// library. Nothing is printed, no environment variable is read, and no thread outlives a call.
//
// Opening a stroke bank installs a handler of SIGBUS, once: reading a bank that another program truncates is then an
// error instead of the end of the process. Signals that do not concern a bank go to the handler that was there before.
//
// Every function that can fail returns QDIMD_OK or the reason of the failure, and has the last two parameters
//   error       receives one line of text in UTF-8, ended by NUL, if the function fails, cut off at a character if it is
//               too long; left as it is otherwise. May be NULL.
//   error_size  the number of bytes at `error`; nothing is written if it is 0.
// Results are written only on success, except that the pixels of an image may have been written in part.
#ifndef QDIMD_H
#define QDIMD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Results of functions.
#define QDIMD_OK 0               // success
#define QDIMD_INVALID_ARGUMENT 1 // an argument, or a setting in a JSON text, is invalid
#define QDIMD_OUT_OF_RANGE 2     // there is no mask with this index
#define QDIMD_NOT_FOUND 3        // there is no file or folder at the path
#define QDIMD_FAILED 4           // anything else: data cannot be read, or no mask meets the spec

// Splits of a dataset, whose masks come from different categories.
#define QDIMD_TRAIN 0
#define QDIMD_TEST 1

// Types of pixels.
#define QDIMD_UINT8 0   // uint8_t
#define QDIMD_FLOAT32 1 // float in the byte order of the machine

// The masks of one split: mask i is a function of the settings, the drawings, and i.
typedef struct qdimd_masks qdimd_masks;

// One vector mask: brush strokes on a canvas.
typedef struct qdimd_mask qdimd_mask;

// The memory of an image of `width` × `height` pixels in rows from top to bottom, each from left to right.
typedef struct qdimd_image {
  // The first pixel. Must be aligned to the type of the pixels.
  void *pixels;
  // The number of bytes at `pixels` that belong to the image, or images: nothing outside of them is touched.
  size_t byte_count;
  // The number of bytes from the start of a row to that of the next: at least those of a row of pixels, and a multiple
  // of the size of a pixel.
  size_t row_stride;
  // QDIMD_UINT8 or QDIMD_FLOAT32.
  int32_t type;
  // The values of pixels that are hole, and of those that are not: finite, different, and for QDIMD_UINT8 whole numbers
  // from 0 to 255.
  float hole;
  float background;
} qdimd_image;

// How a vector mask is rasterized; all zeros for the exact rule: a pixel is hole if and only if its center is within half
// the width of a stroke's path.
typedef struct qdimd_raster_options {
  // The distance by which the hole grows in all directions, in px of the canvas, at least 0.
  double dilate;
  // The distance at which soft edges outside the hole end, in px of the canvas, 0.01 to 10,000,000; 0 for hard edges.
  double feather;
  // Not 0 for antialiased edges: the value of a pixel is between `background` and `hole`, by the part of it that is hole.
  // Cannot be combined with `feather`.
  int32_t antialias;
} qdimd_raster_options;

// What matters more when an image is traced.
#define QDIMD_CLEAN 0  // few and smooth strokes: for images that were scaled, or drawn by another renderer
#define QDIMD_PIXELS 1 // every pixel: for images that were drawn at their size

// What a traced mask consists of.
#define QDIMD_MIXED 0    // for each connected hole, strokes if they explain it, otherwise its outline
#define QDIMD_STROKES 1  // strokes only
#define QDIMD_POLYGONS 2 // outlines only

// The ends of traced strokes.
#define QDIMD_CAPS_AUTO 0  // for each end, the form that explains more pixels
#define QDIMD_CAPS_ROUND 1 // round ends only
#define QDIMD_CAPS_BUTT 2  // flat ends only, except for dots

// How an image is traced; all zeros for the defaults of `qd-imd vectorize`.
typedef struct qdimd_tracing_options {
  int32_t fidelity; // QDIMD_CLEAN or QDIMD_PIXELS
  int32_t shapes;   // QDIMD_MIXED, QDIMD_STROKES, or QDIMD_POLYGONS
  int32_t caps;     // QDIMD_CAPS_AUTO, QDIMD_CAPS_ROUND, or QDIMD_CAPS_BUTT
} qdimd_tracing_options;

// The difference between a candidate C and a reference R: the figures of `qd-imd diff`.
typedef struct qdimd_comparison {
  int64_t both;           // pixels that are hole in both
  int64_t only_candidate; // pixels that are hole in C only
  int64_t only_reference; // pixels that are hole in R only
  int64_t forgiven;       // those of the two above that are within the tolerance of the other's hole
  int64_t differing;      // only_candidate + only_reference - forgiven
  double iou;             // intersection over union, 0 to 1; 1 if both holes are empty
  double dice;            // Dice coefficient (F1), 0 to 1; 1 if both holes are empty
  double boundary_iou;    // boundary IoU (Cheng et al. 2021), 0 to 1; 1 if both holes are empty
  double hausdorff95;     // 95th percentile of the Hausdorff distance in px; NaN if one hole is empty
  double candidate_hole_ratio; // 0 to 1
  double reference_hole_ratio; // 0 to 1
} qdimd_comparison;

// Returns the version of the library, such as "3.0.0", as static text that is not freed.
const char *qdimd_version(void);

// Frees text or bytes that a function of this library returned through a pointer.
//   memory  what was returned, or NULL, which does nothing.
void qdimd_free(void *memory);

// Opens the masks of one split, and generates the first of them, so that unsuitable settings are an error here.
//   source   path of a stroke bank, of a file of drawings in any form that docs/sources.md lists, or of a folder of them,
//            in UTF-8.
//   preset   name of a preset, as `qd-imd presets` lists them; NULL for QD-IMD's recipe, or with `spec`.
//   spec     JSON text of a spec file or of a dataset.json, in UTF-8; NULL for none. Its members that do not affect
//            pixels are ignored.
//   changes  JSON text of an object whose members change the preset or spec, in UTF-8; NULL for none. They are the
//            members of the `spec` of a dataset.json ("canvas", "strokes_mean", "hole_ratio", "words", ...), "seed",
//            "size" ([width, height] of the images in px, in the aspect ratio of the canvas; by default that of the
//            canvas), and "count" (the number of masks of the split, at least 1).
//   split    QDIMD_TRAIN or QDIMD_TEST.
//   masks    receives the handle, for qdimd_close.
int32_t qdimd_open(const char *source, const char *preset, const char *spec, const char *changes, int32_t split,
                   qdimd_masks **masks, char *error, size_t error_size);

// Closes a handle, which no thread may use any more.
//   masks  the handle, or NULL, which does nothing.
void qdimd_close(qdimd_masks *masks);

// Reports the number and the size of masks.
//   masks         the handle.
//   count         receives the number of masks; may be NULL.
//   width         receives the width of the images in px; may be NULL.
//   height        receives the height of the images in px; may be NULL.
//   is_hole_black receives 1 if the spec says that holes are black, otherwise 0; may be NULL.
int32_t qdimd_describe(const qdimd_masks *masks, int64_t *count, int64_t *width, int64_t *height,
                       int32_t *is_hole_black, char *error, size_t error_size);

// Returns all settings as the JSON text of a spec file, which qdimd_open accepts as `spec`.
//   masks  the handle.
//   text   receives UTF-8 text ended by NUL, for qdimd_free.
//   size   receives the number of bytes without that NUL; may be NULL.
int32_t qdimd_settings(const qdimd_masks *masks, char **text, size_t *size, char *error, size_t error_size);

// Draws a mask by the exact rule.
//   masks  the handle.
//   index  the index of the mask, 0 or more and below the number of masks.
//   image  the memory to draw into, of the size that qdimd_describe reports; every pixel is written.
int32_t qdimd_draw(const qdimd_masks *masks, int64_t index, const qdimd_image *image, char *error, size_t error_size);

// Draws several masks, one after the other in memory.
//   masks         the handle.
//   indices       the indices of the masks, in any order; may repeat. NULL if `count` is 0.
//   count         the number of masks.
//   image         the memory of the first image; its `byte_count` covers all images.
//   image_stride  the number of bytes from the start of an image to that of the next: at least those of an image, and a
//                 multiple of the size of a pixel.
//   threads       the number of threads that draw, including the calling one, 1 to 256; no more than `count` are used.
int32_t qdimd_draw_batch(const qdimd_masks *masks, const int64_t *indices, size_t count, const qdimd_image *image,
                         size_t image_stride, int32_t threads, char *error, size_t error_size);

// Reports the hole ratio of a mask at the size of its canvas, 0 to 1.
//   masks  the handle.
//   index  the index of the mask.
//   ratio  receives the hole ratio.
int32_t qdimd_hole_ratio(const qdimd_masks *masks, int64_t index, double *ratio, char *error, size_t error_size);

// Returns a mask as a vector.
//   masks  the handle.
//   index  the index of the mask.
//   mask   receives the handle of the vector mask, for qdimd_mask_close.
int32_t qdimd_get(const qdimd_masks *masks, int64_t index, qdimd_mask **mask, char *error, size_t error_size);

// Reads a vector mask.
//   text  JSON or SVG text of a mask in UTF-8, told apart by the first character that is not white space: { or <.
//   size  the number of bytes, at most 2^30.
//   mask  receives the handle of the mask, for qdimd_mask_close.
int32_t qdimd_mask_read(const char *text, size_t size, qdimd_mask **mask, char *error, size_t error_size);

// Closes the handle of a vector mask, which no thread may use any more.
//   mask  the handle, or NULL, which does nothing.
void qdimd_mask_close(qdimd_mask *mask);

// Reports the size of the canvas of a vector mask, and the number of its brush strokes.
//   mask     the handle.
//   width    receives the width in px; may be NULL.
//   height   receives the height in px; may be NULL.
//   strokes  receives the number of brush strokes; may be NULL.
int32_t qdimd_mask_describe(const qdimd_mask *mask, int64_t *width, int64_t *height, int64_t *strokes, char *error,
                            size_t error_size);

// Returns a vector mask as JSON, as in a dataset's vectors, without a line break at the end.
//   mask  the handle.
//   text  receives UTF-8 text ended by NUL, for qdimd_free.
//   size  receives the number of bytes without that NUL; may be NULL.
int32_t qdimd_mask_json(const qdimd_mask *mask, char **text, size_t *size, char *error, size_t error_size);

// Returns a vector mask as an SVG document.
//   mask           the handle.
//   is_hole_black  not 0 for black holes on white instead of white holes on black.
//   text           receives UTF-8 text ended by NUL, for qdimd_free.
//   size           receives the number of bytes without that NUL; may be NULL.
int32_t qdimd_mask_svg(const qdimd_mask *mask, int32_t is_hole_black, char **text, size_t *size, char *error,
                       size_t error_size);

// Rasterizes a vector mask at any size.
//   mask     the handle.
//   width    the width of the image in px, 1 to 1,000,000; width and height have the aspect ratio of the canvas.
//   height   the height of the image in px, 1 to 1,000,000.
//   options  how to rasterize; NULL for the exact rule without soft edges.
//   image    the memory to draw into; every pixel is written.
int32_t qdimd_mask_rasterize(const qdimd_mask *mask, int64_t width, int64_t height,
                             const qdimd_raster_options *options, const qdimd_image *image, char *error,
                             size_t error_size);

// Traces an image as a vector mask: brush strokes, and outlines where strokes explain too little.
//   image    the image: pixels with the value `hole` are hole, those with the value `background` are not, and any other
//            value is an error.
//   width    the width in px, 1 to 16,384; also that of the canvas of the mask.
//   height   the height in px, 1 to 16,384.
//   options  how to trace; NULL for the defaults.
//   mask     receives the handle of the vector mask, for qdimd_mask_close.
int32_t qdimd_vectorize(const qdimd_image *image, int64_t width, int64_t height, const qdimd_tracing_options *options,
                        qdimd_mask **mask, char *error, size_t error_size);

// Compares two images.
//   candidate  the image to judge: pixels with the value `hole` are hole, those with the value `background` are not, and
//              any other value is an error.
//   reference  the image that it is compared with, of the same size; its type and values may be others.
//   width      the width of both images in px, 1 to 1,000,000.
//   height     the height of both images in px, 1 to 1,000,000.
//   tolerance  the distance in px within which a difference is forgiven, at least 0.
//   result     receives the figures.
int32_t qdimd_diff(const qdimd_image *candidate, const qdimd_image *reference, int64_t width, int64_t height,
                   double tolerance, qdimd_comparison *result, char *error, size_t error_size);

// Returns an image as a PNG file: 8-bit gray.
//   image   the image, with pixels of the type QDIMD_UINT8; `hole` and `background` do not matter.
//   width   the width in px, 1 to 1,000,000.
//   height  the height in px, 1 to 1,000,000.
//   bytes   receives the bytes of the file, for qdimd_free.
//   size    receives their number.
int32_t qdimd_png(const qdimd_image *image, int64_t width, int64_t height, uint8_t **bytes, size_t *size, char *error,
                  size_t error_size);

#ifdef __cplusplus
}
#endif

#endif
