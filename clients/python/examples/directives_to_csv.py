#!/usr/bin/env python3
"""Appends every new directive to a CSV file, each once, for a spreadsheet or a report.

usage: directives_to_csv.py FILE.csv [QUERY]

Begins with what the daemon has and goes on with what comes, until Ctrl-C. Where it stopped is kept
in FILE.csv.cursor; after a crash between a row and its cursor, rows that are there already are
not written again.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

from danvan import Client, CursorFile

COLUMNS = ["article", "start", "date", "issuer", "addressee", "action", "time", "title", "url"]


def main(path: Path, query: str) -> None:
    place = CursorFile(f"{path}.cursor")
    written: set[tuple[str, str]] = set()
    if path.exists():
        with path.open(encoding="utf-8", newline="") as old:
            written = {(row["article"], row["start"]) for row in csv.DictReader(old)}

    with (
        path.open("a", encoding="utf-8", newline="") as file,
        Client().watch(query, cursor=place.load("start"), with_facts=True) as watch,
    ):
        out = csv.writer(file)
        if file.tell() == 0:
            out.writerow(COLUMNS)
        for event in watch:
            article = event.article
            if article is not None and article.facts is not None:
                for directive in article.facts.directives:
                    if (str(article.id), str(directive.start)) in written:
                        continue
                    out.writerow([
                        article.id, directive.start, article.date, directive.issuer,
                        directive.addressee, directive.action, directive.time, article.title,
                        article.url,
                    ])  # fmt: skip
                file.flush()
                os.fsync(file.fileno())
            place.save(watch.cursor)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit((__doc__ or "").split("\n\n")[1])
    try:
        main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) == 3 else "kind:directive")
    except KeyboardInterrupt:
        pass
