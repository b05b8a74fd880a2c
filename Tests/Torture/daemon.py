"""danvand on a scratch folder, to be killed, traced and started again."""
import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "clients/python/src"))

import danvan  # noqa: E402
from danvan.errors import ConnectionLost, Unavailable, Unreachable  # noqa: E402

BIN = Path(os.environ.get("DANVAN_BIN") or ROOT / ".build/debug")
#: Only programs of a debug build know $DANVAN_FAULT.
DEBUG = ROOT / ".build/debug"
RULES = Path(os.environ.get("DANVAN_RULES") or ROOT / "Sources/DanvanExtract/Resources/vi")
#: What a client meets while the daemon is away.
PASSING = (ConnectionLost, Unavailable, Unreachable, OSError)


@contextmanager
def running(name):
    """A danvand that answers, on a scratch folder of its own."""
    with tempfile.TemporaryDirectory(prefix=f"dv-{name}-") as folder:
        daemon = Daemon(Path(folder))
        daemon.start()
        yield daemon


class Daemon:
    """danvand on a scratch folder, killed and started; its state lies in `state` there, unless said otherwise."""

    def __init__(self, folder, fault="", state=None, environment=None):
        self.folder, self.socket, self.rules = folder, str(folder / "d.sock"), folder / "rules"
        self.state, self.log = state or folder / "state", folder / "log"
        self.bin = DEBUG if fault else BIN
        shutil.copytree(RULES, self.rules, dirs_exist_ok=True)
        # Who dies of a signal is to be dead at once, and not to be looked at by Swift's backtracer.
        self.environment = dict(os.environ, SWIFT_BACKTRACE="enable=no", **(environment or {}))
        if fault:
            self.environment["DANVAN_FAULT"] = fault
        self.slowest = 0.0
        #: The words before its own, where it is started by another program.
        self.prefix = ()
        self.process = None
        self.tracer = None

    def start(self):
        """Starts it and waits until it answers."""
        began = time.monotonic()
        self.launch()
        if self.wait_until_ready() is not None:
            raise SystemExit("danvand ended: " + self.log.read_text()[-2000:])
        self.slowest = max(self.slowest, time.monotonic() - began)

    def launch(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, self.bin / "danvand", "--state", self.state, "--socket", self.socket, "--rules", self.rules],
                stdout=subprocess.DEVNULL, stderr=log, env=self.environment)
        # Whatever becomes of this script, it leaves none behind.
        atexit.register(self.process.kill)

    def wait_until_ready(self):
        """None once it answers; how it ended, where it did."""
        while True:
            if self.process.poll() is not None:
                return self.process.returncode
            try:
                with self.client(30) as client:
                    if client.ping(timeout=30):
                        return None
            except danvan.DanvanError:
                time.sleep(0.01)

    def client(self, timeout=60):
        return danvan.Client(self.socket, timeout=timeout)

    def change_rules(self):
        """Another rule set by its contents; the next start begins to rebuild."""
        version = self.rules / "VERSION"
        version.write_text(version.read_text().strip() + "-changed\n")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, timeout=60):
        """Asks it to end; how it did."""
        self.process.terminate()
        return self.process.wait(timeout)

    def start_traced(self, *arguments):
        """Starts it under a strace that is not its parent, which sees it from its first call on."""
        self.prefix = ["strace", "-D", "-f", "-qq", "--seccomp-bpf", *arguments]
        self.start()
        self.prefix = ()
        self.tracer = tracer_of(self.process.pid)

    def await_tracer(self):
        """Waits until strace, whose process has ended, has written everything down."""
        for _ in range(200):
            if not Path(f"/proc/{self.tracer}").exists():
                return
            time.sleep(0.01)
        # Now and then strace waits for ever for a thread that was killed.
        os.kill(self.tracer, signal.SIGKILL)

    def kill_at(self, call, number):
        """Kills it at its `number`th such system call; true when it came to that."""
        tracer = trace(
            self.process, "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
        try:
            self.process.wait(2)
            return True
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.kill()
            end(tracer)


def trace(process, *arguments):
    """strace on all threads of a process that runs already, once it is attached to them."""
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", *arguments, "-p", str(process.pid)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while tracer.poll() is None and process.poll() is None and not is_traced(process.pid):
        time.sleep(0.002)
    return tracer


def is_traced(pid):
    try:
        return all("TracerPid:\t0" not in (task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        # A thread, or all of it, has just ended.
        return False


def tracer_of(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("TracerPid")))


def end(tracer):
    """Takes strace away."""
    tracer.terminate()
    try:
        tracer.wait(2)
    except subprocess.TimeoutExpired:
        # Now and then strace waits for ever for a thread that was killed; without it the thread ends.
        tracer.kill()
        tracer.wait()
