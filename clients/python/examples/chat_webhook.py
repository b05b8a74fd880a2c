#!/usr/bin/env python3
"""Posts every new article that a query finds to a chat's incoming webhook (Mattermost, Slack, Rocket.Chat).

usage: chat_webhook.py URL CURSOR_FILE QUERY

On asyncio. An article is posted again until the chat answers with 2xx; the place is kept in CURSOR_FILE.
"""

from __future__ import annotations

import asyncio
import json
import sys
import urllib.request

from danvan import AsyncClient, CursorFile, EventKind, WatchEvent


def text(event: WatchEvent) -> str:
    article = event.article
    assert article is not None
    title = article.title or f"Article {article.id}"
    return f"[{title}]({article.url})" if article.url else title


def post(url: str, message: str) -> None:
    request = urllib.request.Request(
        url, json.dumps({"text": message}).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=30).close()


async def main(url: str, path: str, query: str) -> None:
    place = CursorFile(path)
    async with (
        AsyncClient() as client,
        client.watch(query, cursor=place.load("now"), ack=place.save) as watch,
    ):
        async for event in watch:
            if event.kind not in (EventKind.ADDED, EventKind.UPDATED) or event.article is None:
                continue
            pause = 1.0
            while True:
                try:
                    await asyncio.to_thread(post, url, text(event))
                    break
                except OSError as error:
                    print(f"{error}; again in {pause:.0f} s", file=sys.stderr)
                    await asyncio.sleep(pause)
                    pause = min(300.0, pause * 2)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit((__doc__ or "").split("\n\n")[1])
    try:
        asyncio.run(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        pass
