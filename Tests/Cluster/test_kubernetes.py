"""cluster/kubernetes.yaml is valid, and what its Jobs do, by a controller that follows its fields, makes the dataset."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import kubernetes_validate
import pytest
import yaml
from conftest import PROGRAM, ROOT, Killer, assert_merged, plan, run, status
from damage import damage_shards, other_version
from processes import generator

COUNTS = ["--train", 78, "--test", 22]
EXPORT, MERGE = yaml.safe_load_all((ROOT / "cluster" / "kubernetes.yaml").read_text())


@pytest.mark.parametrize("job", [EXPORT, MERGE], ids=lambda job: job["metadata"]["name"])
def test_the_jobs_are_valid(job):
    kubernetes_validate.validate(job, "1.31", strict=True)
    # The schemas do not list the values of these.
    spec = job["spec"]
    assert spec.get("completionMode", "NonIndexed") in ["Indexed", "NonIndexed"]
    # podFailurePolicy requires it.
    assert spec["template"]["spec"]["restartPolicy"] == "Never"
    [container] = spec["template"]["spec"]["containers"]
    for rule in spec["podFailurePolicy"]["rules"]:
        # Of the Kubernetes API: exactly one of the two conditions, and FailIndex only with backoffLimitPerIndex.
        assert rule["action"] in ["FailJob", "Ignore", "Count"]
        assert ("onExitCodes" in rule) != ("onPodConditions" in rule)
        if "onExitCodes" in rule:
            assert rule["onExitCodes"]["operator"] in ["In", "NotIn"]
            assert rule["onExitCodes"]["containerName"] == container["name"]
            assert 0 not in rule["onExitCodes"]["values"]
        for condition in rule.get("onPodConditions", []):
            assert condition["status"] in ["True", "False", "Unknown"]


def test_backoff_per_index_is_of_an_indexed_job():
    assert EXPORT["spec"]["completionMode"] == "Indexed"
    assert "backoffLimit" not in EXPORT["spec"] and "backoffLimitPerIndex" not in MERGE["spec"]


class Controller:
    """Runs a Job's container on this machine, with the retries and the failure policy of its specification."""

    def __init__(self, job, folder, completions=1, first_program=PROGRAM):
        """The first pod of index 0 has another program, if there is one."""
        self.spec = job["spec"]
        self.folder, self.completions, self.first_program = folder, completions, first_program
        self.exit_codes = {index: [] for index in range(completions)}
        self.has_failed = False

    def pod(self, index):
        [container] = self.spec["template"]["spec"]["containers"]
        command = [part.replace("/data/", f"{self.folder}/") for part in container["command"]]
        is_first = index == 0 and not self.exit_codes[index]
        if is_first and command[0] == "qd-imd":
            command[0] = str(self.first_program)
        environment = dict(os.environ)
        if self.spec.get("completionMode") == "Indexed":
            environment["JOB_COMPLETION_INDEX"] = str(index)
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, timeout=120)
        # A signal is 128 and its number.
        return done.returncode if done.returncode >= 0 else 128 - done.returncode

    def action(self, code):
        for rule in self.spec["podFailurePolicy"]["rules"]:
            if "onExitCodes" in rule:
                condition = rule["onExitCodes"]
                if (code in condition["values"]) == (condition["operator"] == "In"):
                    return rule["action"]
        return "Count"

    def run_index(self, index):
        limit = self.spec.get("backoffLimitPerIndex", self.spec.get("backoffLimit"))
        while not self.has_failed:
            code = self.pod(index)
            self.exit_codes[index].append(code)
            if code == 0:
                return True
            if self.action(code) == "FailJob":
                self.has_failed = True
            if sum(code != 0 for code in self.exit_codes[index]) > limit:
                break
        return False

    def run(self):
        """Whether the Job completes."""
        with ThreadPoolExecutor(min(4, self.spec.get("parallelism", 1))) as threads:
            return all(list(threads.map(self.run_index, range(self.completions))))


@pytest.mark.parametrize("variant, masks_per_shard", [("tar-exact", 7), ("webdataset", 6)])
def test_the_jobs_make_the_dataset_of_one_process_although_pods_are_killed(references, tmp_path, variant, masks_per_shard):
    plan(tmp_path, masks_per_shard, COUNTS, variant)
    shards = status(tmp_path)["shards"]
    killer = Killer(tmp_path, 4, generator("kubernetes", variant))
    killer.start()
    export = Controller(EXPORT, tmp_path, shards)
    assert export.run(), export.exit_codes
    killer.count = 0
    killer.join()
    assert Controller(MERGE, tmp_path).run()
    assert_merged(tmp_path, references(variant, COUNTS))


def test_damaged_shards_are_generated_by_the_job_that_merges(references, tmp_path):
    plan(tmp_path, 7, COUNTS, "files", shards=16)
    assert Controller(EXPORT, tmp_path, 16).run()
    damage_shards(tmp_path, COUNTS, "files")
    merge = Controller(MERGE, tmp_path)
    assert merge.run()
    assert merge.exit_codes == {0: [0]}
    assert_merged(tmp_path, references("files", COUNTS))


def test_a_pod_of_another_version_writes_nothing_and_is_replaced(references, tmp_path):
    plan(tmp_path, 39, COUNTS, "files", shards=3)
    path, _ = other_version(tmp_path)
    job = Controller(EXPORT, tmp_path, 3, path)
    assert job.run()
    assert job.exit_codes == {0: [1, 0], 1: [0], 2: [0]}
    run("merge", "masks", cwd=tmp_path)
    assert_merged(tmp_path, references("files", COUNTS))


def test_invalid_options_fail_the_job_at_once(tmp_path):
    plan(tmp_path, 50, COUNTS, "files", shards=3)
    job = Controller(EXPORT, tmp_path, 4)
    assert not job.run()
    # The fourth pod has an index that the plan does not have.
    assert job.exit_codes[3] == [64]
    run("export", "--plan", "masks", "--shard", "all", cwd=tmp_path)
