"""Chapter: ndjson into the stroke pool, beside simdjson's own walk through the same bytes."""

from more_drawings import write_large_file
from workplace import figure, median, table


def reading(place, claims):
    large = place.folder / "large.ndjson"
    size = write_large_file(place.drawings, large, 20e6 if place.is_quick else 200e6)
    small = sorted(place.drawings.rglob("*.ndjson")) if place.drawings.is_dir() else [place.drawings]
    small_size = sum(path.stat().st_size for path in small)
    print("\n## ndjson, one core, MB in a second of the processor's time; files in memory\n")
    print("simdjson walks every value on demand by `iterate_many`: without, and with, reading the file into memory.")
    print("qd-imd reads, checks every drawing, chooses a stroke of each and keeps it.\n")
    rows = []
    for name, source, paths in [
        (f"one file of {size / 1e6:,.0f} MB", large, [large]),
        (f"{len(small):,} files, {small_size / 1e6:,.1f} MB in all", place.drawings, small),
    ]:
        share = measure(place, name, source, paths, rows)
        claims.at_least(f"ndjson into the pool, {name}, by iterate_many", share, 0.60, "{:.0%}".format)
    large.unlink()
    table(["what", "iterate_many", "with reading", "qd-imd", "by iterate_many", "by it with reading"], rows)


def measure(place, name, source, paths, rows):
    walks, whole_walks, ours = [], [], []
    for _ in range(place.rounds):
        walk = place.walk(0.4, paths)
        [pool] = place.micro("pool", source, "--seconds", 0.4)
        if pool["drawings"] != walk["drawings"]:
            raise RuntimeError(f"{name}: qd-imd read {pool['drawings']} drawings, simdjson {walk['drawings']}")
        walks.append(walk["bytes"] / walk["walking"] / 1e6)
        whole_walks.append(walk["bytes"] / walk["seconds"] / 1e6)
        ours.append(pool["bytes"] / pool["cpu_seconds"] / 1e6)
    share = median(our / walk for our, walk in zip(ours, walks))
    whole_share = median(our / walk for our, walk in zip(ours, whole_walks))
    rows.append([
        f"{name} (simdjson for {walk['implementation']})", figure(median(walks)), figure(median(whole_walks)),
        figure(median(ours)), f"{share:.0%}", f"{whole_share:.0%}"])
    return share
