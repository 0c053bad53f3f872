"""Chapter: what masks of a wanted hole ratio cost, by what unconstrained ones do."""

from workplace import figure, median, table

BORDERS = ["touching", "free"]
RATIOS = ["0.01...0.1", "0.1...0.2", "0.2...0.3", "0.3...0.4", "0.4...0.5", "0.5...0.6"]


def ratios(place, claims):
    print("\n## Masks of a wanted hole ratio, default export (cairo; PNG, JSON, SVG): processor time\n")
    rows = []
    for border in BORDERS:
        for ratio in RATIOS:
            costs, shares = [], []
            for _ in range(place.rounds):
                before = cost(place)
                costs.append(cost(place, "--border", border, "--hole-ratio", ratio))
                shares.append(2 * costs[-1] / (before + cost(place)))
            rows.append([border, ratio, figure(median(costs)), figure(median(shares)) + " ×"])
            claims.at_most(
                f"mean cost of a mask, {border}, hole ratio {ratio}: by that of an unconstrained one", median(shares),
                4, "{:.2f} ×".format)
    table(["border", "hole ratio", "µs a mask", "by unconstrained"], rows)


def cost(place, *options):
    """µs a mask, without start and reading."""
    small, large = 6, 306 if place.is_quick else 1206
    seconds = place.export(large, *options).cpu_seconds - place.export(small, *options).cpu_seconds
    return seconds / (large - small) * 1e6
