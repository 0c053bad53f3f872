"""What is compared: presets with both backends, sizes, recipes, sources, SVG, and soft edges."""

from dataclasses import dataclass

PRESETS = ["qd-imd", "paper-test", "thin", "medium", "thick", "training-mix"]
BACKENDS = ["exact", "cairo"]
# A preset whose variants come in blocks assigns them by the count, so fewer masks are not the first of more.
QUICK_MASKS = 300

# Recipes and outputs that no preset covers; name, and options of `export`.
BOTH_BACKENDS = {
    "size 28": ["--size", 28],
    "size 256": ["--size", 256],
    "1 bit": ["--bit-depth", 1],
    "black holes": ["--hole", "black"],
    "wide canvas": ["--canvas", "640x360"],
    "hole ratio": ["--hole-ratio", "0.2...0.3"],
    "hole ratio, touching": ["--hole-ratio", "0.5...0.6", "--border", "touching"],
    "hole ratio, free": ["--hole-ratio", "0.5...0.6", "--border", "free"],
    "border free by 20 px": ["--border", "free=20"],
    "transforms": ["--rotate", "--flip", "--stroke-scale", "0.5...1.5", "--placement", "uniform"],
    "transforms, hole ratio": [
        "--rotate", "--flip", "--stroke-scale", "0.5...1.5", "--placement", "uniform", "--hole-ratio", "0.1...0.4",
        "--border", "touching", "--size", 256],
}
EXACT_ONLY = {
    "rotate": ["--rotate"],
    "flip": ["--flip"],
    "stroke scale": ["--stroke-scale", "0.25...3"],
    "uniform placement": ["--placement", "uniform"],
    "border touching": ["--border", "touching"],
    "narrow width factor": ["--hole-ratio", "0.1...0.3", "--max-width-factor", 1.2],
    "small canvas": ["--canvas", 48],
    "many strokes": ["--strokes-mean", 40, "--strokes-std", 15],
    "wide range of widths": ["--min-stroke-width", 0.5, "--max-stroke-width", 60],
    "upscale": ["--max-upscale-rate", 6],
    "seed 1": ["--seed", 1],
    "largest seed": ["--seed", 2**64 - 1],
}
SIMPLIFIED_ONLY = {
    "all strokes": ["--strokes-per-drawing", 1000],
    "few drawings": ["--drawings-per-file", 3, "--strokes-per-drawing", 3],
    "words": ["--words", "cat,dog,The Eiffel Tower,ant,bed,bee"],
    "excluded words, countries": ["--exclude-words", "cat", "--countries", "US,DE", "--recognized"],
    "stroke lengths": ["--min-stroke-length", 40, "--max-stroke-length", 600],
    "stroke extents": ["--min-stroke-extent", 20, "--max-stroke-extent", 200],
}
SOFT = {
    "antialias": ["--antialias"],
    "antialias, 1024": ["--antialias", "--size", 1024],
    "antialias, dilate 6": ["--antialias", "--dilate", 6],
    "feather 12": ["--feather", 12],
    "feather 12, 256": ["--feather", 12, "--size", 256],
    "feather 3, dilate 6": ["--feather", 3, "--dilate", 6],
    "dilate 6, exact": ["--dilate", 6, "--backend", "exact"],
    "dilate 6, cairo": ["--dilate", 6, "--backend", "cairo"],
    "scale 1.7, exact": ["--scale", 1.7, "--backend", "exact"],
    "scale 1.7, cairo": ["--scale", 1.7, "--backend", "cairo"],
}


@dataclass(frozen=True)
class Case:
    """One export, and for `rasterize` a second step; what is hashed of it."""

    name: str
    # Which drawings: simplified, raw, binary, bank, or bundled.
    source: str
    train: int
    test: int
    options: tuple = ()
    rasterize: tuple = ()
    has_svg: bool = False
    # The vector file that is rasterized: JSON Lines, or the folder of SVG files.
    rasterized: str = "vectors/train.jsonl"

    @property
    def export_arguments(self):
        if self.rasterize:
            formats = "json,svg"
        else:
            formats = "png,json,svg" if self.has_svg else "png,json"
        return ["--train", self.train, "--test", self.test, "--formats", formats, *self.options]

    @property
    def description(self):
        """The arguments in full, which a recording must have been made with."""
        words = [self.source, "export", *self.export_arguments]
        if self.rasterize:
            words += ["rasterize", self.rasterized, *self.rasterize]
        return " ".join(map(str, words))

    @property
    def is_real(self):
        return self.source != "bundled"


def split_counts(preset, count):
    """Masks for training and testing; the papers' test set has only the latter."""
    return (0, count) if preset == "paper-test" else (count - count // 5, count // 5)


def preset_cases(count, source="simplified", backends=BACKENDS):
    prefix = "" if source == "simplified" else f"{source}, "
    return [
        Case(f"{prefix}preset {preset}, {backend}, {count}", source, *split_counts(preset, count),
             ("--preset", preset, "--backend", backend))
        for preset in PRESETS for backend in backends]


def small_cases():
    """All but the presets of real drawings: the same for the full and the quick check."""
    cases = []
    for backend in BACKENDS:
        for name, options in BOTH_BACKENDS.items():
            cases.append(Case(f"{name}, {backend}", "simplified", 240, 60, (*options, "--backend", backend)))
        cases.append(Case(f"size 1024, {backend}", "simplified", 160, 40, ("--size", 1024, "--backend", backend)))
        cases.append(Case(f"wide canvas, twice the size, {backend}", "simplified", 80, 20, (
            "--canvas", "640x360", "--size", "1280x720", "--backend", backend)))
    for name, options in {**EXACT_ONLY, **SIMPLIFIED_ONLY}.items():
        cases.append(Case(name, "simplified", 240, 60, (*options, "--backend", "exact")))
    cases.append(Case("papers' test set for training, too", "simplified", 120, 180, (
        "--preset", "paper-test", "--backend", "exact")))
    for source, options in [("raw", ()), ("binary", ("--skip-damaged",)), ("bank", ())]:
        for preset in ["qd-imd", "training-mix"]:
            cases.append(Case(f"{source} drawings, {preset}", source, 240, 60, (
                "--preset", preset, "--backend", "exact", *options)))
    cases.append(Case("bank, filtered", "bank", 240, 60, (
        "--countries", "US", "--min-stroke-length", 40, "--strokes-per-drawing", 2, "--backend", "exact")))
    for name, options in {"SVG": (), "SVG, black holes": ("--hole", "black", "--preset", "training-mix")}.items():
        cases.append(Case(name, "simplified", 240, 60, (*options, "--backend", "exact"), has_svg=True))
    for name, options in SOFT.items():
        cases.append(soft_case(f"rasterize, {name}", options))
    cases.append(soft_case("rasterize SVG", ["--backend", "exact"], rasterized="svg/train"))
    cases.append(soft_case("rasterize SVG, antialias", ["--antialias"], rasterized="svg/train"))
    cases += preset_cases(QUICK_MASKS, "bundled", ["exact"])
    cases.append(Case("bundled, cairo", "bundled", 240, 60, ("--backend", "cairo"), has_svg=True))
    return cases


def soft_case(name, options, **more):
    return Case(name, "simplified", 100, 0, ("--preset", "medium"), tuple(options), **more)


def cases(masks, suite):
    """The cases of the suite: full, quick, or both of them, as a recording has them."""
    large = preset_cases(masks) if suite != "quick" else []
    small = preset_cases(QUICK_MASKS) if suite != "full" and masks != QUICK_MASKS or suite == "quick" else []
    return large + small + small_cases()
