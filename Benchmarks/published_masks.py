"""Masks like those that others publish, written from the descriptions of their generators: square arrays of bool.

LaMa (Suvorov et al., WACV 2022): chains of segments of random width, drawn by cv2.line, or boxes. DeepFill v2 (Yu et al.,
ICCV 2019) and MAT (Li et al., CVPR 2022): Pillow lines that turn back at each vertex, where they have a disc; MAT adds
boxes. QD-IMD (Iskakov, 2018): Pillow lines through the points of drawings, enlarged, cropped, and binarized.
"""

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

SIDE = 512


def lama(side, strokes, width, length, boxes=(0, 0, 0, 0, 0)):
    """A generator of LaMa's masks.

    `strokes` are the fewest and most chains; segments are up to `width` px wider than 5, and up to `length` px longer than
    10. `boxes`: how many masks have boxes instead, their smallest and largest side, most boxes, and margin.
    """
    def make(random):
        mask = np.zeros((side, side), np.uint8)
        part, low, high, count, margin = boxes
        if random.random() < part:
            for _ in range(random.integers(1, count + 1)):
                wide, tall = random.integers(low, high, 2)
                x, y = (random.integers(margin, side - margin - extent + 1) for extent in (wide, tall))
                mask[y:y + tall, x:x + wide] = 1
            return mask > 0
        for chain in range(random.integers(strokes[0], strokes[1] + 1)):
            x, y = map(int, random.integers(0, side, 2))
            for _ in range(random.integers(1, 6)):
                angle = (0.01 + random.integers(4)) * (1 if chain % 2 else -1)
                step = 10 + random.integers(length)
                end = tuple(int(min(max(value + step * turn, 0), side))
                            for value, turn in ((x, math.sin(angle)), (y, math.cos(angle))))
                cv2.line(mask, (x, y), end, 1, int(5 + random.integers(width)))
                x, y = end
        return mask > 0
    return make


def turning_lines(random, draw, count, most_vertices, most_width):
    radius = math.hypot(SIDE, SIDE) / 8
    for _ in range(count):
        low, high = (0.4 * math.pi + sign * random.uniform(0, 2 * math.pi / 15) for sign in (-1, 1))
        points = [tuple(map(int, random.integers(0, SIDE, 2)))]
        for vertex in range(random.integers(4, most_vertices)):
            angle = random.uniform(low, high) * (1 if vertex % 2 else -1)
            step = min(max(random.normal(radius, radius // 2), 0), 2 * radius)
            points.append(tuple(int(min(max(value + step * turn, 0), SIDE))
                                for value, turn in zip(points[-1], (math.cos(angle), math.sin(angle)))))
        width = int(random.uniform(12, most_width))
        draw.line(points, fill=1, width=width)
        for x, y in points:
            draw.ellipse((x - width // 2, y - width // 2, x + width // 2, y + width // 2), fill=1)


def deepfill(random):
    image = Image.new("L", (SIDE, SIDE))
    turning_lines(random, ImageDraw.Draw(image), random.integers(1, 5), 12, 40)
    return np.asarray(image) > 0


def mat(random):
    image = Image.new("L", (SIDE, SIDE))
    turning_lines(random, ImageDraw.Draw(image), random.integers(1, 8), 18, 48)
    mask = np.asarray(image).copy()
    for most, largest in ((4, SIDE // 2), (2, SIDE)):
        for _ in range(random.integers(most)):
            wide, tall = random.integers(1, largest, 2)
            x, y = (int(random.integers(-(extent // 2), SIDE - extent + extent // 2)) for extent in (wide, tall))
            mask[max(y, 0):max(y + tall, 0), max(x, 0):max(x + wide, 0)] = 1
    return mask > 0


def boxes(random):
    mask = np.zeros((SIDE, SIDE), bool)
    for _ in range(random.integers(1, 5)):
        add_box(random, mask, 30, 150)
    return mask


def one_box(random):
    mask = np.zeros((SIDE, SIDE), bool)
    add_box(random, mask, 1, 300)
    return mask


def add_box(random, mask, low, high):
    wide, tall = random.integers(low, high, 2)
    x, y = random.integers(0, SIDE - wide + 1), random.integers(0, SIDE - tall + 1)
    mask[y:y + tall, x:x + wide] = True


def blobs(random):
    """The highest values of smoothed noise."""
    noise = cv2.GaussianBlur(random.standard_normal((SIDE, SIDE)), (0, 0), random.uniform(8, 16))
    return noise > np.quantile(noise, random.uniform(0.7, 0.85))


def like_qd_imd(mask):
    """A mask of this program, given as in its JSON, drawn as QD-IMD's were."""
    scale = mask["upscale"]
    image = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(image)
    for stroke in mask["strokes"]:
        points = [tuple(int(SIDE / 2 + (value - SIDE / 2) / scale) for value in point) for point in stroke["points"]]
        draw.line(points if len(points) > 1 else points * 2, fill=255, width=max(1, round(stroke["width"] / scale)),
                  joint="curve")
    side = round(SIDE * scale)
    start = (side - SIDE) // 2
    large = image.resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(large.crop((start, start, start + SIDE, start + SIDE))) > 127


# With the parameters of LaMa's configurations for test masks of 512 and 256 px.
GENERATORS = {
    "LaMa thin": lama(512, (4, 70), 20, 100),
    "LaMa medium": lama(512, (4, 10), 100, 200, (0.23, 30, 150, 5, 0)),
    "LaMa thick": lama(512, (1, 5), 250, 450, (0.23, 30, 300, 4, 10)),
    "LaMa thin, 256 px": lama(256, (4, 50), 10, 40),
    "LaMa medium, 256 px": lama(256, (4, 5), 50, 100, (0.23, 15, 75, 5, 0)),
    "LaMa thick, 256 px": lama(256, (1, 5), 100, 200, (0.23, 30, 150, 4, 10)),
    "MAT": mat,
    "DeepFill v2": deepfill,
    "boxes": boxes,
    "blobs": blobs,
}
