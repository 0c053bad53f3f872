"""The reader of masks against the schema that the program prints, in both directions."""

import json
import random

import pytest
from conftest import run
from jsonschema import Draft202012Validator

RUNS = 800
NUMBERS = [
    "0", "-0", "-0.0", "0.0", "1", "1.0", "3.0", "-1", "0.5", "512.0", "5.12e2", "512", "0.01", "0.0100", "0.006",
    "0.00999999999", "1e-7", "9.9e-8", "1e-4", "9e-5", "1e-320", "1e-400", "1000000", "1e6", "1000000.0", "1000001",
    "1000000.5", "10000000", "1e7", "10000000.001", "10000000.004", "-10000000", "-10000000.001", "9007199254740991",
    "9007199254740992", "9007199254740991.0", "9.007199254740991e15", "9223372036854775807", "9223372036854775808",
    "1e12", "-1e12", "1000000000001", "1e19", "1e300", "1e308", "2.5e-1", "0.99999999999999999999", "1.0000001",
]
OTHERS = ["null", "true", "false", '""', '"1"', '"train"', '"test"', '"cat"', "[]", "{}", "[1]", "[1,2]", "[1,2,3]"]
KEYS = [
    "0", "-0", "+0", "7", "007", "", " 7", "7 ", "7.0", "1e3", "x", "0x7", "٧", "18446744073709551615",
    "18446744073709551616", "18446744073709551609", "99999999999999999999", "00000000000000000007", "000000000000000000007",
    "19999999999999999999", "18446744073709551599", "18446744073709549999", "-1", "１",
]


class Masks:
    """Masks as JSON text of which one or two values are replaced, each by any spelling of any value."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.left = self.random.choice([0, 1, 1, 1, 2])

    def pick(self, usual):
        """The usual text of a value, or another one."""
        if self.left == 0 or self.random.random() > 0.08:
            return usual
        self.left -= 1
        return self.random.choice(NUMBERS if self.random.random() < 0.7 else OTHERS)

    def members(self, members):
        """An object; one of its members may be missing, repeated, or renamed."""
        members = list(members.items())
        if self.left and self.random.random() < 0.03:
            self.left -= 1
            place = self.random.randrange(len(members))
            name, value = members[place]
            members[place:place + 1] = self.random.choice([[], [(name, "null"), (name, value)], [(name.upper(), value)]])
        return "{" + ",".join(f'"{name}":{value}' for name, value in members) + "}"

    def array(self, elements):
        """An array; it may have an element less or more."""
        elements = [self.pick(element) for element in elements]
        if self.left and self.random.random() < 0.03:
            self.left -= 1
            elements = self.random.choice([elements[:-1], elements + ["1"], elements + ['"1"'], []])
        return self.pick("[" + ",".join(elements) + "]")

    def key(self):
        if self.left and self.random.random() < 0.3:
            self.left -= 1
            return json.dumps(self.random.choice(KEYS))
        return self.pick('"5201136883597312"')

    def stroke(self):
        source = {"word": self.pick('"cat"'), "key_id": self.key(), "stroke": self.pick("3")}
        if self.random.random() < 0.5:
            source["transform"] = self.array(["0.5", "0", "0", "0.5", "12", "-3"])
        return self.pick(self.members({
            "width": self.pick("4"),
            "points": self.array([self.array(["1.5", "2"]), self.array(["3", "4"])]),
            "fill": self.pick("true"), "cap": self.pick('"butt"'),
            "source": self.pick(self.members(source)),
        }))

    def mask(self):
        return self.members({
            "format": self.pick('"qd-imd-mask/1"'), "id": self.pick('"a"'), "split": self.pick('"train"'),
            "index": self.pick("7"), "canvas": self.array(["512", "384"]), "upscale": self.pick("1.25"),
            "width_factor": self.pick("0.5"), "hole_ratio": self.pick("0.25"), "note": self.pick('"x"'),
            "strokes": self.array([self.stroke()]),
        })


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture(scope="module")
def generated(validator):
    """Texts of masks, and whether the schema allows them."""
    texts = dict.fromkeys(Masks(seed).mask() for seed in range(RUNS))
    return {text: validator.is_valid(json.loads(text)) for text in texts}


def test_what_the_schema_allows_is_read(generated, tmp_path):
    allowed = [text for text, is_valid in generated.items() if is_valid]
    assert len(allowed) > RUNS / 10
    # The reader tells masks apart by their place, so they need no ids.
    unnamed = [text.replace('"id":"a",', "") for text in allowed]
    (tmp_path / "x.jsonl").write_text("\n".join(unnamed) + "\n")
    run("inspect", tmp_path / "x.jsonl")


def test_what_the_schema_forbids_is_refused(generated, tmp_path):
    forbidden = [text for text, is_valid in generated.items() if not is_valid]
    assert len(forbidden) > RUNS / 5
    for text in forbidden:
        (tmp_path / "x.jsonl").write_text(text + "\n")
        done = run("inspect", tmp_path / "x.jsonl", exit_code=1)
        assert done.stderr.count("\n") == 1 and "expected" in done.stderr, text


@pytest.mark.parametrize("canvas, index, key", [("[512.0,512]", "3.0", "0"), ("[5.12e2,512.000]", "30e-1", "007")])
def test_integers_in_any_spelling_are_read(tmp_path, canvas, index, key):
    (tmp_path / "x.jsonl").write_text(
        f'{{"format":"qd-imd-mask/1","canvas":{canvas},"index":{index},"strokes":[{{"width":1,"points":[[1,1]],'
        f'"source":{{"word":"cat","key_id":"{key}","stroke":0.0}}}}]}}\n')
    run("inspect", tmp_path / "x.jsonl")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "18446744073709551616", "9" * 400])
def test_a_number_that_no_type_has_is_refused_even_where_any_value_is_allowed(tmp_path, number):
    """JSON allows it, and so does the schema; readers with doubles would read infinity, or another integer."""
    (tmp_path / "x.jsonl").write_text(f'{{"format":"qd-imd-mask/1","canvas":[9,9],"note":{number},"strokes":[]}}\n')
    assert "not JSON" in run("inspect", tmp_path / "x.jsonl", exit_code=1).stderr


def test_a_mask_that_is_written_conforms(validator, dataset):
    for line in (dataset / "vectors" / "train.jsonl").read_text().splitlines()[:500]:
        mask = json.loads(line)
        validator.validate(mask)
        assert len(str(mask["upscale"])) <= len("1.1234567")


def test_upscale_locates_strokes_at_the_largest_size(bundled, tmp_path):
    """Four decimals were too coarse by 0.21 px at 8,192 px.

    Drawings have integer coordinates in a box of 256, which is scaled to the canvas and by `upscale` about the center.
    The ends of a stroke may be where the canvas crops it.
    """
    run("export", bundled, "--output", tmp_path / "out", "--train", 40, "--test", 0, "--formats", "json", "--quiet",
        "--canvas", 32_767)
    count = 0
    for line in (tmp_path / "out" / "vectors" / "train.jsonl").read_text().splitlines():
        mask = json.loads(line)
        scale = 32_767 / 256 * mask["upscale"]
        for stroke in mask["strokes"]:
            for value in (value for point in stroke["points"][1:-1] for value in point):
                place = (value - 32_767 / 2) / scale + 128
                # Half a hundredth is the rounding of the coordinate itself.
                assert abs(place - round(place)) * scale < 0.015, mask["id"]
                count += 1
    assert count > 500
