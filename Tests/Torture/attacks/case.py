"""An attack, what it is made on, and the bounds that must hold."""
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from .target import AHEAD, Target
from .wire import CHECK, HELLO, Frames, connected, document, field as bytes_field, request

#: In the order of their definition.
CASES = []


@dataclass
class Case:
    name: str
    #: `make(scene)`.
    make: Callable
    #: How many of what makes it an attack, and how many at least.
    size: int
    least: int = 1
    #: Vices of a server (`misbehaving.py`), and a word of the complaint that each must raise.
    vices: dict = field(default_factory=dict)
    #: danvand's configuration.
    settings: str = ""
    #: How often the honest p99 may be the quiet one.
    slower: float = 2.0
    #: The socket's name, which gives the rights; without one danvand makes its own.
    rights: str = "admin"
    #: Starts what it needs itself.
    bare: bool = False


def case(name, size, **options):
    """Makes a case of the function below it."""
    return lambda make: CASES.append(Case(name, make, size, **options))


class Scene:
    """A target, an honest client, and what is complained of."""

    def __init__(self, case, options, vice=None):
        self.case, self.vice, self.patience = case, vice, options.patience if vice is None else 1.0
        self.quiet = 2.0 if options.scale >= 0.1 and not vice else 1.0
        # A vice shows in little.
        self.size = max(case.least, int(case.size * (min(options.scale, 0.01) if vice else options.scale)))
        self.complaints, self.figures, self.scratch = [], [], tempfile.TemporaryDirectory(prefix="dv-peers-")
        self.folder = Path(self.scratch.name)
        self.target = None

    def __enter__(self):
        if not self.case.bare:
            self.target = Target(self.folder, self.vice, self.case.rights, self.case.settings)
            self.fill()
        return self

    def __exit__(self, *_):
        if self.target:
            self.target.stop()
        self.scratch.cleanup()

    def fill(self):
        """Some articles to search in; what is read at first is in memory behind it."""
        if self.target.vice:
            return
        texts = [f"Sáng {n % 28 + 1}-5, Bí thư Đảng ủy xã Mây Ngàn {n} chủ trì hội nghị về công tác dân vận." for n in range(200)]
        connection = connected(self.path)
        connection.sendall(request(1, "danvan.v1.Corpus", "Ingest", b"".join(bytes_field(1, document(t)) for t in texts)))
        if (Frames(connection).answer(1) or (1,))[0] != 0:
            raise SystemExit("danvand does not take articles")
        connection.close()

    @property
    def path(self):
        return self.target.path

    def run(self):
        began = time.monotonic()
        self.case.make(self)
        if self.target and not self.target.alive():
            self.complaints.append("the process has ended: " + self.last_words())
        if not self.vice:
            print(f"{self.case.name:34} {self.size:>8} {time.monotonic() - began:6.1f} s  " + "; ".join(self.figures), flush=True)
            for text in self.complaints[:8]:
                print(f"    {text}", flush=True)

    def last_words(self):
        log = self.folder / "log"
        return log.read_text(errors="replace")[-300:] if log.exists() else ""

    # What may be asked of it.

    def bound(self, what, value, most, unit=""):
        """Notes a figure, and complains of it where it is more than `most`."""
        self.figures.append(f"{what} {value:.4g}{unit} (≤ {most:.4g})")
        if value > most:
            self.complain(f"{what}: {value:.4g}{unit}, bound {most:.4g}")

    def expect(self, what, value, wanted):
        self.figures.append(f"{what} {value}")
        if value != wanted:
            self.complain(f"{what}: {value}, not {wanted}")

    def complain(self, text):
        if len(self.complaints) < 50:
            self.complaints.append(text)

    @contextmanager
    def watched(self, memory, unit=1, quiet=None):
        """Measures an honest client with nobody beside it, unless what it met without the attack is given, then
        during what is done inside; memory in MiB at most
        `memory` more at the peak, in KiB and divided by `unit` where the bound is for each of so many; sockets
        come back."""
        target = self.target
        quiet = quiet or self.honest(lambda: time.sleep(self.quiet))
        sockets, resident = target.descriptors(), target.resident()
        target.forget_peak()
        before = target.cpu()
        with Honest(self.path) as honest:
            yield
            peak = target.peak()
        beside = honest.result
        self.bound("memory", max(0.0, peak - resident) * (1024 if unit > 1 else 1) / unit, memory,
                   " KiB each" if unit > 1 else " MiB")
        self.figures.append(f"CPU {target.cpu() - before:.2f} s")
        if target.alive():
            if not target.settle(sockets) and target.descriptors() > sockets:
                self.complain(f"sockets: {sockets}, then {target.descriptors()}")
            self.figures.append(f"sockets {target.descriptors() - sockets:+d}")
        self.figures.append(f"p50 {quiet['p50']:.2f}, then {beside['p50']:.2f} ms")
        self.bound("p99", beside["p99"], self.case.slower * self.patience * quiet["p99"], " ms")
        if beside["failures"] or quiet["failures"]:
            self.complain(f"{beside['failures']} honest calls failed")

    def honest(self, action):
        with Honest(self.path) as honest:
            action()
        return honest.result

    def answers(self):
        """Whether a new connection is served."""
        try:
            connection = connected(self.path, 20)
            connection.sendall(request(1, *CHECK))
            return Frames(connection).answer(1) is not None
        except OSError:
            return False

    def greeted(self, timeout=60):
        """A connection that has said Hello, and its frames."""
        connection = connected(self.path, timeout)
        connection.sendall(HELLO)
        frames = Frames(connection)
        frames.answer(1)
        return connection, frames


class Honest:
    """The honest client, in a process of its own."""

    def __init__(self, path):
        self.process = subprocess.Popen(
            [*AHEAD, sys.executable, Path(__file__).with_name("honest.py"), path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        self.result = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        line = self.process.stdout.readline()
        self.process.wait()
        self.result = json.loads(line) if line else {"calls": 0, "p50": 0.0, "p99": 0.0, "failures": 1}


def children(count, action):
    """Runs action(number) in so many processes, each on a processor only while nobody else wants it
    (SCHED_IDLE): what is measured is the daemon, and not who of two has the processor. Returns what each printed as JSON."""
    readers = []
    for number in range(count):
        receive, send = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(receive)
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
                with open(send, "w") as out:
                    out.write(json.dumps(action(number)))
            finally:
                os._exit(0)
        os.close(send)
        readers.append((pid, receive))
    results = []
    for pid, receive in readers:
        with open(receive) as pipe:
            text = pipe.read()
        os.waitpid(pid, 0)
        results.append(json.loads(text) if text else None)
    return results
