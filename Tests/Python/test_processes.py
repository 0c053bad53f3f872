"""Every process and every thread has the same masks, however it was started."""

import multiprocessing
import os
import pickle
import signal
import threading
import time

import numpy as np
import pytest
import torch
from conftest import DRAWINGS, IS_THOROUGH
from torch.utils.data import DataLoader
from worker_masks import Dataset, digest, draw_new, draw_pickled

import qd_imd

METHODS = ["fork", "spawn", "forkserver"]


@pytest.fixture(scope="module")
def masks():
    return qd_imd.Masks(count=1000)


def test_masks_are_pickled_by_their_arguments(masks, tmp_path, monkeypatch):
    data = pickle.dumps(masks)
    assert len(data) < 500
    assert digest(pickle.loads(data)) == digest(masks)
    monkeypatch.chdir(DRAWINGS.parent)
    other = qd_imd.Masks("drawings", split="test", preset="medium", hole=0, channels_first=True, size=64, count=50)
    monkeypatch.chdir(tmp_path)
    again = pickle.loads(pickle.dumps(other))
    assert repr(again) == repr(other) and again.shape == (1, 64, 64)
    assert np.array_equal(again[:5], other[:5])
    mask = masks.mask(3)
    assert pickle.loads(pickle.dumps(mask)) == mask


@pytest.mark.parametrize("method", METHODS)
def test_processes_have_the_same_masks(method, masks):
    expected = digest(masks)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(draw_pickled, [masks] * 4) == [expected] * 4
        assert pool.map(draw_new, range(2)) == [expected] * 2


def batches(dataset, method, workers):
    loader = DataLoader(
        dataset, batch_size=6, num_workers=workers, multiprocessing_context=method if workers else None)
    return [batch[1] if isinstance(batch, list) else batch for batch in loader]


@pytest.mark.parametrize("method", METHODS)
def test_data_loaders_return_the_same_batches_in_order(method):
    masks = qd_imd.Masks(count=40, size=128)
    expected = torch.from_numpy(masks[:])
    for workers in [0, 2, 4] if method == METHODS[0] else [2, 4]:
        # A process that is not forked imports torch first, which takes seconds.
        for dataset in [masks, Dataset(masks)] if method == METHODS[0] or IS_THOROUGH else [masks]:
            found = batches(dataset, method, workers)
            assert [len(batch) for batch in found] == [6] * 6 + [4]
            assert torch.equal(torch.cat(found), expected)


def test_threads_share_one_handle(masks):
    expected = masks[:64]
    failures = []

    def draw(number):
        for index in range(number, number + 200):
            if not np.array_equal(masks[index % 64], expected[index % 64]):
                failures.append(index)
        if not np.array_equal(masks.batch(range(64), threads=3), expected):
            failures.append("batch")

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_fork_while_another_thread_draws_never_hangs():
    """The parent draws, reads, and compares all the time; children do it once more, with the parent's handle and their own."""
    masks = qd_imd.Masks(count=1000, size=64)
    expected = digest(masks)
    is_done = threading.Event()

    def keep_busy():
        index = 0
        while not is_done.is_set():
            index = (index + 1) % 1000
            masks[index]
            mask = qd_imd.Mask.from_svg(masks.svg(index))
            qd_imd.diff(mask.rasterize(32, dilate=1), masks.mask(index).rasterize(32))
            mask.rasterize(32, antialias=True)
            mask._repr_png_()
            masks.batch([index, 0], threads=2)

    threads = [threading.Thread(target=keep_busy) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(500 if IS_THOROUGH else 50):
            child = os.fork()
            if child == 0:
                # Nothing of pytest may run in the child.
                try:
                    code = int(digest(masks) != expected)
                    mask = qd_imd.Mask(masks.svg(5))
                    code += int(qd_imd.diff(mask, masks.mask(5)).iou != 1)
                    mask.rasterize(48, feather=3)
                except BaseException:  # noqa: BLE001
                    code = 99
                os._exit(code)
            assert exit_code(child, seconds=60) == 0
    finally:
        is_done.set()
        for thread in threads:
            thread.join()


def exit_code(child, seconds):
    """The exit code of a child process; one that hangs is ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail(f"a child process hung for {seconds} s")


def test_memory_does_not_grow():
    import resource

    masks = qd_imd.Masks(count=1000, size=64)
    out = np.empty((64, 64), np.uint8)

    def draw(count):
        for index in range(count):
            masks.draw(index % 1000, out)
            if index % 16 == 0:
                masks.mask(index % 1000).to_svg()
                masks._repr_png = qd_imd.rasterize(masks.mask(1), 32, antialias=True)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = draw(2000)
    assert draw(1_000_000 if IS_THOROUGH else 20_000) - before < 2048
