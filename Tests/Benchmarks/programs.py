#!/usr/bin/env python3
"""Measure danvan's programs from outside, beside peers in the same run.

usage: programs.py [--runs N]

Prints start-up of danvand (spawn to first answered ping) and its resident memory, what the loaded rules take
of it, and `dvctl ping`, spawn to exit, beside /bin/true, `redis-cli ping` where installed, and python3 -c pass.
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import BIN, RULES, Daemon, machine, spawn_times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    options = parser.parse_args()
    print(f"== programs: {machine()}")
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        daemon = Daemon(Path(scratch))
        resident, anonymous, _ = daemon.memory()
        print(f"start-up: {daemon.started * 1000:.0f} ms to the first answered ping; "
              f"resident {resident:.1f} MiB, of it anonymous {anonymous:.1f} MiB")
        print(f"the loaded rules: {rules_memory(scratch):.1f} MiB of heap (bar: 40)")
        commands = {"dvctl ping": [BIN / "dvctl", "ping", "--socket", daemon.socket], "/bin/true": ["/bin/true"],
                    "python3 -c pass": [sys.executable, "-c", "pass"]}
        if shutil.which("redis-cli"):
            commands["redis-cli ping"] = ["redis-cli", "ping"]
        for name, command in commands.items():
            median, best = spawn_times(command, options.runs)
            print(f"spawn to exit: {name:16} median {median:6.1f} ms, best {best:6.1f} ms")
        daemon.stop()


def rules_memory(scratch):
    """MiB that rules and extractor take, as danvand counts them in a process that loads nothing else."""
    said = subprocess.run([BIN / "danvand", "--check-config", "--state", scratch, "--rules", RULES],
                          capture_output=True, text=True, check=True).stderr
    return int(re.search(r"(\d+) KiB of memory", said)[1]) / 1024


if __name__ == "__main__":
    main()
