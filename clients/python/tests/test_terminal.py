"""`dvctl watch` at a terminal and in pipes: Ctrl-C, signals, readers that go away."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
import unittest
from pathlib import Path

from support import BINARIES, LiveTests, samples

DVCTL = BINARIES / "dvctl"


class Terminal:
    """dvctl with a pseudo-terminal as its controlling terminal."""

    def __init__(self, test: unittest.TestCase, *words: str) -> None:
        self._test = test
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm"
            # As a shell at a terminal starts programs, also where the tests were started with nohup.
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            os.execv(DVCTL, [str(DVCTL), *words])
        self.seen = b""
        self._status: int | None = None
        test.addCleanup(self._end)

    def wait_for(self, text: str) -> None:
        """Reads until the text is on the screen."""
        deadline = time.monotonic() + 60
        while text.encode() not in self.seen:
            ready, _, _ = select.select([self._master], [], [], max(0, deadline - time.monotonic()))
            self._test.assertTrue(ready, f"'{text}' does not come: {self.seen!r}")
            self.seen += os.read(self._master, 65536)

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def status(self) -> int:
        """Its exit status, or minus the signal that ended it."""
        deadline = time.monotonic() + 60
        while self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            else:
                self._test.assertLess(time.monotonic(), deadline, f"it does not end: {self.seen!r}")
                time.sleep(0.01)
        return self._status

    def _end(self) -> None:
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._master)


class TerminalTests(LiveTests):
    def setUp(self) -> None:
        super().setUp()
        if not DVCTL.exists():
            self.skipTest(f"no {DVCTL}")
        self.client.ingest(samples())
        self.place = self.daemon.folder / "place"
        self.words = ["watch", "--socket", self.daemon.socket, "--from", "start", "--cursor-file", str(self.place)]

    def head(self) -> str:
        return self.client.events(cursor="now").head

    def test_control_c_ends_well_and_the_place_is_kept(self) -> None:
        terminal = Terminal(self, *self.words)
        terminal.wait_for("up to date")
        # Readable lines, in colour: kind, number, day, title.
        self.assertRegex(terminal.seen.decode(), r"added.*#1 .*2.*\x1b\[")
        terminal.type(b"\x03")
        self.assertEqual(terminal.status(), 0)
        self.assertEqual(self.place.read_text().strip(), self.head())

    def test_a_terminal_that_hangs_up_and_signals_end_it_by_the_signal(self) -> None:
        for number in (signal.SIGTERM, signal.SIGHUP):
            self.place.unlink(missing_ok=True)
            terminal = Terminal(self, *self.words)
            terminal.wait_for("up to date")
            os.kill(terminal.pid, number)
            self.assertEqual(terminal.status(), -number)
            self.assertEqual(self.place.read_text().strip(), self.head(), number)

    def test_the_first_line_is_enough_for_head(self) -> None:
        piped = " ".join(f"'{word}'" for word in [str(DVCTL), *self.words, "--format", "ndjson"])
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{piped} | head -1"],
            capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
        # It ends though no further event comes; a reader that has enough is no failure.
        self.assertEqual((done.returncode, done.stdout.count("\n"), done.stderr), (0, 1, ""))

    def test_a_reader_that_is_gone_ends_it_without_an_event(self) -> None:
        with subprocess.Popen(
            [DVCTL, "watch", "--socket", self.daemon.socket], stdout=subprocess.PIPE
        ) as process:
            self.until(lambda: self.client.status().watchers == 1)
            assert process.stdout
            process.stdout.close()
            self.assertEqual(process.wait(60), 0)

    def test_a_shell_loop_goes_on_where_it_stopped(self) -> None:
        example = Path(__file__).resolve().parents[3] / "clients/examples/watch-loop.sh"
        environment = {**os.environ, "DANVAN_SOCKET": self.daemon.socket,
                       "XDG_STATE_HOME": str(self.daemon.folder),
                       "PATH": f"{BINARIES}:{os.environ['PATH']}"}  # fmt: skip
        wanted = [hit.article.id for hit in self.client.hits("kind:directive") if hit.article]
        with subprocess.Popen(["sh", example], env=environment, stdout=subprocess.PIPE,
                              text=True, start_new_session=True) as loop:  # fmt: skip
            assert loop.stdout
            seen = [int(loop.stdout.readline().split("\t")[0]) for _ in wanted]
            self.assertEqual(seen, sorted(wanted))
            kept = self.daemon.folder / "danvan-directives.cursor"
            self.until(lambda: kept.exists() and kept.read_text().strip() == self.head())
            os.killpg(loop.pid, signal.SIGTERM)


if __name__ == "__main__":
    unittest.main()
