"""What the benchmarks share: danvand on a scratch state, its figures from /proc, and the news corpus."""
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/release"))
SHARED = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared"))
RULES = ROOT / "Sources/DanvanExtract/Resources/vi"
TICKS = os.sysconf("SC_CLK_TCK")


def machine():
    """One line that every printed table begins with."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}"


class Daemon:
    """danvand on a scratch state; figures are read from /proc."""

    def __init__(self, folder):
        self.socket = folder / "danvand.sock"
        began = time.monotonic()
        self.process = subprocess.Popen(
            [BIN / "danvand", "--state", folder / "state", "--socket", self.socket, "--rules", RULES],
            stderr=open(folder / "danvand.log", "wb"))
        while self.call("ping").returncode != 0:
            if self.process.poll() is not None:
                sys.exit(f"danvand ended: {(folder / 'danvand.log').read_text()}")
        self.started = time.monotonic() - began

    def call(self, *arguments, **options):
        return subprocess.run(
            [BIN / "dvctl", arguments[0], "--socket", self.socket, *arguments[1:]],
            capture_output=True, **options)

    def memory(self):
        return memory_of(self.process.pid)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait()


def memory_of(pid):
    """(resident, anonymous, peak resident) in MiB; zeros for a process that is just ending."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = {l.split(":")[0]: l.split()[1] for l in lines if l.endswith(" kB")}
    return tuple(int(values.get(k, 0)) / 1024 for k in ("VmRSS", "RssAnon", "VmHWM"))


def spawn_times(command, runs):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), min(times)


def corpus(limit):
    files = sorted((SHARED / "data/news").glob("news-*.jsonl.gz"))
    articles = (json.loads(line) for f in files for line in gzip.open(f, "rt", encoding="utf-8"))
    return [a for _, a in zip(range(limit), articles)], files
