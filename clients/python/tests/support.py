"""What the tests share: the package under test, the vectors, and a daemon to speak to."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "clients/python/src"))

import danvan  # noqa: E402
from danvan import Client, read_documents  # noqa: E402

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

    def __init__(self, test: unittest.TestCase, configuration: str = "") -> None:
        self._program = BINARIES / "danvand"
        if not self._program.exists():
            test.skipTest(f"no {self._program}: build it, or set DANVAN_BIN")
        folder = tempfile.TemporaryDirectory(prefix="danvan-python-")
        test.addCleanup(folder.cleanup)
        test.addCleanup(self.stop, signal.SIGTERM)
        self.folder = Path(folder.name)
        self.socket = str(self.folder / "d.sock")
        (self.folder / "danvand.toml").write_text(configuration)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Returns when the daemon answers."""
        log = self.folder / "log"
        command = [str(self._program), "--state", str(self.folder / "state"),
                   "--socket", self.socket, "--rules", str(RULES),
                   "--config", str(self.folder / "danvand.toml")]  # fmt: skip
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

    def signal(self, what: signal.Signals) -> None:
        """Sends a signal and goes on."""
        assert self._process is not None
        self._process.send_signal(what)

    def stop(self, how: signal.Signals) -> None:
        """Sends the signal and waits for the end."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None


def samples() -> list[danvan.Document]:
    return [
        document
        for path in sorted(SAMPLES.iterdir())
        if path.suffix in (".txt", ".html", ".jsonl")
        for document in read_documents(path)
    ]


class LiveTests(unittest.TestCase):
    """A daemon of the test's own and a client of it."""

    configuration = ""

    def setUp(self) -> None:
        logging.getLogger("danvan").setLevel(logging.ERROR)
        self.daemon = Daemon(self, self.configuration)
        self.client = Client(self.daemon.socket, timeout=60)
        self.addCleanup(self.client.close)

    def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(1200):
            if holds():
                return
            time.sleep(0.05)
        self.fail("it does not come to pass")
