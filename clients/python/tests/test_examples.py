"""The examples as a person runs them: a CSV file, mails, a chat, the desktop, a unit."""

from __future__ import annotations

import csv
import http.server
import json
import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import unittest
from pathlib import Path
from typing import Any

from support import BINARIES, ROOT, LiveTests, samples

from danvan import text_document

EXAMPLES = ROOT / "clients/python/examples"


class MailSink(socketserver.StreamRequestHandler):
    """As much of SMTP as takes mails; the first is refused for now."""

    mails: list[str] = []
    refusals = 1

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                if MailSink.refusals:
                    MailSink.refusals -= 1
                    self.say("451 later")
                    continue
                MailSink.mails.append(b"".join(lines).decode())
            self.say("221 bye" if word == b"QUIT" else "250 good")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Chat(http.server.BaseHTTPRequestHandler):
    """An incoming webhook; the first post is refused for now."""

    posts: list[str] = []
    refusals = 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if Chat.refusals:
            Chat.refusals -= 1
            self.send_error(503)
            return
        Chat.posts.append(json.loads(body)["text"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class ExampleTests(LiveTests):
    def start(self, name: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """An example that runs until the test ends it."""
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / name), *words], stderr=subprocess.DEVNULL,
            env={**os.environ, "DANVAN_SOCKET": self.daemon.socket,
                 "PYTHONPATH": str(ROOT / "clients/python/src"), **environment})  # fmt: skip
        self.addCleanup(self.end, process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGINT)
        process.wait(60)

    def serve(self, server: socketserver.TCPServer) -> int:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return int(server.server_address[1])

    def wait_for_watcher(self) -> None:
        self.until(lambda: self.client.status().watchers == 1)

    def test_directives_go_into_a_table_once_also_when_it_is_killed(self) -> None:
        self.client.ingest(samples()[:5])
        file = self.daemon.folder / "directives.csv"
        place = Path(f"{file}.cursor")

        def rows() -> list[dict[str, str]]:
            with file.open(encoding="utf-8", newline="") as table:
                return list(csv.DictReader(table))

        def is_done() -> bool:
            head = self.client.events("kind:directive", cursor="start").events[-1].cursor
            return place.exists() and place.read_text().strip() >= head

        first = self.start("directives_to_csv.py", str(file))
        self.until(is_done)
        first.kill()
        first.wait()
        self.client.ingest(samples()[5:])
        self.start("directives_to_csv.py", str(file))
        wanted = [
            (str(id), str(directive.start), directive.action)
            for hit in self.client.hits("kind:directive")
            if hit.article
            for id in [hit.article.id]
            for facts in [self.client.article(id).facts]
            if facts
            for directive in facts.directives
        ]
        self.until(lambda: len(rows()) >= len(wanted))
        self.assertEqual(sorted((r["article"], r["start"], r["action"]) for r in rows()), sorted(wanted))

    def test_mails_go_out_again_until_they_are_taken(self) -> None:
        port = self.serve(socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailSink))
        self.start("mail.py", "toa-soan", "ban@x.vn", "vận động", SMTP_HOST=f"127.0.0.1:{port}")
        self.wait_for_watcher()
        self.client.ingest([text_document("Công tác vận động quần chúng.", title="Tin\nmột"),
                            text_document("Chuyện khác."),
                            text_document("Lại vận động.", title="Tin hai")])  # fmt: skip
        self.until(lambda: len(MailSink.mails) == 2)
        self.assertIn("To: ban@x.vn", MailSink.mails[0])
        self.assertIn("Message-ID: <dv1.", MailSink.mails[0])
        self.assertEqual(MailSink.refusals, 0)

    def test_posts_go_to_a_chat_again_until_they_are_taken(self) -> None:
        port = self.serve(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Chat))
        place = self.daemon.folder / "chat.cursor"
        self.start("chat_webhook.py", f"http://127.0.0.1:{port}/", str(place), "vận động")
        self.wait_for_watcher()
        (result,) = self.client.ingest(
            text_document("Vận động.", title="Tin một", url="https://x.vn/1"))  # fmt: skip
        self.until(lambda: Chat.posts == ["[Tin một](https://x.vn/1)"])
        self.until(lambda: place.exists() and place.read_text().strip() == result.cursor)

    def test_the_desktop_is_told(self) -> None:
        folder = self.daemon.folder / "bin"
        folder.mkdir()
        told = self.daemon.folder / "told"
        stub = folder / "notify-send"
        stub.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >>"{told}"\n')
        stub.chmod(0o755)
        self.start("notify_desktop.py", "vận động", PATH=f"{folder}:{os.environ['PATH']}")
        self.wait_for_watcher()
        self.client.ingest(text_document(
            "Vận động.", title="Tin <một>", source="Báo & Đài", published="2020-04-02"))  # fmt: skip
        self.until(told.exists)
        self.until(lambda: told.read_text().endswith("|"))
        self.assertEqual(told.read_text(),
                         "--app-name=danvan|--|Tin <một>|2020-04-02 · Báo &amp; Đài|")  # fmt: skip

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
    def test_the_unit_is_one_and_its_command_runs(self) -> None:
        unit = self.daemon.folder / "danvan-on-article.service"
        text = (ROOT / "clients/examples/danvan-on-article.service").read_text()
        script = ROOT / "clients/examples/on-article.sh"
        unit.write_text(text.replace("/usr/local/bin/dvctl", str(BINARIES / "dvctl")))
        done = subprocess.run(
            ["systemd-analyze", "--man=no", "--user", "verify", "--recursive-errors=no", str(unit)],
            capture_output=True, text=True, check=False, env={**os.environ, "XDG_RUNTIME_DIR": str(self.daemon.folder)})
        self.assertNotIn("danvan-on-article.service:", done.stderr)
        stubs = self.daemon.folder / "stubs"
        stubs.mkdir()
        (stubs / "logger").write_text(f'#!/bin/sh\necho "$3" >>"{stubs}/log"\n')
        (stubs / "logger").chmod(0o755)
        self.client.ingest(text_document("Vận động.", title="Tin một", url="https://x.vn/1"))
        subprocess.run(
            [BINARIES / "dvctl", "watch", "--socket", self.daemon.socket, "--from", "start", "--max-events", "1",
             "--exec", f"sh '{script}'"], check=True, env={**os.environ, "PATH": f"{stubs}:{os.environ['PATH']}"})
        self.assertEqual((stubs / "log").read_text(), "added 1: Tin một (https://x.vn/1)\n")


if __name__ == "__main__":
    unittest.main()
