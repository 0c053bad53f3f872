"""A Slurm of several nodes on this machine, without systemd: started in a second, and stopped without a trace."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
AuthType=auth/munge
CredType=cred/munge
# A job that was requeued waits for as long as a credential lives: 120 s by default.
AuthInfo=socket={root}/munge/socket,cred_expire=5
StateSaveLocation={root}/state
SlurmdSpoolDir={root}/spool-%n
SlurmctldPidFile={root}/slurmctld.pid
SlurmdPidFile={root}/slurmd-%n.pid
SlurmctldLogFile={root}/slurmctld.log
SlurmdLogFile={root}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=100000
SlurmdParameters=config_overrides
SlurmdTimeout=120
ReturnToService=2
KillWait=1
CompleteWait=0
MaxArraySize={max_array_size}
JobRequeue=1
MinJobAge=600
{nodes}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Slurm:
    """The controller and the nodes `node0`, `node1`, …, each with `slots` slots."""

    def __init__(self, root, nodes=2, slots=4, max_array_size=1001):
        self.root = Path(root)
        self.nodes = [f"node{number}" for number in range(nodes)]
        self.processes = {}
        self.environment = os.environ | {"SLURM_CONF": f"{root}/slurm.conf"}
        # Slurm compares it with the first part of the machine's name.
        host = socket.gethostname().partition(".")[0]
        for folder in ["state", "munge", *(f"spool-{node}" for node in self.nodes)]:
            (self.root / folder).mkdir(parents=True)
        lines = [f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={free_port()} CPUs={slots} "
                 f"RealMemory=100000 State=UNKNOWN" for node in self.nodes]
        (self.root / "slurm.conf").write_text(CONFIGURATION.format(
            host=host, port=free_port(), root=root, nodes="\n".join(lines), max_array_size=max_array_size))
        # Daemons of Slurm look for it even if nothing needs cgroups.
        (self.root / "cgroup.conf").write_text("")

    def start(self):
        for program in ["slurmctld", "slurmd", "sbatch", "munged"]:
            assert shutil.which(program) is not None, f"{program}: not installed; expected what scripts/setup cluster installs"
        self.start_munge()
        self.spawn("slurmctld", "-D", "-c")
        for node in self.nodes:
            self.start_node(node)
        self.wait_for(lambda: sorted(self.states().values()) == ["idle"] * len(self.nodes), "idle nodes", 120)
        return self

    def start_munge(self):
        """The daemon that signs messages between those of Slurm, with a key of its own."""
        folder = self.root / "munge"
        (folder / "key").write_bytes(os.urandom(128))
        (folder / "key").chmod(0o400)
        user = pwd.getpwnam("munge")
        for path in [folder, folder / "key"]:
            os.chown(path, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
        self.processes["munged"] = subprocess.Popen(
            ["setpriv", "--reuid=munge", "--regid=munge", "--clear-groups", "munged", "--foreground", "--force",
             f"--key-file={folder}/key", f"--socket={folder}/socket", f"--pid-file={folder}/pid",
             f"--log-file={folder}/log", f"--seed-file={folder}/seed"],
            stdout=(self.root / "munged.log").open("w"), stderr=subprocess.STDOUT)
        self.wait_for((folder / "socket").exists, "the socket of munged", 10)

    def spawn(self, name, *arguments, program=None):
        log = (self.root / f"{name}.out").open("a")
        self.processes[name] = subprocess.Popen(
            [program or name, *arguments], env=self.environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def start_node(self, node):
        self.spawn(node, "-D", "-N", node, program="slurmd")

    def take_down(self, node):
        """As if the machine had lost its power: its daemon and all of its jobs' processes end at once.

        The controller is told what it would find out after `SlurmdTimeout`.
        """
        daemon = self.processes.pop(node)
        daemon.kill()
        daemon.wait()
        for process in self.processes_of(node):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.command("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=power")

    def processes_of(self, node):
        """The processes of a node's jobs, by their environment, and the daemons that started them, by their name."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                variables = (entry / "environ").read_bytes().split(b"\0")
                if f"SLURM_CONF={self.root}/slurm.conf".encode() in variables and f"SLURMD_NODENAME={node}".encode() in variables:
                    found.append(int(entry.name))
            except OSError:
                pass  # It has ended.
        return found

    def command(self, *arguments, **options):
        done = subprocess.run(
            [str(argument) for argument in arguments], env=self.environment, capture_output=True, text=True, timeout=60,
            **options)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def states(self):
        """The state of each node; none while the controller starts."""
        done = subprocess.run(["sinfo", "--noheader", "--Node", "--format=%N %T"], env=self.environment, capture_output=True,
                              text=True)
        return dict(line.split() for line in done.stdout.splitlines())

    def active(self):
        """The jobs that have not ended."""
        # On a busy machine, the controller can fail to answer in time.
        for _ in range(5):
            done = subprocess.run(["squeue", "--noheader", "--format=%i %j %T %r"], env=self.environment,
                                  capture_output=True, text=True)
            if done.returncode == 0:
                return done.stdout.splitlines()
            time.sleep(1)
        raise AssertionError(f"squeue: {done.stderr}\n{self.report()}")

    def cancel(self):
        """Ends all jobs; a merge that is ending may submit others."""
        def has_ended():
            jobs = [line.split()[0] for line in self.active()]
            if jobs:
                subprocess.run(["scancel", *jobs], env=self.environment, check=False)
            return not jobs
        self.wait_for(has_ended, "the end of canceled jobs", 120)

    def wait(self, seconds=300, interval=0.1):
        """Waits for the end of all jobs."""
        self.wait_for(lambda: not self.active(), "the end of all jobs", seconds, interval)

    def wait_for(self, condition, what, seconds, interval=0.1):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"waited {seconds} s for {what}\n{self.report()}"
            time.sleep(interval)

    def report(self):
        """What the daemons said last."""
        logs = [*self.root.glob("*.log"), *self.root.glob("*.out"), self.root / "munge" / "log"]
        text = "".join(f"{log.name}:\n{log.read_text(errors='replace')[-2000:]}\n" for log in logs if log.exists())
        return f"{self.states()}\n{text}"

    def stop(self):
        for node in self.nodes:
            for process in self.processes_of(node):
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.root, ignore_errors=True)
