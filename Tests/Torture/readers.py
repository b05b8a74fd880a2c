#!/usr/bin/env python3
"""Hand hostile inputs to dvctl and danvand: each is refused or read, by name, in bounded memory and time.

usage: readers.py [--scale SHARE] [--patience FACTOR] [--only WORDS] [--quick] [--control]

Every case is one `dvctl ingest` of inputs that were made to do harm (`hostile/`), between two good ones.
It must end by itself and by no signal; both good ones must be there; every rejection must be one that the
case names, with its reason, and each of these must be seen; the peak of dvctl's and the growth of danvand's
resident memory, and the CPU time of both together, must stay within the case's bounds; a fourth of the
size must take no less than a sixth of the time, so that nothing grows with the square. danvand must be
the same process in the end. Prints a table; exits with 1 when anything of this was broken.

--scale makes the inputs so much smaller, --quick leaves the fourths and what takes long out, --patience multiplies the
bounds of time, for debug builds. With --control the same is asked of a dvctl that dies, swells, is slow,
loses an input, keeps quiet or takes danvand with it: each must be found out, or this ends with 1.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Benchmarks"))

from harness import BIN, Daemon, machine, memory_of  # noqa: E402
from hostile import CASES  # noqa: E402
from hostile.case import salt, sentence, write  # noqa: E402

#: Kinds of misbehaviour, and a word of the complaint that each must raise.
FAKES = {"mortal": "signal", "swollen": "MiB", "slow": "CPU", "losing": "neighbour", "quiet": "never seen",
         "vague": "unexpected", "deadly": "danvand"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--patience", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--fake", choices=FAKES, help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.fake:
        return fake(options.fake, rest)
    print(f"== hostile inputs: {machine()}, {BIN.name} build")
    if options.control:
        sys.exit(control(options))
    broken = 0
    with Scene() as scene:
        print(f"{'case':50} {'CPU s':>7} {'fourth':>7} {'wall s':>7} {'dvctl':>6} {'danvand':>8} {'anon':>6}  outcome")
        for case in CASES:
            if options.only in case.name and not (case.is_long and options.quick):
                broken += len(judge(scene, case, options))
    print(f"{broken} complaints" if broken else "every input was refused or read, and nothing else was lost")
    sys.exit(1 if broken else 0)


def judge(scene, case, options):
    """Runs a case, and a fourth of it; prints its line of the table and returns the complaints."""
    size = max(case.least, int(case.size * options.scale)) if case.grows else case.size
    run = scene.run(case, size, options.patience)
    fourth = None
    # Behind it: what it has stored would be duplicates of the whole.
    if case.grows and not options.quick:
        fourth = scene.run(case, size // 4, options.patience).cpu
    complaints = run.complaints(case, options.patience)
    # What starting costs is not counted.
    if fourth is not None and run.cpu > 6 * fourth + 0.5:
        complaints.append(f"CPU {run.cpu:.1f} s, a fourth of it {fourth:.1f}: grows faster than the input")
    print(f"{case.name:50} {run.cpu:7.2f} {'' if fourth is None else format(fourth, '7.2f'):>7} {run.wall:7.1f} "
          f"{run.client:6.0f} {run.grown:+8.0f} {run.anonymous:6.0f}  "
          + ", ".join(f"{count} {what}" for what, count in sorted(run.outcomes.items())), flush=True)
    for complaint in complaints[:8]:
        print(f"    {complaint}")
    return complaints


def control(options):
    """Whether every misbehaviour is found out: an exit status."""
    case = next(case for case in CASES if "bytes that are no text" in case.name)
    case.seconds = 2
    found = []
    for kind, word in FAKES.items():
        with Scene(kind) as scene:
            complaints = scene.run(case, case.size, 1).complaints(case, 1)
        if any(word in complaint for complaint in complaints):
            found.append(kind)
        print(f"{kind}: {complaints[0] if complaints else 'not found out'}")
    return 0 if len(found) == len(FAKES) else 1


class Scene:
    """danvand on a scratch state, and dvctl or what plays it."""

    def __init__(self, kind=None):
        self.folder = Path(tempfile.mkdtemp(prefix="dv-hostile-"))
        self.daemon = Daemon(self.folder)
        self.kind = kind

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.daemon.process.kill()
        self.daemon.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, case, size, patience):
        salt[0] += 1
        inputs = self.folder / "in"
        inputs.mkdir()
        commands = made(case, inputs, size)
        run = Run(self, inputs)
        ended = threading.Event()
        helper = threading.Thread(target=case.meanwhile, args=(inputs, ended)) if case.meanwhile else None
        if helper:
            helper.start()
        for number, arguments in enumerate(commands):
            first, last = (write(inputs / f"{place}.jsonl", json.dumps({"text": sentence(9000 + 2 * number + at)}) + "\n")
                           for at, place in enumerate(("first", "last")))
            run.command([*arguments[:-1], first, arguments[-1], last] if arguments[0] == "--type" else [first, *arguments, last],
                        case.seconds * patience)
        ended.set()
        if helper:
            helper.join()
        run.finish(case, [a for arguments in commands for a in arguments if not a.startswith("--") and "/" in a])
        shutil.rmtree(inputs)
        return run


def made(case, folder, size):
    """The commands of a case, its files written by another process: what is big there is not big here."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            arguments = case.make(folder, size)
            arguments = list(arguments) if isinstance(arguments, tuple) else [arguments]
            os.write(send, json.dumps(arguments).encode())
            # A pipe that it writes to is written to when dvctl reads it.
            os.close(send)
            for thread in threading.enumerate():
                if thread is not threading.current_thread():
                    thread.join(60)
        finally:
            os._exit(0)
    os.close(send)
    with open(receive, "rb") as pipe:
        return json.loads(pipe.read())


class Run:
    """What came of one case."""

    def __init__(self, scene, inputs):
        self.scene, self.inputs, self.pid = scene, inputs, scene.daemon.process.pid
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        self.resident, self.before = memory_of(self.pid)[0], scene.daemon.cpu()
        self.cpu = self.wall = self.client = 0.0
        self.outcomes, self.neighbours, self.added = {}, 0, 0
        self.rejections, self.statuses, self.present = [], [], ""
        self.last, self.notes = [], ""

    def command(self, arguments, limit):
        """Runs dvctl on the arguments, with the outcome of each document as a line; not for ever."""
        program = [sys.executable, __file__, "--fake", self.scene.kind] if self.scene.kind else []
        command = [*program, str(BIN / "dvctl"), "ingest", "--socket", str(self.scene.daemon.socket), "--format", "ndjson",
                   *arguments]
        began = time.monotonic()
        with open(self.inputs / "out", "wb") as out, open(self.inputs / "err", "wb") as err:
            process = subprocess.Popen(
                ["prlimit", f"--cpu={int(2 * limit + 20)}", *command], stdout=out, stderr=err,
                env=dict(os.environ, DANVAND_PID=str(self.pid)))
            timer = threading.Timer(900, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        self.statuses.append(process.returncode)
        self.wall += time.monotonic() - began
        self.cpu += usage.ru_utime + usage.ru_stime
        self.client = max(self.client, usage.ru_maxrss / 1024)
        seen = set()
        for line in open(self.inputs / "out", encoding="utf-8"):
            row = json.loads(line)
            self.outcomes[row["outcome"]] = self.outcomes.get(row["outcome"], 0) + 1
            if Path(row["input"]).name in ("first.jsonl:1", "last.jsonl:1") and row["outcome"] == "added":
                self.neighbours += 1
            elif row["outcome"] == "rejected":
                # Of a million alike, one of each kind of reason is enough.
                key = (row["input"].rsplit(":", 1)[0], row["error"])
                if key not in seen:
                    self.rejections.append((row["input"], row["error"]))
                seen.add(key)
            else:
                self.added += row["outcome"] == "added"
                self.last.append(row["id"])

    def finish(self, case, paths):
        self.paths = paths
        self.living = self.scene.daemon.process.poll() is None and self.scene.daemon.call("ping").returncode == 0
        self.grown = self.anonymous = 0.0
        if self.living:
            self.cpu += self.scene.daemon.cpu() - self.before
            _, self.anonymous, peak = memory_of(self.pid)
            self.grown = peak - self.resident
            if case.noted:
                self.notes = "".join(
                    self.scene.daemon.call("show", str(id), "--format", "json").stdout.decode() for id in self.last[:9])
            if case.absent:
                found = self.scene.daemon.call("query", f'"{case.absent}"', "--count").stdout.decode()
                self.present = "" if found.split()[:1] == ["0"] else found or "no answer"

    def complaints(self, case, patience):
        found = []
        if not self.living:
            found.append("danvand has ended or does not answer")
        for status in self.statuses:
            if status not in (0, 8):
                found.append(f"dvctl ended by signal {-status} ({signal.Signals(-status).name})" if status < 0
                             else f"dvctl ended with {status}: " + (self.scene.folder / "danvand.log").read_text()[-300:])
        if self.neighbours != 2 * len(self.statuses):
            found.append(f"{2 * len(self.statuses) - self.neighbours} of the good neighbours are lost")
        if case.added is not None and self.added != case.added:
            found.append(f"{self.added} articles were added, not {case.added}")
        for label, reason in self.rejections:
            if not any(name in label and why in reason for name, why in case.rejects):
                found.append(f"unexpected: rejected {label}: {reason}")
        for name, why in case.rejects:
            if not any(name in label and why in reason for label, reason in self.rejections):
                found.append(f"never seen: a rejection of {name} for '{why}'")
        for path in self.paths if case.names_all else []:
            # Not that of a file whose name begins alike.
            if not any(label == path or label.startswith(tuple(path + mark for mark in "/:#"))
                       for label, _ in self.rejections):
                found.append(f"never seen: a rejection that names {path}")
        if case.noted not in self.notes:
            found.append(f"never seen: a note '{case.noted}'")
        if self.present:
            found.append(f"'{case.absent}' was read: {self.present}")
        if self.client > case.client:
            found.append(f"dvctl took {self.client:.0f} MiB, bound {case.client}")
        if self.grown > case.daemon:
            found.append(f"danvand grew by {self.grown:.0f} MiB, bound {case.daemon}")
        if self.cpu > case.seconds * patience:
            found.append(f"CPU {self.cpu:.1f} s, bound {case.seconds * patience:.0f}")
        return found


def fake(kind, command):
    """A dvctl that deserves complaints: the real one, and then some."""
    result = subprocess.run(command, capture_output=True)
    lines = result.stdout.decode().splitlines()
    if kind == "losing":
        lines = [line for line in lines if "last.jsonl" not in line]
    if kind == "quiet":
        lines = [line for line in lines if '"rejected"' not in line]
    if kind == "vague":
        lines = [json.dumps(dict(row, error="bad")) for row in map(json.loads, lines) if row]
    print("\n".join(lines), flush=True)
    if kind == "swollen":
        bytearray(os.urandom(1 << 20) * 200)
    if kind == "slow":
        while time.process_time() < 4:
            pass
    if kind == "deadly":
        os.kill(int(os.environ["DANVAND_PID"]), signal.SIGKILL)
    if kind == "mortal":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.exit(result.returncode)


if __name__ == "__main__":
    main()
