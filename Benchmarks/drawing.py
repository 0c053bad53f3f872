"""Chapter: masks drawn at several sizes, beside what people draw them with otherwise."""

import shutil

from peers import PEERS
from pictures import mean_iou
from workplace import figure, median, megabytes, table

# px a side; how many masks we draw, a peer at most, and how many pictures are compared with the exact rule.
SIZES = [(28, 1000, 1000, 200), (512, 1000, 400, 60), (2048, 200, 60, 8), (16_384, 8, 2, 1)]
HUGE = 16_384
OURS = {
    "exact": "qd-imd exact, raster only", "exact-8": "qd-imd exact, 8-bit PNG", "exact-1": "qd-imd exact, 1-bit PNG",
    "cairo": "qd-imd cairo, raster only", "cairo-8": "qd-imd cairo, 8-bit PNG", "cairo-1": "qd-imd cairo, 1-bit PNG",
}
TIMES = "{:,.2f} ×".format


def drawing(place, claims):
    output = place.folder / "masks"
    place.qdimd(
        "export", place.drawings, "--output", output, "--train", 1000, "--test", 0, "--formats", "json,svg")
    masks = output / "vectors" / "train.jsonl"
    sizes = [size for size in SIZES if not (place.is_quick and size[0] == HUGE)]
    for side, our_count, peer_count, compared in sizes:
        Size(place, masks, side, our_count, peer_count, compared).measure(claims)
    png_bytes(place, masks, claims)


class Size:
    """One size of picture: all that draw it, one after the other, several times."""

    def __init__(self, place, masks, side, our_count, peer_count, compared):
        self.place, self.masks, self.side = place, masks, side
        self.our_count, self.peer_count, self.compared = our_count, peer_count, compared
        self.svg = masks.parents[1] / "svg" / "train"
        self.ours = {way: [] for way in OURS}
        # For each peer: what it reported, and by how much our ways were faster in each round.
        self.reports, self.ratios = {}, {}

    def measure(self, claims):
        exact, cairo_iou = self.pictures()
        for name in PEERS:
            seconds = 8 if self.side == HUGE else 0.5
            report = self.place.peer(
                name, self.masks, self.svg, "--size", self.side, "--limit", self.peer_count, "--seconds", seconds,
                "--exact", exact, "--compared", self.compared)
            self.reports[name] = [report]
            self.ratios[name] = {way: [] for way in ("exact-8", "exact-1", "cairo-8")}
            if self.side == HUGE and "missing" not in report:
                self.compare(name, report)
        for _ in range(self.place.rounds):
            self.measure_ours(self.our_count, self.ours)
            for name, reports in self.reports.items():
                if self.side == HUGE or "missing" in reports[0]:
                    continue
                report = self.place.peer(
                    name, self.masks, self.svg, "--size", self.side, "--limit", reports[0]["masks"])
                reports.append(report)
                self.compare(name, report)
        shutil.rmtree(exact)
        self.print(cairo_iou)
        self.claim(claims)

    def pictures(self):
        """Makes the pictures of the exact rule; gives their folder, and the IoU of our other backend's."""
        first = self.place.folder / "first.jsonl"
        with open(self.masks) as lines:
            first.write_text("".join(line for line, _ in zip(lines, range(self.compared))))
        folders = []
        for backend in ["exact", "cairo"]:
            folders.append(self.place.folder / backend)
            self.place.qdimd(
                "rasterize", first, "--output", folders[-1], "--size", self.side, "--backend", backend,
                "--bit-depth", 1)
        exact, cairo = folders
        value = mean_iou([(cairo / path.name, path) for path in sorted(exact.rglob("*.png"))])
        shutil.rmtree(cairo)
        return exact, value

    def measure_ours(self, count, rates, ways=tuple(OURS)):
        for line in self.place.micro(
                "masks", self.masks, "--size", self.side, "--limit", count, "--seconds", 0.15, "--ways", *ways):
            rates[line["way"]].append((line["masks"] / line["seconds"], line["bytes"]))

    def compare(self, name, report):
        """Draws the peer's masks by our ways, right after it."""
        rates = {way: [] for way in self.ratios[name]}
        self.measure_ours(report["masks"], rates, ways=tuple(rates))
        for way, [(rate, _)] in rates.items():
            self.ratios[name][way].append(rate / (report["masks"] / report["seconds"]))

    def ratio(self, name, way):
        """By how much our way is faster, the median of all rounds; None if the peer is missing."""
        return median(self.ratios[name][way]) if self.ratios[name][way] else None

    def rate(self, way):
        return median(rate for rate, _ in self.ours[way])

    def print(self, cairo_iou):
        print(f"\n## Strokes to PNG in memory, {self.side:,}×{self.side:,} px, one core\n")
        head = ["what", "masks/s", "masks drawn", "bytes a mask", "IoU", "exact, 8-bit: faster by",
                "exact, 1-bit: faster by", "cairo, 8-bit: faster by"]
        is_huge = self.side == HUGE
        rows = []
        for way, name in OURS.items():
            byte_count = self.ours[way][0][1]
            rows.append([
                name, figure(self.rate(way)), f"{self.our_count:,}", figure(byte_count) if byte_count else "–",
                "1 (the rule)" if way.startswith("exact") else f"{cairo_iou:.4f}", "", "", ""]
                + ["see below"] * is_huge)
        for name, reports in self.reports.items():
            first = reports[0]
            if "missing" in first:
                rows.append([f"{PEERS[name].name}: missing ({first['missing']})"] + ["–"] * (7 + is_huge))
                continue
            rate = median(report["masks"] / report["seconds"] for report in reports[-self.place.rounds:])
            rows.append([
                PEERS[name].name, figure(rate), f"{first['masks']:,}", figure(first["bytes"]), f"{first['iou']:.4f}",
                *(TIMES(self.ratio(name, way)) for way in ("exact-8", "exact-1", "cairo-8"))]
                + [megabytes(first["peak"])] * is_huge)
        table(head + ["peak memory"] * is_huge, rows)

    def claim(self, claims):
        def faster(what, way, peer, limit):
            claims.at_least(f"{what}: faster than {peer} by", self.ratio(peer.lower().split("-")[0], way), limit, TIMES)

        if self.side == 512:
            faster("exact + 8-bit PNG at 512²", "exact-8", "OpenCV", 12)
            faster("exact + 8-bit PNG at 512²", "exact-8", "Pillow", 20)
            claims.at_least("exact + 8-bit PNG at 512²: masks/s (as a sign)", self.rate("exact-8"), 25_000, figure)
            share = median(
                one / eight for (one, _), (eight, _) in zip(self.ours["exact-1"], self.ours["exact-8"]))
            claims.at_least("exact + 1-bit PNG at 512²: rate by that of 8-bit", share, 0.85, "{:.2f} ×".format)
            faster("cairo + 8-bit PNG at 512²", "cairo-8", "OpenCV", 4)
        if self.side == HUGE:
            faster("exact + 1-bit PNG at 16,384²", "exact-1", "rsvg-convert", 500)


def png_bytes(place, masks, claims):
    """The sizes of our PNGs beside libpng's own."""
    print("\n## Bytes of a PNG, 512×512 px: libpng with its default filters and zlib level\n")
    rows = []
    for line in sorted(place.micro("bytes", masks), key=lambda line: -line["bit_depth"]):
        depth, ratio = line["bit_depth"], line["ours"] / line["libpng"]
        rows.append([
            f"{depth}-bit, mean of {line['masks']:,} masks", figure(line["ours"]), figure(line["libpng"]),
            f"{ratio:.2f} ×", f"{line['ours_seconds'] * 1e6:,.0f} µs", f"{line['libpng_seconds'] * 1e6:,.0f} µs"])
        claims.at_most(f"bytes of {depth}-bit PNG, by libpng's default", ratio, 1.25, "{:.2f} ×".format)
    table(["what", "ours", "libpng", "ours by libpng's", "our encoding", "libpng's"], rows)
