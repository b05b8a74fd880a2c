#!/usr/bin/env python3
"""A server that deserves complaints: it must be seen that they are made.

usage: misbehaving.py VICE SOCKET

It answers every request with an empty answer, but for its vice.
"""
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from attacks.wire import CANCEL, COMPRESSED, PROBE, REQUEST, RESPONSE, frame  # noqa: E402

VICES = {
    "silent": "answers nothing", "open": "answers the probe alone, and closes nothing", "growing": "takes a MiB a connection",
    "mortal": "ends after twenty connections", "closing": "closes at once", "allocating": "makes room for what is announced",
    "inflating": "inflates all of it", "patient": "waits for ever", "fat": "takes 64 KiB a connection",
    "hoarding": "never closes its side", "obliging": "has calls dropped without end", "sluggish": "lets all wait for one",
    "verbose": "keeps much of every answer", "welcoming": "lets everybody in",
    "careless": "removes what is where its socket is to be",
}

#: Bytes that it takes at most.
MOST = 500_000_000


class Server:
    def __init__(self, vice, path):
        self.vice, self.kept, self.room, self.turn = vice, [], MOST, threading.Lock()
        if vice == "careless":
            os.path.lexists(path) and subprocess.run(["rm", "-rf", path])
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        if vice == "welcoming":
            os.chmod(path, 0o777)
        self.listener.listen(4096)
        threading.stack_size(65_536)

    def run(self):
        for number in range(1 << 30):
            connection, _ = self.listener.accept()
            if self.vice == "mortal" and number > 20:
                os.abort()
            if self.vice == "growing":
                self.kept.append(bytearray(os.urandom(1 << 20)))
            if self.vice in ("silent", "open", "hoarding"):
                self.kept.append(connection)
            if self.vice == "fat":
                self.kept.append(bytearray(os.urandom(65_536)))
            if self.vice == "open":
                connection.sendall(frame(PROBE, RESPONSE, 0))
            elif self.vice in ("growing", "mortal", "closing"):
                connection.close()
            elif self.vice != "silent":
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(None if self.vice in ("patient", "fat", "hoarding") else 30)
        try:
            while (got := self.frame(connection)) is not None:
                self.answer(connection, *got)
        except OSError:
            pass
        if self.vice != "hoarding":
            connection.close()

    def answer(self, connection, stream, kind, flags, data):
        if self.vice == "sluggish":
            with self.turn:
                # What an honest client asks for has no flags.
                time.sleep(0.5 if flags or kind != REQUEST else 0)
        if self.vice == "inflating" and flags & COMPRESSED:
            try:
                self.keep(len(zlib.decompressobj().decompress(data[4:], 64 << 20)))
            except zlib.error:
                return
        if self.vice == "verbose":
            self.keep(100_000)
        if kind == REQUEST:
            connection.sendall(frame(stream, RESPONSE, 0))
        elif kind == CANCEL:
            connection.sendall(frame(stream, RESPONSE, 0, b"\x0a\x02\x08\x01"))

    def frame(self, connection):
        header = self.whole(connection, 10)
        if header is None:
            return None
        length = int.from_bytes(header[:4], "big")
        if self.vice == "allocating":
            self.keep(min(length, 8 << 20))
        data = self.whole(connection, length)
        return None if data is None else (int.from_bytes(header[4:8], "big"), header[8], header[9], data)

    def keep(self, count):
        """Takes memory, and not more than a small machine has."""
        count = min(count, self.room)
        self.room -= count
        self.kept.append(bytearray(b"x") * count)

    def whole(self, connection, count):
        data = b""
        while len(data) < count:
            piece = connection.recv(min(count - len(data), 1 << 18))
            if not piece:
                return None
            data += piece
        return data


if __name__ == "__main__":
    Server(*sys.argv[1:3]).run()
