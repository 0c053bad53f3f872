"""The same bytes: from any number of jobs, twice, and in a larger set."""

import shutil

import pytest
from conftest import export, run, tree

COUNTS = ["--train", 900, "--test", 300]


@pytest.fixture(scope="module")
def reference(source, tmp_path_factory):
    output = tmp_path_factory.mktemp("reference") / "masks"
    export(source, output, *COUNTS, "--jobs", 1)
    return tree(output)


def test_the_number_of_jobs_changes_nothing(source, reference, tmp_path):
    for attempt, jobs in enumerate([2, 2, 7]):
        export(source, tmp_path / str(attempt), *COUNTS, "--jobs", jobs)
        assert tree(tmp_path / str(attempt)) == reference


def test_the_first_masks_of_a_large_set_are_those_of_a_small_one(dataset, source, tmp_path):
    export(source, tmp_path / "small", "--train", 100, "--test", 100)
    for path, content in tree(tmp_path / "small").items():
        if path.startswith(("train/", "test/", "svg/")):
            assert (dataset / path).read_bytes() == content, path
    for split in ["train", "test"]:
        small = (tmp_path / "small" / "vectors" / f"{split}.jsonl").read_bytes()
        assert (dataset / "vectors" / f"{split}.jsonl").read_bytes().startswith(small)


def test_resuming_a_complete_dataset_changes_nothing(source, reference, tmp_path):
    export(source, tmp_path / "masks", *COUNTS)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "masks").rglob("*")}
    said = run("export", source, "--output", tmp_path / "masks", "--resume", *COUNTS).stderr
    assert "1,200 masks already complete\n" in said
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "masks").rglob("*")} == before


def test_another_seed_or_source_is_refused_by_name(bundled, tmp_path):
    output = tmp_path / "masks"
    export(bundled, output, "--train", 5, "--test", 5)
    said = export(bundled, output, "--train", 5, "--test", 5, "--seed", 1, "--resume", exit_code=1).stderr
    assert said == f"{output}/dataset.json: this export uses seed 0, this command uses 1; expected the same settings, or another output folder\n"
    said = export(bundled, output, "--train", 6, "--test", 5, "--resume", exit_code=1).stderr
    assert said == f"{output}/dataset.json: this export uses train 5, this command uses 6; expected the same settings, or another output folder\n"
    shutil.copytree(bundled, tmp_path / "drawings")
    next((tmp_path / "drawings").iterdir()).unlink()
    said = export(tmp_path / "drawings", output, "--train", 5, "--test", 5, "--resume", exit_code=1).stderr
    assert "this export uses fingerprint " in said


def test_overwriting_replaces_the_whole_dataset(bundled, tmp_path):
    output = tmp_path / "masks"
    export(bundled, output, "--train", 5, "--test", 5)
    said = export(bundled, output, "--train", 3, "--test", 1, exit_code=1).stderr
    assert said == f"{output}: contains a dataset; expected a new or empty folder, --resume, or --overwrite\n"
    export(bundled, output, "--train", 3, "--test", 1, "--formats", "png", "--overwrite")
    export(bundled, tmp_path / "fresh", "--train", 3, "--test", 1, "--formats", "png")
    assert tree(output) == tree(tmp_path / "fresh")


def test_a_folder_of_other_files_is_never_touched(bundled, tmp_path):
    output = tmp_path / "home"
    (output / "train").mkdir(parents=True)
    (output / "train" / "thesis.txt").write_text("mine")
    for option in [[], ["--resume"], ["--overwrite"]]:
        said = export(bundled, output, "--train", 3, "--test", 1, *option, exit_code=1).stderr
        assert said == f"{output}: contains files but no dataset of this program; expected a new or empty folder\n"
    assert tree(output) == {"train/thesis.txt": b"mine"}


def test_categories_of_train_and_test_hardly_move_when_a_file_is_added(bundled, tmp_path):
    import json

    files = sorted(bundled.iterdir())
    halves = []
    for count in [20, 21]:
        folder = tmp_path / f"drawings-{count}"
        folder.mkdir()
        for path in files[:count]:
            shutil.copy(path, folder)
        export(folder, tmp_path / f"masks-{count}", "--train", 1, "--test", 1, "--formats", "json")
        splits = json.loads((tmp_path / f"masks-{count}" / "dataset.json").read_text())["splits"]
        halves.append({word: split for split in splits for word in splits[split]["categories"]})
    assert sum(halves[0][word] != halves[1][word] for word in halves[0]) <= 1
