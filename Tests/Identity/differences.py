"""How two programs' masks of a case differ, mask by mask."""

import json

from PIL import ImageChops

from digests import read_image

# Masks that are named for each kind of output.
NAMED = 5


def differences_of(first, second, pool):
    """A line for each kind of output that differs, and for its first masks; none if all is the same."""
    if first.ids != second.ids:
        return [f"ids: {len(first.ids)} and {len(second.ids)} masks, or in another order"]
    found = []
    digests = [output.digests(pool) for output in (first, second)]
    for kind in digests[0]:
        masks = [mask for mask, one, other in zip(first.ids, digests[0][kind], digests[1][kind])
                 if not set(one) & set(other)]
        if masks:
            found.append(f"{kind}: {len(masks)} of {len(first.ids)} masks differ")
            found += [f"  {mask}: {DETAILS[kind](first, second, mask)}" for mask in masks[:NAMED]]
    return found


def pixels(first, second, mask):
    one, other = read_image(first.png(mask)), read_image(second.png(mask))
    if (one.mode, one.size) != (other.mode, other.size):
        return f"mode {one.mode}, size {one.size}; mode {other.mode}, size {other.size}"
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    histogram = difference.histogram()
    largest = max(value for value in range(256) if histogram[value])
    return f"{sum(histogram[1:])} pixels differ, by at most {largest}, in the box {difference.getbbox()}"


def vectors(first, second, mask):
    return first_difference(json.loads(first.lines[mask]), json.loads(second.lines[mask]), "")


def first_difference(one, other, path):
    """The path of the first member that differs, with both values; None if there is none."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in [*one, *(name for name in other if name not in one)]:
            if name not in one or name not in other:
                return f"{path}.{name}: only in program {'1' if name in one else '2'}"
            found = first_difference(one[name], other[name], f"{path}.{name}")
            if found:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list):
        for index, pair in enumerate(zip(one, other)):
            found = first_difference(*pair, f"{path}[{index}]")
            if found:
                return found
        return None if len(one) == len(other) else f"{path}: {len(one)} and {len(other)} elements"
    return None if one == other else f"{path}: {one!r} and {other!r}"


def text(one, other):
    """The place of the first byte that differs, with what follows."""
    place = next((i for i, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
    return f"byte {place}: {one[place:place + 40]!r} and {other[place:place + 40]!r}"


DETAILS = {
    "vectors": vectors,
    "json": lambda first, second, mask: text(first.lines[mask], second.lines[mask]),
    "pixels": pixels,
    "svg": lambda first, second, mask: text(first.svg(mask).read_bytes(), second.svg(mask).read_bytes()),
}
