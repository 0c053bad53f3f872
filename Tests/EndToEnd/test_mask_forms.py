"""Masks in the forms of others: JPEG, archives, COCO's run lengths, NumPy's arrays. The hole is that of the PNGs."""

import gzip
import io
import json
import tarfile
import zipfile

import numpy
import pytest
from conftest import export, run
from PIL import Image
from pycocotools import mask as coco


@pytest.fixture(scope="module")
def masks(bundled, tmp_path_factory):
    """A dataset of a few masks, with COCO's annotations."""
    output = tmp_path_factory.mktemp("forms") / "masks"
    export(bundled, output, "--train", 6, "--test", 0, "--canvas", "96x64", "--min-stroke-width", 1, "--max-stroke-width", 4,
           "--coco")
    return output


@pytest.fixture(scope="module")
def pixels(masks):
    return [numpy.array(Image.open(path)) for path in sorted((masks / "train").iterdir())]


def ratios(path, *options):
    """The number of masks, and the statistics of their hole ratios."""
    lines = run("inspect", path, *options).stdout.splitlines()
    return [line for line in lines if line.split()[0] in ("masks", "sizes", "hole", "hole_ratio")]


def diff(path, reference, *options, exit_code=0):
    return run("diff", path, reference, "--quiet", *options, exit_code=exit_code)


def jpeg(image, **options):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", **options)
    return file.getvalue()


def named(folder, masks, pixels, ending, encode):
    folder.mkdir()
    for path, image in zip(sorted((masks / "train").iterdir()), pixels):
        (folder / path.with_suffix(ending).name).write_bytes(encode(image))
    return folder


@pytest.mark.parametrize("options", [{"quality": 95}, {"quality": 92, "progressive": True}], ids=["baseline", "progressive"])
@pytest.mark.parametrize("ending", [".jpg", ".JPEG", ".png"])
def test_jpegs_are_read_with_a_threshold(masks, pixels, tmp_path, options, ending):
    """Pillow decodes the same pixels."""
    folder = named(tmp_path / "jpegs", masks, pixels, ending, lambda image: jpeg(image, **options))
    expected = named(tmp_path / "pngs", masks, pixels, ".png", lambda image: png(
        255 * (numpy.array(Image.open(io.BytesIO(jpeg(image, **options)))) >= 100).astype("uint8")))
    diff(folder, expected, "--threshold", 100)
    done = run("inspect", folder, exit_code=1)
    assert "expected 0 or 255 only, or a threshold" in done.stderr


def png(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def test_color_jpegs_have_the_brightness_or_the_red_that_pillow_sees(masks, pixels, tmp_path):
    color = [numpy.stack([image, image // 3, 255 - image], axis=2) for image in pixels]
    folder = named(tmp_path / "jpegs", masks, color, ".jpg", lambda image: jpeg(image, quality=97, subsampling=0))
    decoded = [Image.open(path) for path in sorted(folder.iterdir())]
    red = named(tmp_path / "red", masks, [255 * (numpy.array(image)[..., 0] >= 128).astype("uint8") for image in decoded],
                ".png", png)
    diff(folder, red, "--candidate-channel", "red", "--threshold", 128)
    gray = [Image.open(path) for path in sorted(folder.iterdir())]
    for image in gray:
        image.draft("L", image.size)
    gray = named(tmp_path / "gray", masks, [255 * (numpy.array(image.convert("L")) >= 60).astype("uint8") for image in gray],
                 ".png", png)
    diff(folder, gray, "--threshold", 60)


def test_a_damaged_jpeg_is_an_error(masks, pixels, tmp_path):
    data = jpeg(pixels[0], quality=95)
    for name, damaged, message in [("cut", data[:-40], "not a whole JPEG: "), ("empty", b"", "is empty; expected PNG or JPEG"),
                                   ("start", data[:3], "not a whole JPEG: ")]:
        (tmp_path / f"{name}.jpg").write_bytes(damaged)
        assert f"{name}.jpg: {message}" in run("inspect", tmp_path / f"{name}.jpg", "--threshold", 128, exit_code=1).stderr
    (tmp_path / "inks.jpg").write_bytes(cmyk())
    assert "inks.jpg: the colors are inks of print (CMYK); expected gray or RGB" in run("inspect", tmp_path / "inks.jpg", "--threshold", 128, exit_code=1).stderr


def cmyk():
    file = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(file, "JPEG")
    return file.getvalue()


def test_jpegs_beside_masks_are_photos(masks, pixels, tmp_path):
    folder = named(tmp_path / "images", masks, pixels, ".png", png)
    (folder / "photo.jpg").write_bytes(jpeg(pixels[0], quality=20))
    assert ratios(folder) == ratios(masks / "train")


@pytest.mark.parametrize("kind", ["zip", "stored.zip", "tar.gz", "tgz"])
@pytest.mark.parametrize("part", ["train", "vectors", "."])
def test_archives_are_read_as_the_folders_in_them(masks, tmp_path, kind, part):
    path = tmp_path / f"masks.{kind}"
    if kind.endswith("zip"):
        method = zipfile.ZIP_STORED if kind.startswith("stored") else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", method) as out:
            for file in sorted((masks / part).rglob("*")):
                out.write(file, file.relative_to(masks / part))
    else:
        with tarfile.open(path, "w:gz") as out:
            out.add(masks / part, "./")
    diff(path, masks / part)
    assert ratios(path) == ratios(masks / part)


def test_cocos_annotations_of_a_dataset_are_its_masks(masks, tmp_path):
    file = masks / "coco" / "train" / "annotations.json"
    if not file.exists():
        file = next(masks.rglob("annotations.json"))
    diff(file, masks)
    content = json.loads(file.read_text())
    for annotation in content["annotations"]:
        runs = annotation["segmentation"]
        bitmap = coco.decode(runs).flatten("F")
        changes = numpy.flatnonzero(numpy.diff(numpy.concatenate([[0], bitmap])))
        ends = numpy.concatenate([[0], changes, [bitmap.size]])
        runs["counts"] = numpy.diff(ends).tolist()
    (tmp_path / "uncompressed.json").write_text(json.dumps(content))
    diff(tmp_path / "uncompressed.json", masks)


def test_results_and_several_annotations_of_an_image_are_masks_of_their_own(pixels, tmp_path):
    runs = [coco.encode(numpy.asfortranarray(image // 255)) for image in pixels]
    results = [{"image_id": 7, "category_id": 1, "score": 0.5, "segmentation": run | {"counts": run["counts"].decode()}}
               for run in runs]
    (tmp_path / "results.json").write_text(json.dumps(results))
    reference = tmp_path / "pngs"
    reference.mkdir()
    for index, image in enumerate(pixels):
        (reference / f"results_7_{index}.png").write_bytes(png(image))
    diff(tmp_path / "results.json", reference)
    (tmp_path / "one.json").write_text(json.dumps(results[0]["segmentation"]))
    diff(tmp_path / "one.json", reference / "results_7_0.png")


POLYGON = {"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [
    {"id": 5, "image_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]}]}
REFUSED_JSON = {
    "polygons": (POLYGON, 'annotation 5: "segmentation" has polygons; expected run lengths (pycocotools: coco.annToRLE)'),
    "too few pixels": ({"size": [4, 5], "counts": [3, 4]}, '"counts" add up to 7 px; expected 20, as of 5×4 px'),
    "too many pixels": ({"size": [4, 5], "counts": [3, 40]}, "a run of 40 px after 3 px; expected 20 px in all"),
    "no text of coco": ({"size": [4, 5], "counts": "\x7f"}, '"counts" is not a text of pycocotools'),
    "no size": ({"size": [4], "counts": "0"}, '"size" is not [height, width]'),
}


@pytest.mark.parametrize("name", REFUSED_JSON)
def test_annotations_that_are_no_run_lengths_are_errors(name, tmp_path):
    (tmp_path / "x.json").write_text(json.dumps(REFUSED_JSON[name][0]))
    done = run("inspect", tmp_path / "x.json", exit_code=1)
    assert f"{tmp_path}/x.json: " in done.stderr and REFUSED_JSON[name][1] in done.stderr


@pytest.mark.parametrize("kind", ["uint8", "bool", "0 and 1", "with a channel", "npz", "compressed npz", "gray"])
def test_arrays_are_masks_by_index(pixels, tmp_path, kind):
    stack = numpy.stack(pixels)
    options = []
    if kind == "bool":
        stack = stack > 0
    elif kind == "0 and 1":
        stack = stack // 255
    elif kind == "with a channel":
        stack = stack[..., None]
    elif kind == "gray":
        stack, options = stack // 2 + 60, ["--threshold", 100]
    path = tmp_path / "masks.npy"
    if "npz" in kind:
        path = tmp_path / "masks.npz"
        (numpy.savez if kind == "npz" else numpy.savez_compressed)(path, masks=stack)
    else:
        numpy.save(path, stack)
    reference = tmp_path / "pngs"
    reference.mkdir()
    for index, image in enumerate(pixels):
        (reference / f"masks_{index:05}.png").write_bytes(png(image))
    diff(path, reference, *options)
    # Three dimensions are a stack, whatever the last one is.
    numpy.save(tmp_path / "one.npy", stack[3].reshape(pixels[3].shape))
    diff(tmp_path / "one.npy", reference / "masks_00003.png", *options)


REFUSED_ARRAYS = {
    "floats": (numpy.zeros((2, 3, 4), "float32"), "an array of \"<f4\" and shape (2, 3, 4); expected uint8 or bool"),
    "fortran": (numpy.asfortranarray(numpy.zeros((2, 3, 4), "uint8")), "an array in Fortran order; expected C order"),
    "channels": (numpy.zeros((2, 3, 4, 3), "uint8"), "shape (2, 3, 4, 3); expected (H, W), (N, H, W), or (N, H, W, 1)"),
    "gray": (numpy.full((2, 3), 7, "uint8"), "pixel (0, 0) has brightness 7; expected 0 or 255 only, or a threshold"),
}


@pytest.mark.parametrize("name", REFUSED_ARRAYS)
def test_arrays_that_are_no_masks_are_errors(name, tmp_path):
    numpy.save(tmp_path / "x.npy", REFUSED_ARRAYS[name][0])
    done = run("inspect", tmp_path / "x.npy", exit_code=1)
    assert f"{tmp_path}/x.npy: " in done.stderr and REFUSED_ARRAYS[name][1] in done.stderr


@pytest.mark.parametrize("name", ["WEBP", "TIFF", "GIF", "BMP"])
def test_an_image_in_another_format_is_named(name, tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "mask", name)
    (tmp_path / "mask").rename(tmp_path / "mask.png")
    done = run("inspect", tmp_path / "mask.png", exit_code=1)
    assert f"mask.png: {name.replace('WEBP', 'WebP')} is not read as a mask; expected PNG or JPEG" in done.stderr


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"
#: Names of files, their bytes, and what the message says.
NOT_MASKS = {
    "pointers of Git LFS": (["x.npy", "x.json", "x.svg", "x.jsonl", "x.tar", "x.tar.gz", "x.zip"], POINTER,
                            "is a pointer of Git LFS; expected the file itself (git lfs pull)"),
    "pointers to images": (["x.png", "x.jpg"], POINTER, "a pointer of Git LFS is not read as a mask; expected PNG or JPEG"),
    "nothing": (["x.png", "x.jpg"], b"", "is empty; expected PNG or JPEG"),
    "UTF-16": (["x.json"], '{"format":"qd-imd-mask/1"}'.encode("utf-16"), "not JSON: text in UTF-16; expected UTF-8"),
    "a byte order mark": (["x.json"], b"\xef\xbb\xbf{}", "not JSON: a byte order mark; expected UTF-8 without one"),
    **{name: (["x.json"], text.encode(), message) for name, text, message in [
        ("labelme", '{"version":"5.0.1","shapes":[],"imagePath":"a.jpg","imageData":null}',
         "an annotation of labelme; expected its shapes drawn as masks (PNG or SVG), or run lengths of COCO"),
        ("VIA", '{"a.jpg12":{"filename":"a.jpg","regions":[]}}', "annotations of VIA; expected its shapes drawn as masks"),
        ("a project of VIA", '{"_via_settings":{},"_via_img_metadata":{}}', "annotations of VIA; expected its shapes"),
        ("Supervisely", '{"size":{},"objects":[{"geometryType":"bitmap"}]}', "an annotation of Supervisely; expected its"),
        ("BrushBench", '{"000000000":{"image":"a.jpg","inpainting_mask":[0,5]}}',
         "BrushBench's list of images; expected its run lengths as PNG, or as those of COCO"),
        ("GeoJSON", '{"type":"FeatureCollection","features":[]}', "GeoJSON; expected its shapes drawn as masks"),
        ("fabric.js", '{"version":"5.3.0","objects":[{"type":"path"}]}', "a canvas of fabric.js; expected the SVG that it"),
        ("Excalidraw", '{"type":"excalidraw","elements":[]}', "a document of Excalidraw; expected the SVG that it exports"),
        ("tldraw", '{"tldrawFileFormatVersion":1,"records":[]}', "a document of tldraw; expected the SVG that it exports"),
        ("a drawing", '{"word":"cat","drawing":[[[1],[2]]]}', "a drawing; expected a mask, as export makes of drawings"),
        ("strokes", '{"word":"cat","strokes":[[[1],[2]]]}', "a drawing; expected a mask, as export makes of drawings"),
        ("Label Studio", '[{"id":1,"data":{"image":"x"},"annotations":[]}]',
         "tasks of Label Studio; expected its export as PNG or COCO"),
        ("boxes", '[{"image_id":1,"bbox":[1,2,3,4],"score":1}]',
         'boxes, as of COCO\'s results; expected "segmentation" with run lengths'),
        ("masks in an array", '[{"format":"qd-imd-mask/1","canvas":[9,5],"strokes":[]}]',
         "an array of masks; expected JSON Lines (.jsonl), a mask in each line"),
        ("a mask without a format", '{"canvas":[9,5],"strokes":[]}', '"format" is missing; expected "qd-imd-mask/1"'),
        ("other objects", '{"a":{"b":[1]}}', '"format" is missing; expected "qd-imd-mask/1"'),
        ("other values", "[1,[2]]", "not a JSON object; expected a mask"),
    ]},
    "gzip": (["x.tar"], gzip.compress(b"x" * 600), "is gzipped; expected a name that ends in .tar.gz, or an uncompressed tar"),
}


@pytest.mark.parametrize("name", NOT_MASKS)
def test_what_is_no_mask_is_named_with_what_helps(name, tmp_path):
    files, data, message = NOT_MASKS[name]
    for file in files:
        (tmp_path / file).write_bytes(data)
        done = run("inspect", tmp_path / file, exit_code=1)
        assert done.stderr.startswith(f"{tmp_path}/{file}: {message}") and len(done.stderr.splitlines()) == 1, done.stderr


def test_vectorize_traces_masks_of_other_programs(masks, pixels, tmp_path):
    numpy.savez_compressed(tmp_path / "masks.npz", m=numpy.stack(pixels))
    run("vectorize", tmp_path / "masks.npz", "--output", tmp_path / "traced", "--quiet")
    reference = tmp_path / "pngs"
    reference.mkdir()
    for index, image in enumerate(pixels):
        (reference / f"m_{index:05}.png").write_bytes(png(image))
    lines = list((tmp_path / "traced").rglob("*.jsonl"))
    assert lines and sum(len(path.read_text().splitlines()) for path in lines) == len(pixels)
