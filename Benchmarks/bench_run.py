"""What every chapter needs: the programs, the drawings, a folder in memory, the number of rounds, and the report."""

import copy
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from measured_run import run_measured

HERE = Path(__file__).resolve().parent
SIMDJSON_WALK = HERE.parent / ".build" / "simdjson-walk" / "release" / "simdjson-walk"


class BenchRun:
    def __init__(self, program, previous_program, drawings, folder, is_quick, report):
        self.program = program
        self.drawings = drawings
        self.folder = folder
        self.is_quick = is_quick
        self.report = report
        self.cores = os.cpu_count()
        self.rounds = 2 if is_quick else 3
        # For short measurements of two versions in turn.
        self.pairs = 2 if is_quick else 7
        # The same run with the previous version's programs; None if it is missing.
        self.previous = None
        if previous_program and previous_program.exists():
            self.previous = copy.copy(self)
            self.previous.program = previous_program

    @property
    def versions(self):
        """The previous version, if there is one, and this one: the order in which they take turns."""
        return ([self.previous] if self.previous else []) + [self]

    @property
    def version(self):
        return subprocess.run([self.program, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def json_lines(self, *command):
        output = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout
        return [json.loads(line) for line in output.splitlines()]

    def micro(self, *arguments):
        """What a subcommand of `micro-benchmarks` prints."""
        return self.json_lines(self.program.with_name("micro-benchmarks"), *arguments)

    def walk(self, seconds, paths):
        """What simdjson's walk through the files reports; its program is the same for both versions."""
        return self.json_lines(SIMDJSON_WALK, seconds, *paths)[0]

    def peer(self, *arguments):
        """What one peer reports."""
        return self.json_lines(sys.executable, HERE / "peers.py", *arguments)[0]

    def qdimd(self, *arguments):
        """Runs the program and returns its time and memory."""
        return run_measured(self.program, *arguments, "--quiet")

    def export(self, count, *options, source=None):
        """Exports `count` masks, a sixth of them for testing, and returns the time and memory."""
        output = self.folder / "export"
        test = count // 6
        try:
            return self.qdimd(
                "export", source or self.drawings, "--output", output, "--train", count - test, "--test", test,
                *options)
        finally:
            shutil.rmtree(output, ignore_errors=True)

    def has_room(self, byte_count):
        """Whether the folder has room for so many bytes, without using up memory if it is in memory."""
        free = shutil.disk_usage(self.folder).free
        if self.is_in_memory:
            with open("/proc/meminfo") as lines:
                available = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}["MemAvailable"]
            free = min(free, available // 2)
        return byte_count <= free

    @property
    def is_in_memory(self):
        return Path("/dev/shm") in self.folder.parents


def median(values):
    return statistics.median(values)
