#!/usr/bin/env python3
"""Speed of extraction alone: `dvctl analyze` of one long text, in MB/s of the daemon's CPU time.

usage: extraction.py
"""
import tempfile
from pathlib import Path

from harness import ROOT, Daemon, machine


def main():
    print(f"== extraction: {machine()}")
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        daemon = Daemon(Path(scratch))
        extraction(daemon, Path(scratch))
        daemon.stop()


def extraction(daemon, scratch):
    texts = sorted((ROOT / "samples").glob("*.txt"))
    long = "\n".join(t.read_text(encoding="utf-8") for t in texts)
    long = "\n".join([long] * (1_000_000 // len(long.encode()) + 1))
    path = scratch / "long.txt"
    path.write_text(long, encoding="utf-8")
    before = daemon.cpu()
    done = daemon.call("analyze", path, "--format", "json")
    spent = daemon.cpu() - before
    size = len(long.encode()) / 1e6
    if done.returncode:
        print(f"extraction: analyze failed: {done.stderr.decode().strip()}")
    else:
        print(f"extraction: {size:.1f} MB in {spent:.2f} s of daemon CPU = {size / spent:.2f} MB/s (one long text)")


if __name__ == "__main__":
    main()
