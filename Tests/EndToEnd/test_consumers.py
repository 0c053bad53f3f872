"""Layouts, each opened by the rules of its consumer's own loader: every hole is that of the vector, drawn by `rasterize`."""

import glob
import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import export, run
from PIL import Image

TRAIN, TEST = 6, 4
COUNTS = ["--train", TRAIN, "--test", TEST]


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Four images of different sizes and kinds, and a list of their paths."""
    folder = tmp_path_factory.mktemp("photos")
    random = np.random.default_rng(0)
    for name, size, options in [
        ("cat.png", (480, 360), {}), ("dog.jpg", (333, 500), {}), ("bird.jpeg", (200, 200), {"progressive": True}),
        ("fish.JPG", (601, 97), {"exif": Image.Exif()}),
    ]:
        Image.fromarray(random.integers(0, 256, (size[1], size[0], 3), np.uint8)).save(folder / name, **options)
    paths = [folder / name for name in ["cat.png", "dog.jpg", "bird.jpeg", "fish.JPG"]]
    (folder / "list.txt").write_text("".join(f"{path}\n" for path in paths))
    return folder / "list.txt", paths


@pytest.fixture(scope="module")
def made(bundled, tmp_path_factory, photos):
    """Makes a dataset in some layouts, once for all tests that use it; returns its folder, with the own layout in it."""
    folder = tmp_path_factory.mktemp("made")
    known = {}

    def make(layouts, *arguments):
        key = (layouts, *map(str, arguments))
        if key not in known:
            known[key] = folder / f"{len(known)}"
            export(bundled, known[key], "--layout", f"qd-imd,{layouts}", *([] if "--image-list" in arguments else COUNTS),
                   *arguments)
        return known[key]

    return make


@pytest.fixture(scope="module")
def holes(tmp_path_factory):
    """The holes of a dataset's vectors as `rasterize` draws them: True in the hole."""
    known = {}

    def drawn(dataset, split, size=None):
        key = (dataset, size)
        if key not in known:
            known[key] = tmp_path_factory.mktemp("drawn")
            run("rasterize", dataset, "--output", known[key], "--hole", "white", "--quiet",
                *([] if size is None else ["--size", size]))
        return [np.array(Image.open(path)) == 255 for path in sorted((known[key] / split).iterdir())]

    return drawn


def same(found, wanted):
    found = list(found)
    assert len(found) == len(wanted) > 0
    for index, (one, other) in enumerate(zip(found, wanted)):
        one = np.asarray(one)
        assert one.dtype == bool and one.shape == other.shape and (one == other).all(), index


def gray(path):
    return cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)


# Lists of paths, and folders with white holes.


@pytest.mark.parametrize("split", ["train", "test"])
def test_edgeconnect_reads_a_list(made, holes, split):
    masks = made("flat")
    paths = np.genfromtxt(masks / "flat" / f"{split}.flist", dtype=str, encoding="utf-8")
    same((np.array(Image.open(path)) > 0 for path in paths), holes(masks, split))


def test_rfr_trains_with_three_channels(made, holes):
    masks = made("flat", "--size", 256, "--channels", 3)
    folder = str(masks / "flat" / "train")
    paths = sorted(glob.glob(folder + "/*.jpg") + glob.glob(folder + "/*.png"))
    read = [np.array(Image.open(path)) for path in paths]
    # The images have three channels, with which the masks are multiplied; 1 is kept.
    assert {image.shape for image in read} == {(256, 256, 3)}
    kept = [1 - (image > 0).astype(np.uint8) for image in read]
    for channel in range(3):
        same((image[:, :, channel] == 0 for image in kept), holes(masks, "train", 256))


def test_zits_reads_a_list_and_a_folder(made, holes):
    masks = made("flat")
    lines = [line.strip() for line in open(masks / "flat" / "train.flist")]
    same((gray(path) > 127 for path in sorted(lines, key=lambda path: path.split("/")[-1])), holes(masks, "train"))
    paths = sorted(glob.glob(f"{masks}/flat/test/*"), key=lambda path: path.split("/")[-1])
    same((gray(path) > 127 for path in paths), holes(masks, "test"))


def test_deepfill_reads_an_image_a_mask_and_the_name_of_a_result(made, holes, photos):
    masks = made("flat", "--image-list", photos[0], "--size", "images")
    images, found, results = [], [], []
    for line in open(masks / "flat" / "test_batch.flist").read().splitlines():
        image, mask, result = line.split()
        images.append(image)
        results.append(result)
        assert cv2.imread(image).shape == cv2.imread(mask).shape
        found.append(cv2.imread(mask)[:, :, 0] == 255)
    assert images == [str(path) for path in photos[1]]
    assert results == ["cat_output.png", "dog_output.png", "bird_output.png", "fish_output.png"]
    same(found, holes(masks, "test"))


def test_mmagic_joins_a_prefix_and_the_lines_of_a_list(made, holes):
    masks = made("flat")
    names = [line.rstrip("\n\r") for line in open(masks / "flat" / "train.txt")]
    paths = [os.path.join(masks / "flat" / "train", name) for name in names]
    same(((cv2.imread(path, cv2.IMREAD_UNCHANGED) > 0) for path in paths), holes(masks, "train"))


def test_aot_gan_trains_on_pconv_and_tests_on_any_folder(made, holes):
    masks = made("aot-gan")
    paths = sorted(glob.glob(os.path.join(masks, "aot-gan", "pconv", "*.png")))
    same((np.array(Image.open(path).convert("L")) / 255 == 1 for path in paths), holes(masks, "train"))
    paths = sorted(glob.glob(os.path.join(masks, "aot-gan", "test", "*.png")))
    same((np.array(Image.open(path).convert("L")) / 255 == 1 for path in paths), holes(masks, "test"))


def test_put_trains_on_white_holes(made, holes):
    masks = made("flat")
    paths = [os.path.join(masks, "flat", "train", line) for line in open(masks / "flat" / "train.txt").read().splitlines()]
    kept = [1 - np.array(Image.open(path).convert("RGB"), np.float32)[:, :, 0] / 255 for path in paths]
    same((~image.astype(bool) for image in kept), holes(masks, "train"))


# Folders with black holes.


def every_file(folder):
    """All files below a folder."""
    return sorted(str(path) for path in Path(folder).rglob("*") if path.is_file())


def test_mat_needs_as_many_masks_as_images(made, holes, photos):
    masks = made("mat", "--image-list", photos[0])
    paths = sorted(glob.glob(f"{masks}/mat/test/*.png") + glob.glob(f"{masks}/mat/test/*.jpg"))
    assert len(paths) == len(photos[1])
    kept = [gray(path).astype(np.float32) / 255 for path in paths]
    assert {value for image in kept for value in np.unique(image)} == {0, 1}
    same((image == 0 for image in kept), holes(masks, "test"))


def test_comodgan_reads_one_bit(made, holes):
    masks = made("mat")
    paths = sorted(glob.glob(f"{masks}/mat/train/*.png"))
    same((~np.asarray(Image.open(path).convert("1")) for path in paths), holes(masks, "train"))


def repaint_crop(image, size):
    """Halved by boxes while it is twice as large, and then resized bicubically, as RePaint does."""
    while min(image.size) >= 2 * size:
        image = image.resize((image.size[0] // 2, image.size[1] // 2), resample=Image.BOX)
    scale = size / min(image.size)
    return np.array(image.resize([round(side * scale) for side in image.size], resample=Image.BICUBIC))


def test_repaint_needs_the_size_of_its_images(made, holes):
    masks = made("mat", "--size", 256)
    kept = [repaint_crop(Image.open(path).convert("RGB"), 256) / 255 for path in every_file(masks / "mat" / "test")]
    assert {value for image in kept for value in np.unique(image)} == {0, 1}
    same((image[:, :, 0] == 0 for image in kept), holes(masks, "test", 256))
    # From 512 px, a part of the hole is kept in part.
    large = [repaint_crop(Image.open(path).convert("RGB"), 256) for path in every_file(made("mat") / "mat" / "test")]
    between = sum(((image > 0) & (image < 255)).sum() for image in large)
    assert between / sum((image < 255).sum() for image in large) > 0.1


def test_put_is_tested_on_black_holes(made, holes):
    masks = made("mat")
    kept = [np.array(Image.open(path)).astype(np.float32) / 255 for path in every_file(masks / "mat" / "test")]
    same((~image.astype(bool) for image in kept), holes(masks, "test"))


def test_partial_convolutions_by_naoto0804_find_jpg_alone(made, holes):
    masks = made("mat", "--extension", "jpg", "--size", 256)
    paths = sorted(glob.glob("{:s}/*.jpg".format(str(masks / "mat" / "train"))))
    kept = [np.array(Image.open(path).convert("RGB")) / 255 for path in paths]
    assert {value for image in kept for value in np.unique(image)} == {0, 1}
    same((image[:, :, 0] == 0 for image in kept), holes(masks, "train", 256))


def test_pconv_keras_crops_from_larger_masks(made, holes):
    masks = made("mat", "--size", 640)
    names = sorted(name for name in os.listdir(masks / "mat" / "train") if ".png" in name.lower())
    random = np.random.default_rng(0)
    found, wanted = [], []
    for name, hole in zip(names, holes(masks, "train", 640)):
        mask = cv2.imread(str(masks / "mat" / "train" / name))
        # A mask of the size of the crop leaves no place to choose from, which is an error.
        x, y = random.integers(0, mask.shape[1] - 512), random.integers(0, mask.shape[0] - 512)
        found.append((mask[y:y + 512, x:x + 512, 0] > 1) == 0)
        wanted.append(hole[y:y + 512, x:x + 512])
    same(found, wanted)


def test_gdn_processes_the_original_folder(made, holes):
    masks = made("mat", "--hole", "black")
    found = []
    for name in sorted(os.listdir(masks / "train")):
        mask = cv2.imread(str(masks / "train") + "/" + name)[:, :, 0]
        # It crops 256 px from anywhere up to 256, inverts, and thresholds.
        assert mask[256:512, 256:512].shape == (256, 256)
        found.append(255 - mask > 127.5)
    same(found, holes(masks, "train"))


# Masks beside images, or with their names.


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_lama_finds_the_image_of_each_mask(made, holes, photos, ending):
    masks = made("lama", "--image-list", photos[0], "--size", "images", "--masks-per-image", 3, "--link-images",
                 "--extension", ending)
    paths = sorted(glob.glob(os.path.join(masks, "lama", "**", f"*mask*.{ending}"), recursive=True))
    assert len(paths) == 3 * len(photos[1])
    wanted = holes(masks, "test")
    for path in paths:
        image = np.array(Image.open(path.rsplit("_mask", 1)[0] + f".{ending}").convert("RGB"))
        mask = np.array(Image.open(path).convert("L")).astype("float32") / 255
        assert image.shape[:2] == mask.shape and set(np.unique(mask)) == {0, 1}
        stem, number = Path(path).stem.rsplit("_mask", 1)
        index = ["cat", "dog", "bird", "fish"].index(stem)
        assert (image == np.array(Image.open(photos[1][index]).convert("RGB"))).all()
        same([mask == 1], [wanted[3 * index + int(number)]])


def test_latent_diffusion_finds_pairs(made, holes, photos):
    masks = made("pairs", "--image-list", photos[0], "--size", "images", "--suffix", "_mask", "--link-images")
    paths = sorted(glob.glob(os.path.join(masks, "pairs", "test", "*_mask.png")))
    images = [path.replace("_mask.png", ".png") for path in paths]
    found = [np.array(Image.open(path).convert("L")).astype(np.float32) / 255 >= 0.5 for path in paths]
    assert [Image.open(image).size for image in images] == [mask.shape[::-1] for mask in found]
    # Sorted by name: bird, cat, dog, fish.
    same(found, [holes(masks, "test")[index] for index in [2, 0, 1, 3]])


def test_iopaint_and_a1111_find_masks_by_the_names_of_images(made, holes, photos):
    masks = made("pairs", "--image-list", photos[0], "--size", "images")
    by_stem = {path.stem: path for path in (masks / "pairs" / "test").glob("*.*")
               if path.suffix.lower() in [".png", ".jpg", ".jpeg"]}
    found = []
    for image in photos[1]:
        assert list((masks / "pairs" / "test").glob(f"{image.stem}.*")) == [by_stem[image.stem]]
        mask = np.array(Image.open(by_stem[image.stem]).convert("L"))
        # Otherwise it would be resized.
        assert mask.shape == np.array(Image.open(image)).shape[:2]
        found.append(mask >= 127)
    same(found, holes(masks, "test"))


def test_comfyui_reads_the_channel_red(made, holes):
    masks = made("flat")
    channels = [Image.open(path).convert("RGBA").getchannel("R") for path in sorted(glob.glob(f"{masks}/train/*.png"))]
    same((np.array(channel).astype(np.float32) / 255 == 1 for channel in channels), holes(masks, "train"))
    # Its default, alpha, is 1 everywhere: it reads 1 - alpha.
    assert not (1 - np.array(Image.open(masks / "train" / "00000_train.png").convert("RGBA").getchannel("A")) / 255).any()


def test_diffusers_binarizes_gray(made, holes):
    masks = made("flat")
    read = [np.array(Image.open(path).convert("L")).astype(np.float32) / 255 for path in sorted(glob.glob(f"{masks}/test/*"))]
    same((image >= 0.5 for image in read), holes(masks, "test"))


def test_brushbench_decodes_run_lengths(made, holes, photos):
    masks = made("brushbench", "--image-list", photos[0], "--link-images")
    base = masks / "brushbench" / "test"
    found = []
    for key, item in json.loads((base / "mapping_file.json").read_text()).items():
        assert cv2.imread(os.path.join(base, item["image"])) is not None and not os.path.isabs(item["image"])
        numbers = np.array(item["inpainting_mask"], dtype=int)
        starts, ends = numbers[::2] - 1, numbers[::2] - 1 + numbers[1::2]
        mask = np.zeros(512 * 512, np.uint8)
        for start, end in zip(starts, ends):
            mask[start:end] = 1
        # As few runs as there can be.
        assert (starts[1:] > ends[:-1]).all()
        found.append(mask.reshape(512, 512) == 1)
    same(found, holes(masks, "test"))


# Tars, tables, and the hub.


def test_webdataset_decodes_gray_without_shuffling(made, holes):
    import webdataset

    masks = made("webdataset")
    samples = webdataset.WebDataset(f"{masks}/webdataset/train-000000.tar", shardshuffle=False).decode("l8")
    same((sample["png"] == 255 for sample in samples), holes(masks, "train"))


def test_pycocotools_reads_uncompressed_counts(made, holes):
    from pycocotools.coco import COCO

    masks = made("flat", "--coco", "--coco-counts", "uncompressed")
    path = masks / "coco" / "train" / "annotations.json"
    coco = COCO(str(path))
    same((coco.annToMask(annotation) == 1 for annotation in coco.loadAnns(coco.getAnnIds())), holes(masks, "train"))
    # By their definition: column by column, in turn without and with hole.
    for annotation, hole in zip(json.loads(path.read_text())["annotations"], holes(masks, "train")):
        counts = annotation["segmentation"]["counts"]
        assert all(isinstance(count, int) for count in counts)
        values = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
        same([values.reshape(hole.shape[::-1]).T], [hole])


def test_no_folder_of_the_hub_has_more_than_10000_entries(bundled, tmp_path):
    """A split of 9,999 masks and its metadata fit one folder; more masks are in folders of 5,000."""
    export(bundled, tmp_path / "a", "--train", 10_000, "--test", 9_999, "--canvas", "8", "--layout", "huggingface",
           "--backend", "exact")
    folder = tmp_path / "a" / "huggingface"
    entries = {path: len(os.listdir(path)) for path in [folder, *folder.glob("**/")] if path.is_dir()}
    assert max(entries.values()) == 10_000 and entries[folder / "train"] == 3
    names = [json.loads(line)["file_name"] for line in open(folder / "train" / "metadata.jsonl")]
    assert (names[0], names[5000], len(set(names))) == ("00000/00000_train.png", "05000/05000_train.png", 10_000)
    assert all((folder / "train" / name).exists() for name in names[::97])
    assert "masks         19,999\n" in run("inspect", tmp_path / "a").stdout


# What all of them have in common.


def test_any_number_of_shards_makes_the_same_files(bundled, photos, tmp_path):
    arguments = ["--layout", "qd-imd,lama,pairs,flat,aot-gan,brushbench", "--image-list", photos[0], "--size", "images",
                 "--train", 3, "--suffix", "_m", "--link-images", "--channels", 3, "--extension", "jpg", "--coco",
                 "--coco-counts", "uncompressed", "--quiet"]
    run("export", bundled, "--output", "masks", *arguments, cwd=_folder(tmp_path / "once"))
    planned = _folder(tmp_path / "planned")
    run("plan", bundled, "--output", "masks", "--masks-per-shard", 2, *arguments, cwd=planned)
    for shard in [3, 0, 1, 2]:
        run("export", "--plan", "masks", "--shard", shard, "--quiet", cwd=planned)
    run("merge", "masks", "--quiet", cwd=planned)
    (planned / "masks" / "plan.json").unlink()
    files = [{path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
             for folder in [tmp_path / "once" / "masks", planned / "masks"]]
    # The plan has the stroke bank beside it.
    assert files[0].keys() == files[1].keys() and files[0] == files[1]
    run("verify", planned / "masks")
    # Not written to: it is a link to the user's photo.
    (planned / "masks" / "lama" / "test" / "cat.jpg").unlink()
    (planned / "masks" / "pairs" / "test" / "cat_m.jpg").unlink()
    said = run("verify", planned / "masks", exit_code=1).stderr
    assert "lama/test/cat.jpg: no such file" in said and "pairs/test/cat_m.jpg: no such file" in said


def _folder(path):
    path.mkdir()
    return path
