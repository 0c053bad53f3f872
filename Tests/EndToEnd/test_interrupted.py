"""An export that is interrupted at any time and resumed is the same dataset, byte for byte.

QDIMD_INTERRUPTIONS=200 interrupts more often; QDIMD_TEST_SEED=1 at other times.
"""

import shutil

import pytest
from conftest import export, run, tree
from processes import (
    COUNTS, DRAWINGS, VARIANTS, References, assert_same, cases, generator, interrupt, killed_at, needs_strace, prepare, start)

INTERRUPTIONS = cases(45, "QDIMD_INTERRUPTIONS")
# What changes a folder, or waits for the disk.
CALLS = "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,fsync,fdatasync,syncfs"


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    return References(tmp_path_factory.mktemp("references"))


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_export_that_is_interrupted_at_random_times_resumes_to_the_same_bytes(references, tmp_path, variant):
    expected = references[variant]
    rng = generator("interrupted", variant)
    count = 0
    while count < INTERRUPTIONS / len(VARIANTS):
        folder = prepare(tmp_path / str(count))
        options = ["--jobs", rng.choice([1, 2, 5])]
        for _ in range(rng.randint(1, 4)):
            process = start("export", DRAWINGS, "--output", "masks", "--resume", *options, *COUNTS, *VARIANTS[variant],
                            cwd=folder)
            interrupt(process, rng, 1.1 * references.seconds[variant])
            count += 1
        export(DRAWINGS, "masks", "--resume", *COUNTS, *VARIANTS[variant], cwd=folder)
        assert_same(tree(folder / "masks"), expected, f"after {count} interruptions")
        shutil.rmtree(folder)


@needs_strace
@pytest.mark.parametrize("variant", ["files", "tar", "layouts"])
def test_an_export_that_is_killed_before_any_change_of_a_folder_resumes_to_the_same_bytes(references, tmp_path, variant):
    expected = references[variant]
    number = 1
    step = 1 if INTERRUPTIONS >= 200 else 7
    while True:
        folder = prepare(tmp_path / str(number))
        arguments = ["export", DRAWINGS, "--output", "masks", "--resume", "--jobs", 1, *COUNTS, *VARIANTS[variant]]
        if not killed_at(number, *arguments, calls=CALLS, cwd=folder):
            break
        run(*arguments, cwd=folder)
        assert_same(tree(folder / "masks"), expected, f"killed before change {number}")
        shutil.rmtree(folder)
        number += step
    assert number > 10
    assert_same(tree(folder / "masks"), expected, "not killed")
