"""Chapter: masks drawn at several sizes, beside the libraries that people otherwise draw them with."""

import shutil

from bench_run import median
from comparison import in_turn
from images import mean_iou
from peers import PEERS
from report import megabytes, significant, times

# px a side; how many masks we draw, a peer draws at most, and how many images are compared with the exact rule.
SIZES = [(28, 1000, 1000, 200), (512, 1000, 400, 60), (2048, 200, 60, 8), (16_384, 8, 2, 1)]
HUGE = 16_384
OURS = {
    "exact": "qd-imd exact, raster only", "exact-8": "qd-imd exact, 8-bit PNG", "exact-1": "qd-imd exact, 1-bit PNG",
    "cairo": "qd-imd cairo, raster only", "cairo-8": "qd-imd cairo, 8-bit PNG", "cairo-1": "qd-imd cairo, 1-bit PNG",
}


def drawing(run, claims, comparison):
    output = run.folder / "masks"
    run.qdimd(
        "export", run.drawings, "--output", output, "--train", 1000, "--test", 0, "--formats", "json,svg")
    masks = output / "vectors" / "train.jsonl"
    sizes = [size for size in SIZES if not (run.is_quick and size[0] == HUGE)]
    for side, our_count, peer_count, compared in sizes:
        Size(run, masks, side, our_count, peer_count, compared).measure(claims)
    png_bytes(run, masks, claims, comparison)


class Size:
    """One image size: every renderer draws it, one after the other, several times."""

    def __init__(self, run, masks, side, our_count, peer_count, compared):
        self.run, self.masks, self.side = run, masks, side
        self.our_count, self.peer_count, self.compared = our_count, peer_count, compared
        self.svg = masks.parents[1] / "svg" / "train"
        self.ours = {way: [] for way in OURS}
        # For each peer: what it reported, and how many times as fast our ways were in each round.
        self.reports, self.ratios = {}, {}

    def measure(self, claims):
        exact, cairo_iou = self.images()
        for name in PEERS:
            seconds = 8 if self.side == HUGE else 0.5
            report = self.run.peer(
                name, self.masks, self.svg, "--size", self.side, "--limit", self.peer_count, "--seconds", seconds,
                "--exact", exact, "--compared", self.compared)
            self.reports[name] = [report]
            self.ratios[name] = {way: [] for way in ("exact-8", "exact-1", "cairo-8")}
            if self.side == HUGE and "missing" not in report:
                self.compare(name, report)
        for _ in range(self.run.rounds):
            self.measure_ours(self.our_count, self.ours)
            for name, reports in self.reports.items():
                if self.side == HUGE or "missing" in reports[0]:
                    continue
                report = self.run.peer(
                    name, self.masks, self.svg, "--size", self.side, "--limit", reports[0]["masks"])
                reports.append(report)
                self.compare(name, report)
        shutil.rmtree(exact)
        self.print(cairo_iou)
        self.claim(claims)

    def images(self):
        """Draws the images of the exact rule; returns their folder, and the IoU of our other backend's images."""
        first = self.run.folder / "first.jsonl"
        with open(self.masks) as lines:
            first.write_text("".join(line for line, _ in zip(lines, range(self.compared))))
        folders = []
        for backend in ["exact", "cairo"]:
            folders.append(self.run.folder / backend)
            self.run.qdimd(
                "rasterize", first, "--output", folders[-1], "--size", self.side, "--backend", backend,
                "--bit-depth", 1)
        exact, cairo = folders
        value = mean_iou([(cairo / path.name, path) for path in sorted(exact.rglob("*.png"))])
        shutil.rmtree(cairo)
        return exact, value

    def measure_ours(self, count, rates, ways=tuple(OURS)):
        for line in self.run.micro(
                "masks", self.masks, "--size", self.side, "--limit", count, "--seconds", 0.15, "--ways", *ways):
            rates[line["way"]].append((line["masks"] / line["seconds"], line["bytes"]))

    def compare(self, name, report):
        """Draws the peer's masks in our ways, right after it."""
        rates = {way: [] for way in self.ratios[name]}
        self.measure_ours(report["masks"], rates, ways=tuple(rates))
        for way, [(rate, _)] in rates.items():
            self.ratios[name][way].append(rate / (report["masks"] / report["seconds"]))

    def ratio(self, name, way):
        """How many times as fast our way is: the median of all rounds; None if the peer is missing."""
        return median(self.ratios[name][way]) if self.ratios[name][way] else None

    def rate(self, way):
        return median(rate for rate, _ in self.ours[way])

    def print(self, cairo_iou):
        report = self.run.report
        report.heading(f"Strokes to PNG in memory, {self.side:,}×{self.side:,} px, one core")
        head = ["what", "masks/s", "masks drawn", "bytes a mask", "IoU", "exact, 8-bit: times as fast",
                "exact, 1-bit: times as fast", "cairo, 8-bit: times as fast"]
        is_huge = self.side == HUGE
        rows = []
        for way, name in OURS.items():
            byte_count = self.ours[way][0][1]
            report.figure(f"masks/{self.side}/{way}/per_second", self.rate(way))
            if byte_count:
                report.figure(f"masks/{self.side}/{way}/bytes", byte_count)
            rows.append([
                name, significant(self.rate(way)), f"{self.our_count:,}",
                significant(byte_count) if byte_count else "–",
                "1 (the rule)" if way.startswith("exact") else f"{cairo_iou:.4f}", "", "", ""]
                + ["see below"] * is_huge)
        report.figure(f"masks/{self.side}/cairo/iou", cairo_iou)
        for name, reports in self.reports.items():
            first = reports[0]
            if "missing" in first:
                rows.append([f"{PEERS[name].name}: missing ({first['missing']})"] + ["–"] * (7 + is_huge))
                continue
            rate = median(one["masks"] / one["seconds"] for one in reports[-self.run.rounds:])
            path = f"peers/{name}/{self.side}"
            report.figure(f"{path}/per_second", rate)
            report.figure(f"{path}/iou", first["iou"])
            for way in self.ratios[name]:
                report.figure(f"{path}/{way}_times_as_fast", self.ratio(name, way))
            rows.append([
                PEERS[name].name, significant(rate), f"{first['masks']:,}", significant(first["bytes"]),
                f"{first['iou']:.4f}",
                *(times(self.ratio(name, way)) for way in ("exact-8", "exact-1", "cairo-8"))]
                + [megabytes(first["peak"])] * is_huge)
        report.table(head + ["peak memory"] * is_huge, rows)

    def claim(self, claims):
        def faster(what, way, peer, limit):
            ratio = self.ratio(peer.lower().split("-")[0], way)
            claims.at_least(f"{what}: times as fast as {peer}", ratio, limit, times)

        if self.side == 512:
            faster("exact + 8-bit PNG at 512²", "exact-8", "OpenCV", 12)
            faster("exact + 8-bit PNG at 512²", "exact-8", "Pillow", 20)
            claims.at_least(
                "exact + 8-bit PNG at 512²: masks/s (indicative)", self.rate("exact-8"), 25_000, significant)
            share = median(
                one / eight for (one, _), (eight, _) in zip(self.ours["exact-1"], self.ours["exact-8"]))
            claims.at_least("exact + 1-bit PNG at 512²: rate relative to 8-bit", share, 0.85, times)
            faster("cairo + 8-bit PNG at 512²", "cairo-8", "OpenCV", 4)
        if self.side == HUGE:
            faster("exact + 1-bit PNG at 16,384²", "exact-1", "rsvg-convert", 500)


def png_bytes(run, masks, claims, comparison):
    """The sizes of our PNGs beside libpng's own."""
    run.report.heading("Bytes of a PNG, 512×512 px: libpng with its default filters and zlib level")

    def by_depth(version):
        return {line["bit_depth"]: line for line in version.micro("bytes", masks)}

    pairs = in_turn(run, 1, by_depth) or [(None, by_depth(run))]
    rows = []
    for depth, line in sorted(pairs[0][1].items(), reverse=True):
        ratio = line["ours"] / line["libpng"]
        rows.append([
            f"{depth}-bit, mean of {line['masks']:,} masks", significant(line["ours"]), significant(line["libpng"]),
            times(ratio), f"{line['ours_seconds'] * 1e6:,.1f} µs", f"{line['libpng_seconds'] * 1e6:,.0f} µs"])
        run.report.figure(f"png/{depth}/bytes", line["ours"])
        run.report.figure(f"png/{depth}/libpng_bytes", line["libpng"])
        run.report.figure(f"png/{depth}/relative_to_libpng", ratio)
        claims.at_most(f"bytes of {depth}-bit PNG: relative to libpng's default", ratio, 1.25, times)
        if run.previous:
            sizes = [(old[depth]["ours"], new[depth]["ours"]) for old, new in pairs]
            comparison.add(f"png/{depth}", f"PNG, {depth}-bit, 512×512 px", "bytes", sizes, False)
            shares = [tuple(one[depth]["ours"] / one[depth]["libpng"] for one in pair) for pair in pairs]
            comparison.add(
                f"png/{depth}/libpng", f"PNG, {depth}-bit, 512×512 px, relative to libpng's default", "×", shares,
                False)
    run.report.table(
        ["what", "ours", "libpng", "relative to libpng", "our encoding", "libpng's encoding"], rows)
