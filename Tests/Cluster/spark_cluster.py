"""A standalone Spark of two workers on this machine."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
# Spark starts it for each shard: it counts, and takes its time. Only one process can move a file, and becomes it.
PROGRAM_SCRIPT = """\
#!/bin/sh
if [ "$1" = export ]; then
    echo "$$" >>'{folder}/starts'
    sleep "$(cat '{folder}/delay')"
    if mv '{folder}/other' '{folder}/other-started' 2>/dev/null; then exec '{folder}/other-started' "$@"; fi
fi
exec '{program}' "$@"
"""
# Each worker has an address of its own: Spark speculates only on another host.
HOSTS = ["127.0.0.1", "127.0.0.2"]
CORES = 2


class Cluster:
    """A master and two workers, in processes of this one."""

    def __init__(self, folder, program=None):
        """Starts them; with a program, executors find one that counts and waits before it becomes that program."""
        self.folder = folder
        self.processes = []
        path = os.environ["PATH"]
        if program is not None:
            self.delay(0)
            (folder / "starts").touch()
            script = folder / "bin" / "qd-imd"
            script.parent.mkdir()
            script.write_text(PROGRAM_SCRIPT.format(folder=folder, program=program))
            script.chmod(0o755)
            path = f"{script.parent}{os.pathsep}{path}"
        java = shutil.which("java")
        assert java is not None, "java: not installed; expected Java 17 or later: scripts/setup cluster"
        self.environment = os.environ | {
            "JAVA_HOME": str(Path(java).resolve().parents[1]), "SPARK_HOME": str(HOME), "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m", "SPARK_NO_DAEMONIZE": "1", "PATH": path}
        try:
            self._start("master", HOSTS[0], "master.Master", "--host", HOSTS[0], "--port", "0", "--webui-port", "0")
            self.url = self._said("master", r"Starting Spark master at (spark://\S+)")
            for number, host in enumerate(HOSTS):
                self._start(
                    f"worker{number}", host, "worker.Worker", "--host", host, "--webui-port", "0", "--cores", str(CORES),
                    "--memory", "1g", "--work-dir", str(folder / f"work{number}"), self.url)
            for number in range(len(HOSTS)):
                self._said(f"worker{number}", r"(Successfully registered)")
        except BaseException:
            self.stop()
            raise

    def _start(self, name, host, main, *arguments):
        command = [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{main}", *arguments]
        with open(self.folder / f"{name}.log", "wb") as log:
            # Its processes are a group, which ends as a whole.
            self.processes.append(subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment | {"SPARK_LOCAL_IP": host}, start_new_session=True))

    def _said(self, name, pattern):
        log = self.folder / f"{name}.log"
        for _ in range(600):
            found = re.search(pattern, log.read_text(errors="replace"))
            if found:
                return found[1]
            time.sleep(0.2)
        raise AssertionError(f"{name}: {log.read_text(errors='replace')[-3000:]}")

    def delay(self, seconds):
        """Makes the program wait before it generates a shard."""
        (self.folder / "delay").write_text(f"{seconds}\n")

    def start_once(self, program):
        """Makes the next executor that generates a shard start another program for it."""
        shutil.copy(program, self.folder / "other.new")
        (self.folder / "other.new").rename(self.folder / "other")

    @property
    def starts(self):
        """How often the program was started to generate a shard."""
        return len((self.folder / "starts").read_text().splitlines())

    def executors(self):
        """The process ids of the executors, which workers started."""
        return [pid for pid, command in self._descendants() if "CoarseGrainedExecutorBackend" in command]

    def python_workers(self):
        """The process ids of the Python processes in which executors run tasks, and not of those that start them."""
        daemons = {pid for pid, command in self._descendants() if "pyspark.daemon" in command}
        found = []
        for pid in daemons:
            if parent(pid) in daemons:
                found.append(pid)
        return found

    def processor_seconds(self, *others):
        """The processor time of all processes, of those that `others` are and start, and of those that have ended."""
        known = [process.pid for process in self.processes]
        pids = [*known, *others, *(pid for pid, _ in self._descendants(*others))]
        return sum(processor_seconds(pid) for pid in pids)

    def _descendants(self, *others):
        known = {*(process.pid for process in self.processes), *others}
        found = []
        for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
            pid = int(path.name)
            try:
                command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            above = pid
            while above not in known and above > 1:
                above = parent(above)
            if above in known and pid not in known:
                found.append((pid, command))
        return found

    def stop(self):
        for process in reversed(self.processes):
            children = [pid for pid, _ in self._descendants()] if process is self.processes[-1] else []
            for pid in children:
                kill(pid)
            kill(process.pid)
            process.wait()


def parent(pid):
    """The process id of a process's parent; 0 if there is none."""
    try:
        return int(re.search(r"^PPid:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)[1])
    except (OSError, TypeError):
        return 0


def processor_seconds(pid):
    """The processor time of a process, and of those that it started and waited for; 0 if there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def kill(pid):
    """Kills a process, which may have ended."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
