"""The license and the authors of drawings: recognized for Quick, Draw!, specified, or not named at all."""

import json

import pytest
from conftest import FIXTURES, drawing_sources, export, run, tree

COUNTS = ["--train", 3, "--test", 2]
EVERYWHERE = ["--layout", "qd-imd,huggingface", "--coco", "--croissant"]
NOTE = "the license of the drawings is unknown, so the dataset names none; --license specifies it\n"
GOOGLE = "The drawings are from the Quick, Draw! Dataset: made available by Google, Inc."
BY = "https://creativecommons.org/licenses/by/4.0/"
NASTY = 'A "B" \\ \'C\': é\n---\nlicense: mit\n# [x](y) <b>\t\x01\x1b[1m'


def write_drawings(folder, keys, country="DE", time="2017-03-15 12:00:00.5 UTC", words=("cat", "dog")):
    folder.mkdir(parents=True)
    for word in words:
        (folder / f"{word}.ndjson").write_text("".join(json.dumps({
            "word": word, "countrycode": country, "timestamp": time, "recognized": True, "key_id": str(key),
            "drawing": [[[10, 200, 90], [0, 255, 30]]]}) + "\n" for key in keys))
    return folder


@pytest.fixture(scope="module")
def official(tmp_path_factory):
    """Drawings with what the records of Quick, Draw! have: real ones are not in this project."""
    return write_drawings(tmp_path_factory.mktemp("official") / "drawings", range(5_201_136_883_597_312, 5_201_136_883_597_318))


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return write_drawings(tmp_path_factory.mktemp("own") / "drawings", range(1, 7))


def front_matter(text):
    """The header of a dataset card, as the hub reads it."""
    import yaml

    assert text.startswith("---\n")
    return yaml.safe_load(text[4:].split("\n---\n", 1)[0])


def named(folder):
    """The license and the attribution in everything that names them."""
    manifest = json.loads((folder / "dataset.json").read_text())
    card = (folder / "huggingface" / "README.md").read_text()
    croissant = json.loads((folder / "croissant.json").read_text())
    coco = json.loads((folder / "coco" / "test" / "annotations.json").read_text())
    licenses = coco["licenses"]
    assert {image.get("license") for image in coco["images"]} == ({1} if licenses else {None})
    assert coco["info"].get("contributor") == croissant.get("citeAs") == manifest.get("attribution")
    everything = b"".join(data for name, data in tree(folder).items() if name.endswith((".json", ".md")))
    return {
        "manifest": manifest.get("license"), "attribution": manifest.get("attribution"), "card": front_matter(card),
        "text": card, "croissant": croissant.get("license"), "coco": licenses, "everything": everything,
    }


def test_drawings_of_quick_draw_are_recognized(official, tmp_path):
    said = run("export", official, "--output", tmp_path / "masks", *COUNTS, *EVERYWHERE).stderr
    assert NOTE not in said
    found = named(tmp_path / "masks")
    assert (found["manifest"], found["card"]["license"], found["croissant"]) == ("CC-BY-4.0", "cc-by-4.0", BY)
    assert found["coco"] == [{"id": 1, "name": "CC BY 4.0", "url": BY}]
    assert found["attribution"].startswith(GOOGLE) and GOOGLE.split(" Dataset")[0] in found["text"]
    assert "quickdraw" in found["card"]["tags"]
    assert "license       CC-BY-4.0; " + GOOGLE in run("inspect", tmp_path / "masks").stdout
    assert "license       CC-BY-4.0; " + GOOGLE in run("inspect", official).stdout
    assert json.loads(run("inspect", official, "--json").stdout)["license"] == "CC-BY-4.0"


def test_real_drawings_are_recognized(tmp_path):
    real = drawing_sources().get("real")
    if real is None:
        pytest.skip("no real drawings")
    export(real, tmp_path / "masks", *COUNTS)
    assert json.loads((tmp_path / "masks" / "dataset.json").read_text())["license"] == "CC-BY-4.0"


@pytest.mark.parametrize("drawings", ["own", "bundled", "mixed", "old", "nowhere", "wordless"])
def test_what_is_unknown_is_not_named(official, own, tmp_path, drawings):
    """The program's own drawings are CC0, and were once declared Google's."""
    keys = range(5_201_136_883_597_312, 5_201_136_883_597_318)
    source = {
        "own": lambda: own, "bundled": lambda: FIXTURES / "drawings",
        "mixed": lambda: write_drawings(tmp_path / "mixed", [*keys, 1]),
        "old": lambda: write_drawings(tmp_path / "old", keys, time="2010-03-15 12:00:00.5 UTC"),
        "nowhere": lambda: write_drawings(tmp_path / "nowhere", keys, country=""),
        "wordless": lambda: write_drawings(tmp_path / "wordless", keys, words=("cat", "Dog")),
    }[drawings]()
    said = run("export", source, "--output", tmp_path / "masks", *COUNTS, *EVERYWHERE).stderr
    assert said.count(f"{source}: {NOTE}") == 1
    found = named(tmp_path / "masks")
    assert (found["manifest"], found["attribution"], found["croissant"], found["coco"]) == (None, None, None, [])
    assert "license" not in found["card"]
    assert not any(word in found["everything"] for word in [b"Google", b"CC BY", b"cc-by", b"creativecommons", b"Quick, Draw"])
    assert "license" not in run("inspect", tmp_path / "masks").stdout
    assert export(source, tmp_path / "quiet", *COUNTS).stderr == ""


@pytest.mark.parametrize("way", ["export", "plan", "index", "spec", "index and plan"])
@pytest.mark.parametrize("attribution", ["The authors", NASTY], ids=["plain", "nasty"])
def test_what_is_specified_is_named_everywhere(own, tmp_path, way, attribution):
    options = ["--license", "CC0-1.0", "--attribution", attribution]
    masks = tmp_path / "masks"
    source, given = own, options
    if "index" in way:
        source, given = tmp_path / "drawings.bank", []
        run("index", own, "--output", source, "--quiet", *options)
        assert json.loads(run("inspect", source, "--json").stdout)["attribution"] == attribution
        assert "license       CC0-1.0; A" in run("inspect", source).stdout.replace("The a", "A")
    if way == "spec":
        (tmp_path / "spec.json").write_text(json.dumps({"attribution": attribution, "license": "CC0-1.0"}))
        given = ["--spec", tmp_path / "spec.json"]
    if "plan" in way:
        said = run("plan", source, "--output", masks, *COUNTS, *EVERYWHERE, *given).stderr
        run("export", "--plan", masks, "--shard", "all")
        run("merge", masks)
    else:
        said = run("export", source, "--output", masks, *COUNTS, *EVERYWHERE, *given).stderr
    assert NOTE not in said
    found = named(masks)
    url = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert (found["manifest"], found["card"]["license"], found["croissant"]) == ("CC0-1.0", "cc0-1.0", url)
    assert found["coco"] == [{"id": 1, "name": "CC0 1.0", "url": url}]
    assert found["attribution"] == attribution
    assert "\x1b" not in found["text"] and "\x01" not in found["text"]
    assert "Quick, Draw" not in found["text"]
    export(own, tmp_path / "again", "--spec", masks / "dataset.json")
    again = tree(tmp_path / "again")
    assert {name: data for name, data in tree(masks).items() if name != "plan.json"} == again


def test_a_license_of_ones_own_is_other_on_the_hub(own, tmp_path):
    export(own, tmp_path / "masks", *COUNTS, *EVERYWHERE, "--license", "LicenseRef-mine")
    found = named(tmp_path / "masks")
    assert (found["manifest"], found["croissant"]) == ("LicenseRef-mine", "LicenseRef-mine")
    assert (found["card"]["license"], found["card"]["license_name"]) == ("other", "licenseref-mine")
    assert found["coco"] == [{"id": 1, "name": "LicenseRef-mine"}] and found["attribution"] is None


def test_what_is_specified_precedes_what_is_recognized(official, tmp_path):
    export(official, tmp_path / "masks", *COUNTS, *EVERYWHERE, "--license", "MIT")
    found = named(tmp_path / "masks")
    assert (found["manifest"], found["attribution"]) == ("MIT", None)
    export(official, tmp_path / "other", *COUNTS, *EVERYWHERE, "--attribution", "Google")
    found = named(tmp_path / "other")
    assert (found["manifest"], found["attribution"]) == ("CC-BY-4.0", "Google")


def test_a_license_does_not_move_to_other_drawings(own, official, tmp_path):
    export(official, tmp_path / "first", *COUNTS, *EVERYWHERE)
    export(own, tmp_path / "second", "--spec", tmp_path / "first" / "dataset.json", "--any-source")
    found = named(tmp_path / "second")
    assert (found["manifest"], found["attribution"]) == (None, None)


def test_an_export_is_not_resumed_with_another_license(own, tmp_path):
    export(own, tmp_path / "masks", *COUNTS, "--license", "MIT")
    said = export(own, tmp_path / "masks", *COUNTS, "--resume", exit_code=1).stderr
    assert said == (f'{tmp_path}/masks/dataset.json: this export uses license "MIT", this command uses none; '
                    "expected the same settings, or another output folder\n")


@pytest.mark.parametrize("command", ["export", "plan", "index"])
@pytest.mark.parametrize("arguments, message", [
    (["--license", "CC BY 4.0"], '--license is "CC BY 4.0"; expected an SPDX identifier of up to 100 letters, digits, - '
                                 "and ., such as CC-BY-4.0"),
    (["--license", ""], '--license is ""; expected an SPDX identifier'),
    (["--license", "MIT\nISC"], '--license is "MIT\\nISC"; expected an SPDX identifier'),
    (["--attribution", " "], "--attribution is blank; expected a text of up to 3000 bytes"),
    (["--attribution", "é" * 1501], "--attribution has 3002 bytes; expected a text of up to 3000 bytes"),
])
def test_wrong_usage(own, tmp_path, command, arguments, message):
    said = run(command, own, "--output", tmp_path / "out", *arguments, exit_code=64).stderr
    assert message in said
    assert not (tmp_path / "out").exists()
