"""Chapter: masks like those that others publish."""

import numpy as np
from published_masks import one_box
from stroke_match import StrokeMatch
from tracing_run import OTHER_SEED, OWN, QD_IMD, column, ratio


def published(run, claims):
    run.report.heading(f"Masks like those that others publish: {run.count:,} of each kind")
    run.report.text("With the defaults: `--fidelity clean`, `--shapes mixed`. Their generators are written from descriptions.")
    rows = []
    for kind in run.kinds:
        if kind == OWN:
            continue
        process, results = run.trace(run.images(kind), f"{kind} clean")
        values, tolerant, speed = column(results), column(results, "iou_1px"), len(results) / process.cpu_seconds
        rows.append([
            kind, ratio(values.mean()), ratio(np.quantile(values, 0.05)), ratio(values.min()), ratio(tolerant.mean()),
            ratio(tolerant.min()), f"{column(results, 'strokes').mean():.1f}", f"{column(results, 'outlines').mean():.1f}",
            f"{speed:.1f}"])
        if kind == QD_IMD:
            claim_qd_imd(run, claims, tolerant, speed)
        else:
            claims.at_least(f"{run.count:,} masks, {kind}: IoU, mean", values.mean(), 0.995, ratio)
            claims.at_least(f"{run.count:,} masks, {kind}: IoU, lowest", values.min(), 0.995, ratio)
    run.report.table(["masks", "IoU, mean", "5th percentile", "lowest", "with 1 px tolerance, mean", "lowest",
                      "strokes per mask", "outlines per mask", "masks per second on one core"], rows)
    one_box_each(run, claims)


def claim_qd_imd(run, claims, tolerant, speed):
    match = StrokeMatch()
    truth = list(run.vectors("own").values())
    for true, mask in zip(truth, run.vectors(f"{QD_IMD} clean").values()):
        match.add(true, mask)
    what = f"{run.count:,} masks, {QD_IMD}: "
    claims.at_least(f"{what}IoU with a tolerance of 1 px, mean", tolerant.mean(), 0.9995, ratio)
    claims.at_most(f"{what}strokes and outlines per true stroke", match.strokes_per_true, 1.4, "{:.2f}".format)
    claims.at_least(f"{what}masks per second on one core", speed, 4, "{:.1f}".format)


def one_box_each(run, claims):
    random = np.random.default_rng(OTHER_SEED)
    _, results = run.trace(run.save("box", (one_box(random) for _ in range(run.count))), "box traced")
    exact = sum(result["vertices"] == 4 and result["iou"] == 1 for result in results)
    claims.add(f"{run.count:,} axis-parallel boxes: four vertices, the same pixels", f"{run.count}", exact, exact == run.count)
