"""Images read with Pillow, and their similarity."""

import numpy
from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def holes(file):
    """The pixels of a PNG that are nearer to white than to black."""
    with Image.open(file) as image:
        if image.mode == "1":
            return numpy.asarray(image)
        return numpy.asarray(image.convert("L")) >= 128


def iou(first, second):
    """Pixels in both, divided by pixels in either; 1 if there are none."""
    either = numpy.count_nonzero(first | second)
    return numpy.count_nonzero(first & second) / either if either else 1.0


def mean_iou(pairs):
    """The mean IoU of pairs of PNGs."""
    values = [iou(holes(first), holes(second)) for first, second in pairs]
    return sum(values) / len(values)
