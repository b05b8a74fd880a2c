"""What the tests share: the package under test, the vectors, and a daemon to speak to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "clients/python/src"))

PROTOCOL = ROOT / "Protocol"
SAMPLES = ROOT / "samples"
RULES = Path(os.environ.get("DANVAN_RULES") or ROOT / "Sources/DanvanExtract/Resources/vi")
BINARIES = Path(os.environ.get("DANVAN_BIN") or ROOT / ".build/debug")


def vectors(*files: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The vectors of some files, or of all, with their file's name."""
    for path in sorted((PROTOCOL / "vectors").glob("*.json")):
        if not files or path.stem in files:
            for vector in json.loads(path.read_text())["vectors"]:
                yield path.stem, vector


def octets(piece: str | dict[str, Any]) -> bytes:
    """A vector's bytes: hexadecimal, or a repetition of some."""
    if isinstance(piece, str):
        return bytes.fromhex(piece)
    return bytes.fromhex(piece["repeat"]) * piece["count"]


def sent(vector: dict[str, Any]) -> bytes:
    """All that a vector sends."""
    return b"".join(octets(piece) for piece in vector["send"])


class Daemon:
    """A danvand of the test's own, in a scratch folder."""

    def __init__(self, test: unittest.TestCase) -> None:
        self._program = BINARIES / "danvand"
        if not self._program.exists():
            test.skipTest(f"no {self._program}: build it, or set DANVAN_BIN")
        folder = tempfile.TemporaryDirectory(prefix="danvan-python-")
        test.addCleanup(folder.cleanup)
        test.addCleanup(self.stop, signal.SIGTERM)
        self.folder = Path(folder.name)
        self.socket = str(self.folder / "d.sock")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Returns when the daemon answers."""
        import danvan

        log = self.folder / "log"
        command = [str(self._program), "--state", str(self.folder / "state"),
                   "--socket", self.socket, "--rules", str(RULES)]  # fmt: skip
        with log.open("ab") as stderr:
            self._process = subprocess.Popen(command, stderr=stderr)
        for _ in range(600):
            if self._process.poll() is not None:
                break
            try:
                with danvan.Client(self.socket) as client:
                    if client.ping():
                        return
            except danvan.DanvanError:
                time.sleep(0.05)
        raise AssertionError("danvand does not answer: " + log.read_text()[-2000:])

    def stop(self, how: signal.Signals) -> None:
        """Sends the signal and waits for the end."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None
