"""The recorded hashes of a version: for each case one of all masks, and one of each block, which locates a change."""

import itertools
import json

from digests import sha256

BLOCK = 100
# Hexadecimal digits of a block's hash: enough to find where masks differ. That they do is found by the SHA-256 of all.
BLOCK_DIGITS = 8


def resolved(block, recorded):
    """The hashes of a block of which each mask may have several: those that the recording has, or else the first."""
    for digests in itertools.product(*block):
        if sha256(b"".join(digests)).hex()[:BLOCK_DIGITS] == recorded:
            return digests
    return tuple(digests[0] for digests in block)


def summary(digests, recorded=""):
    """The SHA-256 of all masks' hashes one after the other, and short ones of the blocks."""
    blocks = [digests[start:start + BLOCK] for start in range(0, len(digests), BLOCK)]
    blocks = [resolved(*pair) for pair in itertools.zip_longest(blocks, recorded.split()[:len(blocks)])]
    digests = [digest for block in blocks for digest in block]
    return {
        "sha256": sha256(b"".join(digests)).hex(),
        "blocks": " ".join(sha256(b"".join(block)).hex()[:BLOCK_DIGITS] for block in blocks),
    }


class Recording:
    def __init__(self, version, masks, drawings, cases=None):
        self.version = version
        self.masks = masks
        self.drawings = drawings
        self.cases = cases or {}

    @classmethod
    def read(cls, path):
        value = json.loads(path.read_text())
        if value["block"] != BLOCK:
            raise ValueError(f"{path}: blocks of {value['block']} masks; expected {BLOCK}")
        return cls(value["version"], value["masks"], value["drawings"], value["cases"])

    def write(self, path):
        value = {
            "version": self.version, "masks": self.masks, "block": BLOCK, "drawings": self.drawings,
            "cases": self.cases}
        path.write_text(json.dumps(value, indent=1) + "\n")

    def add(self, case, digests):
        self.cases[case.name] = {"arguments": case.description} | {
            kind: summary(values) for kind, values in digests.items()}

    def require_drawings(self, drawings):
        """Vectors depend on the drawings, so other drawings cannot be compared."""
        for name, digest in drawings.items():
            if self.drawings.get(name) != digest:
                raise ValueError(
                    f"{name} drawings: SHA-256 of names and bytes is {digest}; expected {self.drawings.get(name)}, "
                    "the drawings of the recording")

    def differences(self, case, ids, digests):
        """A line for each kind of output that differs, with the blocks in which it does; none if all is the same."""
        recorded = self.cases.get(case.name)
        if recorded is None:
            raise ValueError(f"{case.name}: no such case in the recording; record again")
        if recorded["arguments"] != case.description:
            raise ValueError(
                f"{case.name}: recorded with {recorded['arguments']}; expected {case.description}; record again")
        found = []
        for kind, values in digests.items():
            theirs = recorded[kind]
            ours = summary(values, theirs["blocks"])
            if ours["sha256"] == theirs["sha256"]:
                continue
            pairs = zip(ours["blocks"].split(), theirs["blocks"].split())
            blocks = [index for index, (our, their) in enumerate(pairs) if our != their]
            count = len(ours["blocks"].split())
            first = ids[blocks[0] * BLOCK:(blocks[0] + 1) * BLOCK] if blocks else ids
            found.append(f"{kind}: {len(blocks)} of {count} blocks differ; the first is {first[0]} to {first[-1]}")
        return found
