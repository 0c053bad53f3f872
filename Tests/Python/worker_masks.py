"""What tests run in other processes: they must import it."""

import hashlib

import qd_imd

BATCHES = [[0, 1, 2], [40, 7], [-1, 3, 3, 8]]


def digest(masks):
    """A hash of some masks, arrays and vectors."""
    found = hashlib.sha256()
    for batch in BATCHES:
        found.update(masks.batch(batch).tobytes())
        found.update(masks.mask(batch[0]).to_json().encode())
    return found.hexdigest()


def draw_pickled(masks):
    return digest(masks)


def draw_new(_):
    return digest(qd_imd.Masks(count=1000))


class Dataset:
    """A dataset of numbered masks, as people write one around another: it has no __getitems__."""

    def __init__(self, masks):
        self.masks = masks

    def __len__(self):
        return len(self.masks)

    def __getitem__(self, index):
        return index, self.masks[index]
