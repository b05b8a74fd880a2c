#!/usr/bin/env python3
"""Shows a desktop notification for every new article that a query finds.

usage: notify_desktop.py QUERY          for example: notify_desktop.py 'person:"Phạm Hữu Thử"'

Needs `notify-send` (Debian: libnotify-bin). Runs until Ctrl-C, over restarts of the daemon.
"""

from __future__ import annotations

import html
import subprocess
import sys

from danvan import Client, EventKind


def main(query: str) -> None:
    with Client() as client, client.watch(query) as watch:
        for event in watch:
            if event.kind != EventKind.ADDED or event.article is None:
                continue
            article = event.article
            place = " · ".join(filter(None, [article.date, article.publisher, article.url]))
            subprocess.run(
                ["notify-send", "--app-name=danvan", "--",
                 article.title or f"Article {article.id}", html.escape(place)],
                check=True,
            )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit((__doc__ or "").split("\n\n")[1])
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        pass
