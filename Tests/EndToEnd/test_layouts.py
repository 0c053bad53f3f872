"""Layouts, each opened by the program that it is for: every mask is the one in our own layout."""

import glob
import json
import os
import shutil
import subprocess
import time

import cv2
import numpy as np
import pytest
from conftest import PROGRAM, export, run, tree
from PIL import Image

COUNTS = {"train": 310, "test": 70}
LAYOUTS = ["buckets", "flat", "huggingface", "lama", "mat", "webdataset"]
ALL = ["--train", COUNTS["train"], "--test", COUNTS["test"], "--tar", 150, "--layout", ",".join(["qd-imd", *LAYOUTS]),
       "--checksums", "--croissant", "--coco", "--license", "CC0-1.0", "--attribution", "The authors of qd-imd"]
# macOS has another program that reads the same lists.
SHA256SUM = ["sha256sum", "--check"] if shutil.which("sha256sum") else ["shasum", "-a", "256", "--check"]
OWN = ["dataset.json", "preview.png", "svg", "test", "train", "vectors"]


@pytest.fixture(scope="module")
def masks(bundled, tmp_path_factory):
    """A dataset in all layouts, exported to a relative path."""
    folder = tmp_path_factory.mktemp("layouts")
    export(bundled, "masks", *ALL, cwd=folder)
    return folder / "masks"


@pytest.fixture(scope="module")
def images(masks):
    """The masks of our own layout as they are: hole is 255."""
    return {split: [read(masks / split / f"{index:05}_{split}.png") for index in range(count)]
            for split, count in COUNTS.items()}


@pytest.fixture(scope="module")
def lines(masks):
    return {split: (masks / "vectors" / f"{split}.jsonl").read_bytes().splitlines(True) for split in COUNTS}


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """Hugging Face's library, kept off the network, with its cache in a folder that goes away."""
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
    os.environ["HF_HOME"] = str(tmp_path_factory.mktemp("hub"))
    import datasets

    assert datasets.config.HF_HUB_OFFLINE
    return datasets


def read(path):
    image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert image is not None and image.dtype == np.uint8 and image.ndim == 2, path
    return image


def same(found, wanted):
    assert len(found) == len(wanted)
    for index, (one, other) in enumerate(zip(found, wanted)):
        assert (np.asarray(one) == other).all(), index


def test_each_layout_stands_in_a_folder_of_its_own_name(masks):
    assert sorted(path.name for path in masks.iterdir()) == sorted(
        [*OWN, *LAYOUTS, "SHA256SUMS", "coco", "croissant.json"])
    manifest = json.loads((masks / "dataset.json").read_text())
    assert {layout["name"]: layout["hole"] for layout in manifest["layouts"]} == {
        "qd-imd": "white", **dict.fromkeys(LAYOUTS, "white"), "mat": "black"}
    assert manifest["extras"] == ["coco", "croissant", "checksums"]
    assert not [path for path in masks.rglob("*") if " " in str(path.relative_to(masks))]
    assert not [path for path in masks.rglob(".*")]


def test_our_own_layout_is_what_it_is_alone(bundled, masks, tmp_path):
    export(bundled, tmp_path / "own", "--train", COUNTS["train"], "--test", COUNTS["test"])
    own = tree(tmp_path / "own")
    # With the checksums of the manifest; the other dataset has SHA256SUMS.
    del own["dataset.json"], own[".qd-imd-checksums"]
    assert own == {name: data for name, data in tree(masks).items() if name in own}


# Each layout by its own consumer.


def test_flat_as_edgeconnect_reads_it(masks, images, monkeypatch):
    # Its paths are opened as they are, from where the export ran.
    monkeypatch.chdir(masks.parent)
    for split in COUNTS:
        paths = np.genfromtxt(f"masks/flat/{split}.flist", dtype=str, encoding="utf-8")
        assert list(paths) == sorted(glob.glob(f"masks/flat/{split}/*.png"))
        holes = [(read(path) > 0).astype(np.uint8) * 255 for path in paths]
        same(holes, images[split])


def test_lama_as_its_evaluation_reads_it(masks, images):
    for split in COUNTS:
        names = sorted(glob.glob(os.path.join(masks, "lama", split, "**", "*mask*.png"), recursive=True))
        image_names = [os.path.basename(name).rsplit("_mask", 1)[0] + ".png" for name in names]
        assert image_names == sorted(os.listdir(masks / split))
        same([np.array(Image.open(name).convert("L")) for name in names], images[split])


def test_mat_as_it_reads_it(masks, images):
    for split in COUNTS:
        names = sorted(os.listdir(masks / "mat" / split))
        # What is 1 is kept, without any threshold.
        kept = [cv2.imread(str(masks / "mat" / split / name), cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255
                for name in names]
        assert {value for image in kept for value in np.unique(image)} == {0.0, 1.0}
        same([(1 - image) * 255 for image in kept], images[split])


def test_buckets_hold_what_their_names_say(masks, images):
    found = {}
    for folder in (masks / "buckets").iterdir():
        low, high = (int(edge) for edge in folder.name.removeprefix("mask").split("-"))
        assert high == low + 10
        for path in folder.iterdir():
            holes = int((read(path) == 255).sum())
            assert low * 512 * 512 < 100 * holes <= high * 512 * 512, path
            assert path.name not in found
            found[path.name] = read(path)
    for split, count in COUNTS.items():
        same([found.pop(f"{index:05}_{split}.png") for index in range(count)], images[split])
    assert not found
    assert {"mask0-10", "mask10-20", "mask20-30"} <= {path.name for path in (masks / "buckets").iterdir()}


def test_webdataset_streams_its_tars(masks, images, lines):
    import webdataset

    for split, shards in [("train", "{000000..000002}"), ("test", "000000")]:
        urls = f"{masks}/webdataset/{split}-{shards}.tar"
        samples = list(webdataset.WebDataset(urls, shardshuffle=False).decode("pil"))
        assert [sample["__key__"] for sample in samples] == [f"{i:05}_{split}" for i in range(COUNTS[split])]
        same([sample["png"].convert("L") for sample in samples], images[split])
        assert [sample["json"] for sample in samples] == [json.loads(line) for line in lines[split]]
    assert sorted(path.name for path in (masks / "webdataset").iterdir()) == [
        "test-000000.tar", "train-000000.tar", "train-000001.tar", "train-000002.tar"]


def check_hub_dataset(dataset, images, lines):
    assert list(dataset) == ["train", "test"]
    assert list(dataset["train"].features) == ["image", "index", "hole_ratio", "upscale", "strokes", "words"]
    for split in COUNTS:
        rows = list(dataset[split])
        same([row["image"] for row in rows], images[split])
        for index, (row, line) in enumerate(zip(rows, lines[split])):
            mask = json.loads(line)
            assert row["index"] == index == mask["index"]
            assert (row["hole_ratio"], row["upscale"]) == (mask["hole_ratio"], mask["upscale"])
            assert row["strokes"] == len(mask["strokes"])
            assert row["words"] == list(dict.fromkeys(stroke["source"]["word"] for stroke in mask["strokes"]))


def test_load_dataset_opens_the_folder(masks, images, lines, hub, tmp_path):
    dataset = hub.load_dataset(str(masks / "huggingface"), cache_dir=str(tmp_path))
    check_hub_dataset(dataset, images, lines)


def test_load_dataset_opens_it_as_an_imagefolder(masks, images, lines, hub, tmp_path):
    dataset = hub.load_dataset("imagefolder", data_dir=str(masks / "huggingface"), cache_dir=str(tmp_path))
    check_hub_dataset(dataset, images, lines)


def test_the_dataset_card_says_license_task_and_whose_drawings_they_are(masks, hub):
    from huggingface_hub import DatasetCard

    card = DatasetCard.load(masks / "huggingface" / "README.md")
    assert card.data.license == "cc0-1.0"
    assert (card.data.task_categories, card.data.task_ids) == (["image-to-image"], ["image-inpainting"])
    assert card.data.size_categories == ["n<1K"]
    assert "> The authors of qd-imd\n" in card.text and "Google" not in card.text


def test_one_split_and_whole_numbers_are_loaded_too(bundled, hub, tmp_path):
    """Where all rates are 1, they are no whole numbers all the same."""
    export(bundled, tmp_path / "a", "--train", 20, "--test", 0, "--max-upscale-rate", 1, "--layout", "huggingface")
    dataset = hub.load_dataset(str(tmp_path / "a" / "huggingface"), cache_dir=str(tmp_path / "cache"))
    assert list(dataset) == ["train"] and dataset["train"].features["upscale"].dtype == "float64"
    assert set(dataset["train"]["upscale"]) == {1.0}


def test_pycocotools_decodes_the_same_pixels(masks, images):
    from pycocotools import mask as codes
    from pycocotools.coco import COCO

    for split in COUNTS:
        coco = COCO(str(masks / "coco" / split / "annotations.json"))
        assert coco.loadCats(coco.getCatIds()) == [{"id": 1, "name": "hole", "supercategory": "mask"}]
        annotations = coco.loadAnns(coco.getAnnIds())
        files = coco.loadImgs([annotation["image_id"] for annotation in annotations])
        same([coco.annToMask(annotation) * 255 for annotation in annotations], images[split])
        same([read(masks / file["file_name"]) for file in files], images[split])
        for annotation, image in zip(annotations, images[split]):
            code = codes.encode(np.asfortranarray(image == 255))
            assert annotation["segmentation"] == {"size": code["size"], "counts": code["counts"].decode()}
            assert annotation["area"] == codes.area(code) and annotation["iscrowd"] == 0
            assert annotation["bbox"] == list(codes.toBbox(code))


def test_mlcroissant_iterates_the_records(masks, images, lines):
    import mlcroissant

    description = mlcroissant.Dataset(jsonld=str(masks / "croissant.json"))
    issues = description.metadata.ctx.issues
    # There is no clock in what the program writes.
    assert not issues.errors and [warning for warning in issues.warnings if "datePublished" not in warning] == []
    found = {record["masks/id"].decode(): record for record in description.records("masks")}
    for split, count in COUNTS.items():
        records = [found.pop(f"{index:05}_{split}") for index in range(count)]
        assert {record["masks/split"] for record in records} == {split.encode()}
        same([record["masks/image"].convert("L") for record in records], images[split])
    assert not found
    figures = {record["figures/id"].decode(): record for record in description.records("figures")}
    wanted = [json.loads(line) for split in COUNTS for line in lines[split]]
    assert len(figures) == len(wanted)
    for mask in wanted:
        figure = figures[mask["id"]]
        assert (figure["figures/split"].decode(), figure["figures/index"]) == (mask["split"], mask["index"])
        # pandas reads 1.4079 as 1.4079000000000002.
        assert figure["figures/hole_ratio"] == pytest.approx(mask["hole_ratio"], rel=1e-12)
        assert figure["figures/upscale"] == pytest.approx(mask["upscale"], rel=1e-12)


@pytest.mark.parametrize("layout", ["qd-imd", "flat", "buckets", "lama", "mat", "huggingface"])
def test_croissant_finds_the_masks_of_every_layout_with_files(bundled, tmp_path, layout):
    import mlcroissant

    export(bundled, tmp_path / "a", "--train", 12, "--test", 5, "--layout", layout, "--croissant")
    for filters, count in [(None, 17), ({"masks/split": "train"}, 12), ({"masks/split": "test"}, 5)]:
        description = mlcroissant.Dataset(jsonld=str(tmp_path / "a" / "croissant.json"))
        records = list(description.records("masks", filters=filters))
        assert len(records) == len({record["masks/id"] for record in records}) == count


def test_sha256sum_checks_every_file(masks):
    done = subprocess.run([*SHA256SUM, "--strict", "SHA256SUMS"], cwd=masks, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    names = [line.split("  ", 1)[1] for line in (masks / "SHA256SUMS").read_text().splitlines()]
    assert names == sorted(names, key=str.encode) == sorted(tree(masks).keys() - {"SHA256SUMS"}, key=str.encode)


# The disk.


def test_what_is_the_same_lies_on_the_disk_once(masks):
    for index in [0, COUNTS["train"] - 1]:
        own = masks / "train" / f"{index:05}_train.png"
        # Of the seven, MAT's is written anew and WebDataset's in a tar.
        assert own.stat().st_nlink == 5
        for name in [f"flat/train/{index:05}.png", f"lama/train/{index:05}_train_mask000.png",
                     f"huggingface/train/{index:05}_train.png"]:
            assert (masks / name).samefile(own)


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_the_number_of_jobs_changes_nothing(bundled, masks, tmp_path, jobs):
    export(bundled, "masks", *ALL, "--jobs", jobs, cwd=tmp_path)
    assert tree(tmp_path / "masks") == tree(masks)


@pytest.mark.parametrize("part", [
    "flat", *(pytest.param(part, marks=pytest.mark.thorough) for part in ["webdataset", "huggingface", "coco", "croissant.json"])])
def test_an_export_that_is_killed_during_its_layouts_resumes_to_the_same_bytes(bundled, masks, tmp_path, part):
    staging = tmp_path / "masks" / ".qd-imd-partial"
    command = [str(word) for word in [PROGRAM, "export", bundled, "--output", "masks", "--quiet", *ALL]]
    # Until it is caught in the middle: a loaded machine may look too late.
    for _ in range(50):
        process = subprocess.Popen(command, cwd=tmp_path)
        # A file in the making bears a name before its own.
        while process.poll() is None and not any(
                list(staging.glob(f"*/merge-*/dataset/{name}")) for name in [part, f".{part}.*.partial"]):
            time.sleep(0.0005)
        process.kill()
        if process.wait() != 0:
            break
        shutil.rmtree(tmp_path / "masks")
    else:
        pytest.fail("every export ended before it could be killed")
    assert not (tmp_path / "masks" / "dataset.json").exists()
    export(bundled, "masks", "--resume", *ALL, cwd=tmp_path)
    assert tree(tmp_path / "masks") == tree(masks)


def test_overwriting_removes_the_layouts_of_the_dataset_before(bundled, masks, tmp_path):
    output = tmp_path / "masks"
    export(bundled, output, *ALL)
    (output / "notes.txt").write_text("mine")
    export(bundled, output, "--train", 5, "--test", 2, "--layout", "lama,mat", "--overwrite")
    assert sorted(path.name for path in output.iterdir()) == [
        ".qd-imd-checksums", "dataset.json", "lama", "mat", "notes.txt", "preview.png"]
    export(bundled, output, "--train", 5, "--test", 2, "--overwrite")
    assert sorted(path.name for path in output.iterdir()) == sorted([*OWN, ".qd-imd-checksums", "notes.txt"])


def test_a_folder_of_the_users_is_never_taken_for_a_layout(bundled, tmp_path):
    output = tmp_path / "masks"
    export(bundled, output, "--train", 5, "--test", 2)
    (output / "flat").mkdir()
    (output / "flat" / "thesis.txt").write_text("mine")
    before = tree(output)
    said = export(bundled, output, "--layout", "flat", "--overwrite", exit_code=1).stderr
    assert said == f"{output}/flat: is not part of the dataset in {output}; expected no such file or folder\n"
    export(bundled, output, "--train", 5, "--test", 2, "--overwrite")
    assert tree(output) == before


# Options.


def test_holes_of_a_color_that_is_given_are_so_in_all_layouts(bundled, tmp_path):
    for hole in ["white", "black"]:
        output = tmp_path / hole
        export(bundled, output, "--train", 3, "--test", 1, "--layout", "qd-imd,flat,mat", "--hole", hole)
        own = [(output / "train" / f"{index:05}_train.png").read_bytes() for index in range(3)]
        assert [(output / "mat" / "train" / f"{index:05}_train.png").read_bytes() for index in range(3)] == own
        assert [(output / "flat" / "train" / f"{index:05}.png").read_bytes() for index in range(3)] == own
    assert (read(tmp_path / "white/train/00000_train.png") == 255 - read(tmp_path / "black/train/00000_train.png")).all()


def test_sizes_and_bit_depths_hold_in_all_layouts(bundled, tmp_path):
    export(bundled, tmp_path / "a", "--train", 4, "--test", 0, "--layout", "qd-imd,mat,buckets", "--size", 128,
           "--bit-depth", 1, "--coco")
    for index in range(4):
        own, mat = (Image.open(tmp_path / "a" / name / f"{index:05}_train.png") for name in ["train", "mat/train"])
        assert own.size == mat.size == (128, 128) and own.mode == mat.mode == "1"
        assert (np.array(own) != np.array(mat)).all()


def test_masks_are_named_after_images(bundled, tmp_path):
    (tmp_path / "images.txt").write_text("/data/val/cat.png\nb/dog.v2.jpg\nbird\n")
    export(bundled, tmp_path / "a", "--train", 4, "--test", 3, "--layout", "qd-imd,lama", "--image-list",
           tmp_path / "images.txt")
    assert sorted(os.listdir(tmp_path / "a" / "lama" / "train")) == [f"0000{i}_train_mask000.png" for i in range(4)]
    names = ["cat_mask000.png", "dog.v2_mask000.png", "bird_mask000.png"]
    assert sorted(os.listdir(tmp_path / "a" / "lama" / "test")) == sorted(names)
    for index, name in enumerate(names):
        assert (tmp_path / "a/lama/test" / name).samefile(tmp_path / f"a/test/{index:05}_test.png")


@pytest.mark.parametrize("text, said", [
    (b"x/a.png\ny/a.jpg\n", "lines 1 and 2 both name an image a; expected unique names"),
    (b"\n", "nothing to read; expected paths of images, one per line"),
])
def test_image_lists_that_do_not_fit(bundled, tmp_path, text, said):
    path = tmp_path / "images.txt"
    path.write_bytes(text)
    done = export(bundled, tmp_path / "a", "--train", 4, "--test", 2, "--layout", "lama", "--image-list", path, exit_code=1)
    assert done.stderr == f"{path}: {said}\n"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name, data, said", [
    ("gone.png", None, "no such file; expected an image, whose size its mask gets"),
    ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "is a WebP; expected a PNG or a JPEG"),
    ("a.heic", b"\0\0\0\x20ftypheic\0\0\0\0", "is a HEIC; expected a PNG or a JPEG"),
    ("a.png", b"hello", "is not an image of a known format; expected a PNG or a JPEG"),
    ("a.jpg", b"\xff\xd8\xff\xda\0\x08rest of it", "is a damaged JPEG; expected its size at the start"),
])
def test_images_whose_size_cannot_be_read(bundled, tmp_path, name, data, said):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "images.txt").write_text(f"{tmp_path / name}\n")
    done = export(bundled, tmp_path / "out", "--layout", "lama", "--image-list", tmp_path / "images.txt", "--size", "images",
                  exit_code=1)
    assert done.stderr == f"{tmp_path / name}: {said}\n"
    assert not (tmp_path / "out").exists()


def test_images_with_mask_in_their_names_are_not_linked_for_lama(bundled, tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "masked.png")
    (tmp_path / "images.txt").write_text(f"{tmp_path}/masked.png\n")
    arguments = ["--layout", "lama", "--image-list", tmp_path / "images.txt", "--size", "images"]
    said = export(bundled, tmp_path / "out", *arguments, "--link-images", exit_code=64).stderr
    assert (f'{tmp_path}/images.txt: names "masked"; expected no mask in the name of an image that is linked beside its masks, '
            "for which LaMa would take it\n") in said
    export(bundled, tmp_path / "out", *arguments)


def test_a_dataset_for_images_is_reproduced_from_its_description(bundled, tmp_path):
    Image.new("RGB", (300, 200)).save(tmp_path / "cat.jpg")
    (tmp_path / "images.txt").write_text(f"{tmp_path}/cat.jpg\n")
    images = ["--image-list", tmp_path / "images.txt"]
    export(bundled, tmp_path / "a", "--layout", "qd-imd,lama", "--size", "images", "--link-images", "--masks-per-image", 2,
           "--extension", "jpg", "--channels", 3, *images)
    spec = ["--spec", tmp_path / "a" / "dataset.json"]
    export(bundled, tmp_path / "b", *spec, *images)
    assert tree(tmp_path / "b") == tree(tmp_path / "a")
    said = export(bundled, tmp_path / "c", *spec, exit_code=64).stderr
    assert "the spec names masks after images; expected their list: --image-list" in said
    export(bundled, tmp_path / "b", "--layout", "qd-imd,lama", "--size", "images", "--link-images", "--masks-per-image", 2,
           "--extension", "jpg", "--channels", 3, *images, "--resume")
    # The masks that are read are those of the layout, not the image beside them.
    export(bundled, tmp_path / "d", *spec, *images, "--layout", "lama")
    assert "masks         2\n" in run("inspect", tmp_path / "d").stdout


def test_an_export_is_not_resumed_for_other_images(bundled, tmp_path):
    path = tmp_path / "images.txt"
    path.write_text("a\nb\n")
    arguments = ["--train", 4, "--test", 2, "--layout", "lama", "--image-list", path]
    export(bundled, tmp_path / "a", *arguments)
    path.write_text("a\nc\n")
    said = export(bundled, tmp_path / "a", *arguments, "--resume", exit_code=1).stderr
    assert said.startswith(f"{tmp_path}/a/dataset.json: this export uses layouts ")


# Other commands.


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_commands_read_a_dataset_of_one_layout(bundled, masks, tmp_path, layout):
    output = tmp_path / "a"
    export(bundled, output, "--train", 30, "--test", 10, "--layout", layout)
    said = run("diff", output, masks, exit_code=1).stdout
    assert said.startswith("40 same, 0 different, 340 missing, 0 extra, 0 failed\n")
    assert "masks         40\n" in run("inspect", output).stdout
    if layout == "webdataset":
        run("rasterize", output, "--output", tmp_path / "drawn", "--quiet")
        drawn = tree(tmp_path / "drawn")
        assert len(drawn) == 40 and all((masks / name).read_bytes() == data for name, data in drawn.items())
    else:
        said = run("rasterize", output, "--output", tmp_path / "drawn", exit_code=1).stderr
        assert said == (f"{output}: nothing to read; expected vectors, which only the layouts qd-imd and webdataset have "
                        f"(the dataset has {layout})\n")


def test_rasterize_does_not_write_into_a_layout(masks, tmp_path):
    line = (masks / "vectors" / "test.jsonl").read_bytes().splitlines(True)[0]
    (tmp_path / "x.jsonl").write_bytes(line)
    said = run("rasterize", tmp_path / "x.jsonl", "--output", masks / "flat", exit_code=1).stderr
    assert said == f"{masks}/flat: contains a part of a dataset; expected another folder\n"


@pytest.mark.parametrize("arguments, message", [
    (["--layout", "flat,coco"], "The value 'flat,coco' is invalid for '--layout <list>'"),
    (["--layout", "flat,flat"], "The value 'flat,flat' is invalid for '--layout <list>'"),
    (["--layout", "qd-imd,flat", "--tar", "10"],
     "tar files cannot be used with the layouts qd-imd,flat; expected qd-imd alone, or webdataset"),
    (["--tar", "10", "--coco"], "tar files cannot be used with COCO or Croissant, which refer to separate files"),
    (["--layout", "webdataset", "--croissant"],
     "Croissant cannot be used with the layout webdataset alone; expected one with separate files too"),
    (["--image-list", "x"],
     "--image-list needs --layout lama, pairs, flat, mat, aot-gan, or brushbench, or --size images"),
    (["--size", "images"], "--size images needs --image-list"),
    (["--layout", "lama", "--link-images"], "--link-images needs --image-list"),
    (["--layout", "lama", "--masks-per-image", "3"], "--masks-per-image needs --image-list"),
    (["--layout", "lama", "--image-list", "x", "--masks-per-image", "0"], "0 masks per image; expected at least 1"),
    (["--layout", "pairs", "--image-list", "x", "--masks-per-image", "2"],
     "several masks per image cannot be used with the layout pairs, which has one per image"),
    (["--layout", "pairs", "--image-list", "x", "--link-images"],
     "linked images need a suffix in the layout pairs: an image and its mask would have the same name"),
    (["--layout", "flat", "--image-list", "x", "--link-images"], "linked images need the layout lama, pairs, or brushbench"),
    (["--layout", "lama", "--suffix", "_mask"], "a suffix needs the layout pairs"),
    (["--layout", "pairs", "--suffix", "a/b"],
     'the suffix is "a/b"; expected at most 20 letters, digits, and _ - .'),
    (["--extension", "jpg"], "the extension jpg needs a layout other than qd-imd and webdataset"),
    (["--coco-counts", "uncompressed"], "COCO counts need COCO"),
    (["--channels", "3", "--bit-depth", "1"], "3 channels cannot be used with a bit depth of 1"),
    (["--layout", "flat", "--formats", "png,json,svg"],
     "--formats json,svg needs the layout qd-imd; the other layouts have no such files"),
    (["--output", "my masks", "--layout", "flat"],
     'my masks: has " " in its name; expected none for the layout flat, whose lists of paths are split at white space and #'),
])
def test_wrong_usage(bundled, tmp_path, arguments, message):
    said = run("export", bundled, "--output", "out", *arguments, exit_code=64, cwd=tmp_path).stderr
    assert message in said
    assert list(tmp_path.iterdir()) == []


def test_tars_with_checksums(bundled, tmp_path):
    export(bundled, tmp_path / "a", "--train", 30, "--test", 10, "--tar", 7, "--checksums")
    done = subprocess.run([*SHA256SUM, "SHA256SUMS"], cwd=tmp_path / "a", capture_output=True)
    assert done.returncode == 0
    assert len((tmp_path / "a" / "SHA256SUMS").read_text().splitlines()) == len(tree(tmp_path / "a")) - 1


def test_help_names_every_layout():
    words = run("export", "--help").stdout
    assert all(name in words for name in ["qd-imd", *LAYOUTS])
