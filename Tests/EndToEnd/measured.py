"""A run of the program, and what it cost.

Linux reports for a child at least the peak memory of the process that started it, and that of pytest is large. So a small
process starts the program; it writes what it measured to a pipe.
"""

import json
import os
import subprocess
import sys
from collections import namedtuple

from conftest import PROGRAM

# Negative exit codes are signals. Processor time in seconds, peak memory in bytes.
Cost = namedtuple("Cost", ["code", "processor", "memory"])

STARTER = """
import json, os, resource, subprocess, sys
report = int(sys.argv[1])
os.set_inheritable(report, False)
code = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
os.write(report, json.dumps([code, used.ru_utime + used.ru_stime, memory]).encode())
"""


def measured(arguments, seconds, **options):
    """Runs the program with the options of `subprocess.Popen`. Raises `subprocess.TimeoutExpired`."""
    reading, writing = os.pipe()
    command = [sys.executable, "-I", "-S", "-c", STARTER, str(writing), PROGRAM, *map(str, arguments)]
    with open(reading) as report:
        # Of a session of its own, to be killed together with the program.
        process = subprocess.Popen(command, pass_fds=[writing], start_new_session=True, **options)
        os.close(writing)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            raise
        return Cost(*json.loads(report.read()))
