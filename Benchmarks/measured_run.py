"""Runs a program, and measures its time and its peak memory.

The memory that Linux reports for a child is never less than that of the process that started it. So the program is
started by a second, small Python process:

    python -I -S measured_run.py DESCRIPTOR PROGRAM ARGUMENT...

writes the measurements to the file descriptor.
"""

import os
import resource
import subprocess
import sys
import time
from collections import namedtuple

# Seconds by the clock, processor time in seconds, and the bytes of the peak memory.
Run = namedtuple("Run", ["seconds", "cpu_seconds", "peak"])


class RunError(RuntimeError):
    """A program that failed: what happened, and what was measured, if it could be started."""

    def __init__(self, command, status, run):
        super().__init__(f"{' '.join(map(str, command))}: status {status}; expected 0")
        self.run = run


def peak_bytes(usage):
    """The peak memory that `getrusage` reports, in bytes."""
    # macOS counts bytes, all others KiB.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def own_peak():
    """The peak memory of this process, in bytes."""
    try:
        # Not from `getrusage`, which starts at the parent's peak.
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    except OSError:
        return peak_bytes(resource.getrusage(resource.RUSAGE_SELF))


def run_measured(*command):
    """Runs the command, discards its output, and returns its time and memory."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", os.path.abspath(__file__), str(writing), *map(str, command)],
        stdout=subprocess.DEVNULL, pass_fds=[writing])
    os.close(writing)
    with open(reading) as report:
        words = report.read().split()
    if process.wait() != 0 or len(words) != 4:
        raise RunError(command, "none", None)
    run = Run(float(words[0]), float(words[1]), int(words[2]))
    if words[3] != "0":
        raise RunError(command, words[3], run)
    return run


def main():
    descriptor, command = int(sys.argv[1]), sys.argv[2:]
    os.set_inheritable(descriptor, False)
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    cpu_seconds = usage.ru_utime + usage.ru_stime
    report = f"{seconds} {cpu_seconds} {peak_bytes(usage)} {os.waitstatus_to_exitcode(status)}"
    os.write(descriptor, report.encode())


if __name__ == "__main__":
    main()
