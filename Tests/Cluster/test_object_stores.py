"""Shards and datasets in an S3 server on loopback are those of one export, whatever happens to processes and objects."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import fsspec
import pytest
import s3fs
from conftest import DRAWINGS, export, run, tree
from moto.server import ThreadedMotoServer

import qd_imd.merge
import qd_imd.shard
import qd_imd.status
from qd_imd import _program
from qd_imd._store import Store

COUNTS = ["--train", 26, "--test", 10, "--checksums"]
VARIANTS = {
    "tar": ["--tar", 4],
    "tar-exact": ["--tar", 3, "--backend", "exact", "--formats", "png,json"],
    "webdataset": ["--layout", "webdataset", "--tar", 6, "--hole", "black"],
    "files": ["--formats", "png,json"],
    "layouts": ["--layout", "qd-imd,lama,webdataset", "--tar", 5, "--coco", "--formats", "png"],
}

# A worker that is killed when it is about to write what the first argument says.
KILLED = """
import os, signal, sys
import qd_imd._store, qd_imd.shard
write = qd_imd._store.Store.write
def killed(self, path, content):
    if sys.argv[1] in path:
        os.kill(os.getpid(), signal.SIGKILL)
    write(self, path, content)
qd_imd._store.Store.write = killed
sys.exit(qd_imd.shard.main(sys.argv[2:]))
"""


@pytest.fixture(scope="module", autouse=True)
def server():
    """An S3 server; the package finds it in the environment, as on a cluster."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    before = dict(os.environ)
    os.environ.update(settings)
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    os.environ.clear()
    os.environ.update(before)
    server.stop()


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    """The dataset of each variant, from one export."""
    folder = tmp_path_factory.mktemp("references")
    trees = {}

    def reference(variant):
        if variant not in trees:
            export(DRAWINGS, folder / variant, *COUNTS, *VARIANTS[variant])
            trees[variant] = tree(folder / variant)
        return trees[variant]

    return reference


class Bucket:
    """A bucket with a plan, and its drawings."""

    def __init__(self, folder, variant, name, *arguments):
        self.system = s3fs.S3FileSystem(use_listings_cache=False)
        self.system.mkdir(name)
        self.folder = folder / name
        self.url = f"s3://{name}/masks"
        run("plan", DRAWINGS, "--output", self.folder, "--masks-per-shard", 6, *COUNTS, *VARIANTS[variant], "--quiet",
            *arguments)
        self.plan = json.loads((self.folder / "plan.json").read_text())

    def upload_plan(self):
        self.system.put(f"{self.folder}/", self.url, recursive=True)

    def generate(self, shards="all", code=0):
        assert qd_imd.shard.main([self.url, str(shards), "--quiet"]) == code

    def paths(self):
        start = len(self.url) - len("s3://") + 1
        return {path[start:]: info for path, info in self.system.find(self.url, detail=True).items()}

    def path(self, name):
        [path] = [path for path in self.paths() if path.endswith(name)]
        return f"{self.url}/{path}"

    def victim(self):
        """The last object that the record of shard 1 names, where the dataset's tar files or the files of its run are."""
        head, *_, line, _ = self.system.cat_file(self.path("records/00001.txt")).decode().splitlines()
        path = line.split(" ", 2)[2]
        return self.path(path if path.endswith(".tar") else f"{json.loads(head)['run']}/{path}")

    def merged(self, folder):
        """The dataset, downloaded."""
        self.system.get(f"{self.url}/", f"{folder}/", recursive=True)
        run("verify", folder, "--quiet")
        files = tree(folder)
        assert json.loads(files.pop("plan.json")) == self.plan
        return files


@pytest.fixture
def bucket(tmp_path, request):
    def make(variant, *arguments):
        name = "b" + str(abs(hash((request.node.name, arguments))))
        return Bucket(tmp_path, variant, name, *arguments)

    return make


def command(module, *arguments):
    return [sys.executable, "-m", f"qd_imd.{module}", *map(str, arguments)]


def assert_same(found, expected):
    assert set(found) == set(expected)
    assert [name for name in found if found[name] != expected[name]] == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_dataset_in_a_bucket_is_that_of_one_export(bucket, references, tmp_path, capsys, variant):
    masks = bucket(variant)
    masks.upload_plan()
    assert qd_imd.merge.main([masks.url]) == 75
    masks.generate("1,3-4")
    assert qd_imd.status.main([masks.url, "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    missing = [shard for shard in range(masks.plan["shards"]) if shard not in {1, 3, 4}]
    assert (status["missing"], status["complete"], status["damaged"]) == (missing, 3, [])
    assert qd_imd.merge.main([masks.url]) == 75
    masks.generate(status["rerun"])
    assert qd_imd.shard.export(masks.url, 1) is False
    before = masks.paths()
    assert qd_imd.merge.main([masks.url]) == 0
    after = masks.paths()
    if variant in {"tar", "tar-exact", "webdataset"}:
        tars = {path for path in before if path.endswith(".tar")}
        assert tars and all(after[path]["LastModified"] == before[path]["LastModified"] for path in tars)
        new = {path.rsplit("/", 1)[-1] for path in set(after) - set(before)}
        assert new == {"dataset.json", "preview.png", "SHA256SUMS"}
    assert not [path for path in after if path.startswith(".qd-imd-partial")]
    assert_same(masks.merged(tmp_path / "downloaded"), references(variant))
    # All of it can be repeated.
    masks.generate("auto", code=64)
    masks.generate()
    assert qd_imd.merge.main([masks.url, "--verify"]) == 0
    assert qd_imd.status.survey(masks.url).merged
    assert masks.paths() == after
    masks.system.pipe_file(masks.path("preview.png"), b"not it")
    capsys.readouterr()
    assert qd_imd.merge.main([masks.url, "--verify"]) == 1
    assert "preview.png: has the SHA-256" in capsys.readouterr().err


@pytest.mark.parametrize("variant", ["tar", "files"])
def test_workers_that_are_killed_or_run_twice_leave_nothing_partial(bucket, references, tmp_path, variant):
    masks = bucket(variant)
    masks.upload_plan()
    reference = references(variant)
    partial, finished = [], threading.Event()

    def watch():
        # What has a final name is final.
        while not finished.is_set():
            for path, info in masks.paths().items():
                if not path.startswith((".qd-imd-partial", "plan.json")) and info["size"] != len(reference[path]):
                    partial.append((path, info["size"]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    # Killed before what the store said is written, and before the record is.
    for shard, what in enumerate(["/tags/", "/records/", "/records/"]):
        killed = subprocess.run([sys.executable, "-c", KILLED, what, masks.url, str(shard), "--quiet"], timeout=120)
        assert killed.returncode == -signal.SIGKILL
        assert shard in qd_imd.status.survey(masks.url).missing
    assert [path for path in masks.paths() if path.endswith((".tar", ".png"))]
    assert qd_imd.merge.main([masks.url]) == 75
    # All shards by two at once, one of which is killed at some time, and then by another one.
    rng = random.Random(int(os.environ.get("QDIMD_TEST_SEED", "0")))
    workers = [subprocess.Popen(command("shard", masks.url, "all", "--quiet")) for _ in range(2)]
    time.sleep(rng.uniform(1, 4))
    workers[0].kill()
    assert workers[1].wait(timeout=200) == 0
    workers[0].wait()
    masks.generate()
    assert qd_imd.merge.main([masks.url, "--quiet"]) == 0
    finished.set()
    watcher.join()
    assert partial == []
    assert_same(masks.merged(tmp_path / "downloaded"), reference)


def other_record(masks):
    """The record of the same shard of another plan, where that of this one belongs."""
    path = masks.path("records/00001.txt")
    [line, *others] = masks.system.cat_file(path).decode().splitlines(keepends=True)[:-1]
    plan = json.loads(line)["plan"]
    text = line.replace(plan, plan[::-1]) + "".join(others)
    masks.system.pipe_file(path, f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n".encode())


def resized(masks, size):
    path = masks.victim()
    content = masks.system.cat_file(path)
    masks.system.pipe_file(path, content[:size] if size < 0 else bytes(len(content)))


DAMAGE = {
    "a record without its object": lambda masks: masks.system.rm_file(masks.victim()),
    "an object without its record": lambda masks: masks.system.rm_file(masks.path("records/00001.txt")),
    "a truncated object": lambda masks: resized(masks, -1),
    "an object with other contents": lambda masks: resized(masks, 0),
    "a record of another plan": other_record,
    "a truncated record": lambda masks: masks.system.pipe_file(masks.path("records/00001.txt"), b"{}\n"),
}


@pytest.mark.parametrize("variant", ["tar", "files"])
def test_damage_is_named_and_repaired(bucket, references, tmp_path, capsys, variant):
    masks = bucket(variant)
    masks.upload_plan()
    masks.generate()
    for damage, apply in DAMAGE.items():
        if variant == "files" and "object" not in damage:
            continue
        apply(masks)
        capsys.readouterr()
        assert qd_imd.merge.main([masks.url]) == 75, damage
        said = capsys.readouterr().err
        kind = "missing" if "without its record" in damage else "damaged"
        assert f"1 {kind} (1" in said and said.endswith(f"run python -m qd_imd.shard {masks.url} 1\n"), damage
        assert [path for path in masks.paths() if path.endswith("dataset.json")] == []
        assert qd_imd.status.survey(masks.url).rerun == [1], damage
        masks.generate(1)
        assert qd_imd.shard.export(masks.url, 1) is False
    # What the store said is not known: the object is read.
    masks.system.rm_file(masks.path("tags/00001.json"))
    resized(masks, 0)
    assert qd_imd.status.survey(masks.url).rerun == []
    assert qd_imd.merge.main([masks.url]) == 75
    masks.generate(1)
    # Nobody knows: an object whose tag is that of other contents, as only --verify finds.
    masks.system.rm_file(masks.path("tags/00002.json"))
    assert qd_imd.merge.main([masks.url, "--verify", "--quiet"]) == 0
    assert_same(masks.merged(tmp_path / "downloaded"), references(variant))


def test_errors_say_whether_a_retry_can_help(bucket, tmp_path, capsys, monkeypatch):
    def said(code, main, *arguments):
        capsys.readouterr()
        try:
            found = main([str(argument) for argument in arguments])
        except SystemExit as exit:
            found = exit.code
        message = capsys.readouterr().err
        assert (found, message.count("expected") > 0 or code == 64) == (code, True), message
        return message

    shard, merge = qd_imd.shard.main, qd_imd.merge.main
    masks = bucket("tar")
    assert f"{masks.url}/plan.json: no such file" in said(1, shard, masks.url, 0)
    said(1, merge, masks.url)
    for arguments in [], [masks.folder], [masks.folder, 6, masks.url], [masks.folder, "1-0", masks.url], [
            masks.folder, "all", masks.url, "--shard-offset", 1]:
        said(64, shard, *arguments)
    # The plan of the first worker is that of the folder.
    assert shard([str(masks.folder / "plan.json"), "0", masks.url]) == 0
    other = bucket("tar", "--seed", "1", "--overwrite")
    assert "is another plan" in said(1, shard, other.folder, 0, masks.url)
    # Without drawings, nothing can be merged; with others, neither.
    said(1, shard, masks.url, 1)
    run("plan", DRAWINGS, "--output", masks.folder, "--masks-per-shard", 6, *COUNTS, *VARIANTS["tar"], "--quiet",
        "--overwrite")
    assert shard([str(masks.folder), "all", masks.url, "--quiet"]) == 0
    assert "drawings.bank: no such object" in said(1, merge, masks.url)
    said(1, merge, masks.url, "--source", DRAWINGS / "cat.ndjson")
    assert merge([masks.url, "--source", str(DRAWINGS), "--quiet"]) == 0
    # A dataset of another plan is not replaced.
    masks.system.rm_file(f"{masks.url}/plan.json")
    assert "is the dataset of another plan" in said(1, shard, other.folder, 0, masks.url)
    # A store that does not answer can do so later.
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    said(75, shard, other.folder, 0, masks.url)
    with pytest.raises(_program.Unavailable):
        qd_imd.status.survey(masks.url)
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert said(1, shard, other.folder, 0, masks.url) == (
        "fsspec: not installed; expected qd-imd[fsspec], or qd-imd[s3] for s3://\n")


@pytest.mark.parametrize("protocol", ["file", "memory", "path"])
def test_other_file_systems_get_whole_files(references, tmp_path, protocol):
    plan = tmp_path / "plan"
    run("plan", DRAWINGS, "--output", plan, "--masks-per-shard", 6, *COUNTS, *VARIANTS["tar"], "--quiet")
    folder = tmp_path / "out"
    url = {"file": f"file://{folder}", "memory": "memory://bucket/masks", "path": str(folder)}[protocol]
    for shard in range(6):
        assert qd_imd.shard.export(plan, shard, url)
    # An object store without checksums: contents are compared by the merge.
    system, root = fsspec.core.url_to_fs(url)
    damaged = f"{root}/tar/train-00000.tar"
    system.pipe_file(damaged, bytes(system.size(damaged)))
    assert qd_imd.status.survey(url).rerun == []
    with pytest.raises(_program.Unavailable, match=r"1 damaged \(0; .*has the SHA-256"):
        qd_imd.merge.merge(url, source=plan / ".qd-imd-partial" / "drawings.bank")
    assert qd_imd.shard.export(plan, 0, url)
    qd_imd.merge.merge(url, source=plan / ".qd-imd-partial" / "drawings.bank")
    assert qd_imd.merge.verify(url) == []
    names = {path[len(root) + 1:] for path in system.find(root)}
    assert names == {"plan.json", *references("tar")}
    for name, content in references("tar").items():
        assert system.cat_file(f"{root}/{name}") == content


def test_an_object_of_several_parts_is_recognized_without_reading_it(tmp_path, monkeypatch):
    # Not that of a server that another test named.
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem(use_listings_cache=False)
    system.mkdir("parts")
    (tmp_path / "large").write_bytes(bytes(101 << 20))
    store = Store("s3://parts")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "sha256", None)
        assert store.upload(tmp_path / "large", "large").endswith("-3")
    # What the store says is not of these contents: the object is read.
    monkeypatch.setattr("qd_imd._store._PART", 10 << 20)
    store.upload(tmp_path / "large", "large")
    monkeypatch.setattr(Store, "sha256", lambda *_: (0, "0" * 64))
    with pytest.raises(_program.Unavailable, match="after its upload"):
        store.upload(tmp_path / "large", "large")
