"""Compares traced strokes with true ones, given as in the JSON of a mask."""

import numpy as np


class Stroke:
    """A brush stroke: its width, and points of its path within the canvas, at most 1 px apart."""

    def __init__(self, stroke, canvas):
        self.width = stroke["width"]
        points = np.array(stroke["points"], float)
        parts = [points[-1:]]
        for start, end in zip(points, points[1:]):
            count = max(1, int(np.ceil(np.hypot(*(end - start)))))
            parts.append(start + (end - start) * (np.arange(count) / count)[:, None])
        self.path = points
        samples = np.concatenate(parts)
        self.samples = samples[((samples >= 0) & (samples <= canvas)).all(axis=1)]
        self.bounds = (self.samples.min(axis=0), self.samples.max(axis=0)) if len(self.samples) else None

    def distances(self, other):
        """The distance from each of its samples to the nearest one of another stroke, and the other way round."""
        squares, more = (np.subtract.outer(self.samples[:, axis], other.samples[:, axis]) for axis in (0, 1))
        squares *= squares
        more *= more
        squares += more
        return np.sqrt(squares.min(axis=1)), np.sqrt(squares.min(axis=0))

    def is_far(self, other, distance):
        (low, high), (other_low, other_high) = self.bounds, other.bounds
        return (low - other_high > distance).any() or (other_low - high > distance).any()

    def add_coverage(self, counts):
        """Adds 1 to the pixels whose centers are within half the width of the path; returns them."""
        covered = np.zeros(counts.shape, bool)
        radius = self.width / 2
        path = self.path if len(self.path) > 1 else np.repeat(self.path, 2, axis=0)
        for start, end in zip(path, path[1:]):
            low = np.floor(np.minimum(start, end) - radius).astype(int).clip(0)
            high = np.ceil(np.maximum(start, end) + radius).astype(int).clip(0, counts.shape[::-1])
            y, x = np.ogrid[low[1]:high[1], low[0]:high[0]]
            x, y = x + 0.5 - start[0], y + 0.5 - start[1]
            step = end - start
            square = step @ step
            place = ((x * step[0] + y * step[1]) / square).clip(0, 1) if square else 0
            near = (x - place * step[0])**2 + (y - place * step[1])**2 <= radius * radius
            covered[low[1]:high[1], low[0]:high[0]] |= near
        counts += covered
        return covered


class StrokeMatch:
    """Sums over masks: how many strokes there are, and how well traced ones agree with true ones."""

    def __init__(self):
        self.true = self.traced = self.found = self.visible = self.visible_found = 0
        self.true_length = self.true_agreeing = self.traced_length = self.traced_agreeing = 0
        self.width_errors = []

    def add(self, true_mask, traced_mask):
        width, height = true_mask["canvas"]
        true, traced = ([one for one in (Stroke(stroke, (width, height)) for stroke in mask["strokes"]
                                         if not stroke.get("fill")) if len(one.samples)]
                        for mask in (true_mask, traced_mask))
        pairs = []
        agreeing = [np.zeros(len(one.samples), bool) for one in true]
        agreeing_traced = [np.zeros(len(one.samples), bool) for one in traced]
        for index, one in enumerate(true):
            for place, other in enumerate(traced):
                if one.is_far(other, max(one.width / 2, 1)):
                    continue
                there, back = one.distances(other)
                mean = max(there.mean(), back.mean())
                if mean < one.width / 2:
                    pairs.append((mean, index, place))
                # The same path, to 1 px, and the same width, to 0.5 px.
                if abs(one.width - other.width) < 0.5:
                    agreeing[index] |= there < 1
                    agreeing_traced[place] |= back < 1
        found, used = set(), set()
        for _, index, place in sorted(pairs):
            if index not in found and place not in used:
                found.add(index)
                used.add(place)
                self.width_errors.append(abs(true[index].width - traced[place].width))
        visible = set(visible_strokes(true, (height, width)))
        self.true += len(true)
        self.traced += len(traced) + sum(bool(stroke.get("fill")) for stroke in traced_mask["strokes"])
        self.found += len(found)
        self.visible += len(visible)
        self.visible_found += len(visible & found)
        self.true_length += sum(map(len, agreeing))
        self.true_agreeing += sum(map(np.sum, agreeing))
        self.traced_length += sum(map(len, agreeing_traced))
        self.traced_agreeing += sum(map(np.sum, agreeing_traced))

    @property
    def strokes_per_true(self):
        return self.traced / self.true

    @property
    def recall(self):
        return self.true_agreeing / self.true_length

    @property
    def precision(self):
        return self.traced_agreeing / max(self.traced_length, 1)

    @property
    def part_found(self):
        return self.found / self.true

    @property
    def part_of_visible_found(self):
        return self.visible_found / self.visible

    def width_error(self, quantile):
        return float(np.quantile(self.width_errors, quantile))


def visible_strokes(strokes, shape):
    """The strokes that are the only ones at 5 % of their pixels, and at 4 pixels or more."""
    counts = np.zeros(shape, np.uint16)
    covered = [stroke.add_coverage(counts) for stroke in strokes]
    for index, pixels in enumerate(covered):
        own = np.count_nonzero(pixels & (counts == 1))
        if own >= 4 and own >= 0.05 * np.count_nonzero(pixels):
            yield index
