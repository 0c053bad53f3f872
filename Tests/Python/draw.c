// Draws one mask through the C interface, and prints the sum of its pixels.
#include <qdimd.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  char error[256];
  qdimd_masks *masks = NULL;
  int64_t width, height;
  if (argc < 3) return 64;
  if (qdimd_open(argv[1], NULL, NULL, "{\"seed\": 1}", QDIMD_TRAIN, &masks, error, sizeof error) != QDIMD_OK ||
      qdimd_describe(masks, NULL, &width, &height, NULL, error, sizeof error) != QDIMD_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  unsigned char *pixels = malloc(width * height);
  qdimd_image image = {pixels, width * height, width, QDIMD_UINT8, 255, 0};
  if (qdimd_draw(masks, atoll(argv[2]), &image, error, sizeof error) != QDIMD_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  long long sum = 0;
  for (int64_t index = 0; index < width * height; index++) sum += pixels[index];
  printf("%lld\n", sum);
  free(pixels);
  qdimd_close(masks);
  return 0;
}
