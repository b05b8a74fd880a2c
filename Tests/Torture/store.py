"""What a store on disk holds, read with SQLite alone: no line of danvan's own is asked."""
import hashlib
import sqlite3
import zlib
from contextlib import closing


class Store:
    """One moment of a database; `error` says why nothing of it could be read."""

    def __init__(self, path, sqlite=sqlite3):
        #: (sequence, kind, article, commit), in order.
        self.log = []
        #: SHA-256 by article, of texts that were unpacked and looked at.
        self.texts = {}
        self.faults = []
        self.schema = 0
        with closing(sqlite.connect(path)) as database:
            self.read(database)

    @property
    def head(self):
        return self.log[-1][0] if self.log else 0

    def read(self, database):
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            self.faults += [f"integrity_check: {text}" for text in found[:3]]
        self.schema = database.execute("PRAGMA user_version").fetchone()[0]
        if self.schema == 0:
            return
        if self.schema > 1:
            self.log = database.execute("SELECT sequence, kind, article, commit_number FROM event ORDER BY sequence").fetchall()
        dictionaries = {}
        if self.schema > 2:
            dictionaries = dict(database.execute("SELECT adler, bytes FROM dictionary"))
            self.halves(database)
        for article, sha256, body in database.execute("SELECT id, sha256, body FROM article"):
            text = unpacked(body, dictionaries)
            if text is None or hashlib.sha256(text).digest() != sha256:
                self.faults.append(f"article {article}: its text fails its checksum")
            self.texts[article] = sha256

    def halves(self, database):
        """What one transaction writes together must be there together."""
        for what, query in (
            ("facts without an article", "SELECT article FROM fact WHERE article NOT IN (SELECT id FROM article)"),
            ("an article without facts", "SELECT id FROM article WHERE id NOT IN (SELECT article FROM fact)"),
            ("an article without its event", "SELECT id FROM article WHERE sequence NOT IN (SELECT sequence FROM event)"),
        ):
            for row in database.execute(query).fetchmany(3):
                self.faults.append(f"{what}: {row[0]}")


def unpacked(body, dictionaries):
    try:
        if body[1] & 0x20:
            return zlib.decompressobj(zdict=dictionaries[int.from_bytes(body[2:6], "big")]).decompress(body)
        return zlib.decompress(body)
    except (zlib.error, KeyError, IndexError):
        return None
