"""Chapter: masks of this program, whose strokes are known."""

import cv2
import numpy as np
from images import iou
from published_masks import SIDE
from stroke_match import StrokeMatch
from tracing_run import OWN, column, pixel_width, pixels, ratio

SCALE = 4


def own_masks(run, claims):
    images = run.images(OWN)
    truth = run.vectors("own")
    measured = {}
    for fidelity in ("pixels", "clean"):
        process, results = run.trace(images, f"{OWN} {fidelity}", "--fidelity", fidelity)
        match = StrokeMatch()
        for name, mask in run.vectors(f"{OWN} {fidelity}").items():
            match.add(truth[name], mask)
        measured[fidelity] = (results, match, len(results) / process.cpu_seconds, enlarged(run, f"{OWN} {fidelity}"))
    count = run.own_count
    claim(claims, count, *measured["pixels"], *measured["clean"])
    run.report.heading(f"Masks of this program: {count:,}, of {measured['clean'][1].true:,} strokes")
    run.report.table(["", "`--fidelity pixels`", "`--fidelity clean`"],
                     [[name, *(form(*one) for one in measured.values())] for name, form in ROWS.items()])
    run.report.text(
        "A pixel of the path of a stroke counts for recall or precision if a stroke of the same width (to 0.5 px) passes",
        "within 1 px. A stroke is found if the mean distance to a traced one, and back, is below half its width; each traced",
        "one is compared with one true stroke. A stroke is visible if 5 % of its pixels are no other stroke's. A slit is a",
        f"pixel at {SCALE * SIDE:,} px that is no hole although its pixel of the image is, with all eight neighbors, and",
        "although the true strokes cover it.")


def enlarged(run, folder):
    """The IoU with the true masks at a larger size, and how many have slits."""
    true, traced = run.drawn("own", SCALE), run.drawn(folder, SCALE)
    values, slits = [], 0
    for name, path in traced.items():
        large, expected = pixels(path), pixels(true[name])
        values.append(iou(expected, large))
        slits += has_slit(large, expected, pixels(run.images(OWN) / f"{name}.png"))
    return np.array(values), slits


def has_slit(large, expected, image):
    # Beyond the edge, everything is hole.
    inside = cv2.resize(cv2.erode(image, np.ones((3, 3), np.uint8)), large.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return cv2.countNonZero(cv2.bitwise_and(cv2.bitwise_and(inside, expected), 1 - large)) > 0


ROWS = {
    "IoU, mean": lambda results, *_: ratio(column(results).mean()),
    "IoU, 5th percentile": lambda results, *_: ratio(np.quantile(column(results), 0.05)),
    "IoU, lowest": lambda results, *_: ratio(column(results).min()),
    "IoU with a tolerance of 1 px, mean": lambda results, *_: ratio(column(results, "iou_1px").mean()),
    f"IoU with the true strokes at {SCALE * SIDE:,} px, mean": lambda *one: ratio(one[3][0].mean()),
    f"IoU with the true strokes at {SCALE * SIDE:,} px, lowest": lambda *one: ratio(one[3][0].min()),
    f"masks with slits at {SCALE * SIDE:,} px": lambda *one: one[3][1],
    "strokes and outlines per true stroke": lambda _, match, *__: f"{match.strokes_per_true:.2f}",
    "recall by length": lambda _, match, *__: f"{match.recall:.3f}",
    "precision by length": lambda _, match, *__: f"{match.precision:.3f}",
    "strokes found": lambda _, match, *__: f"{match.part_found:.3f}",
    "visible strokes found": lambda _, match, *__: f"{match.part_of_visible_found:.3f}",
    "error of the width, median": lambda _, match, *__: pixel_width(match.width_error(0.5)),
    "error of the width, 95th percentile": lambda _, match, *__: pixel_width(match.width_error(0.95)),
    "masks per second on one core": lambda *one: f"{one[2]:.1f}",
}


def claim(claims, count, results, _, speed, large, clean_results, clean, clean_speed, clean_large):
    values = column(results)
    what = f"{count:,} own masks, "
    claims.at_least(f"{what}`pixels`: IoU, mean", values.mean(), 0.999, ratio)
    claims.at_least(f"{what}`pixels`: IoU, 5th percentile", np.quantile(values, 0.05), 0.998, ratio)
    claims.at_least(f"{what}`pixels`: IoU, lowest", values.min(), 0.99, ratio)
    claims.at_least(f"{what}`pixels`: IoU with the true strokes at {SCALE * SIDE:,} px, mean", large[0].mean(), 0.994, ratio)
    claims.at_most(f"{what}`pixels`: masks with slits at {SCALE * SIDE:,} px", large[1], 0, str)
    claims.at_most(f"{what}`clean`: strokes and outlines per true stroke", clean.strokes_per_true, 1.15, "{:.2f}".format)
    claims.at_least(f"{what}`clean`: recall by length", clean.recall, 0.93, "{:.3f}".format)
    claims.at_least(f"{what}`clean`: precision by length", clean.precision, 0.93, "{:.3f}".format)
    claims.at_least(f"{what}`clean`: visible strokes found", clean.part_of_visible_found, 0.88, "{:.3f}".format)
    claims.at_most(f"{what}`clean`: error of the width, median", clean.width_error(0.5), 0.02, pixel_width)
    claims.at_most(f"{what}`clean`: error of the width, 95th percentile", clean.width_error(0.95), 0.15, pixel_width)
    claims.at_least(f"{what}`pixels`: masks per second on one core", speed, 10, "{:.1f}".format)
    claims.at_least(f"{what}`clean`: masks per second on one core", clean_speed, 10, "{:.1f}".format)
