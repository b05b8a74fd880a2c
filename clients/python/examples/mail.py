#!/usr/bin/env python3
"""Mails every new article that a query finds, and mails it again until the mail server has taken it.

usage: mail.py NAME TO QUERY     for example: mail.py press desk@example.org 'org:"Sở Nội vụ"'

NAME is the daemon's subscription that keeps the place. Sends through $SMTP_HOST (localhost) from
$MAIL_FROM (danvan@localhost). Runs until Ctrl-C.
"""

from __future__ import annotations

import os
import smtplib
import sys
import time
from email.message import EmailMessage

from danvan import Client, EventKind, WatchEvent


def mail(event: WatchEvent, to: str) -> EmailMessage:
    article = event.article
    assert article is not None
    message = EmailMessage()
    message["Subject"] = " ".join((article.title or f"Article {article.id}").split())
    message["From"] = os.environ.get("MAIL_FROM", "danvan@localhost")
    message["To"] = to
    # The same for each attempt, so that the reader's program can tell a second copy.
    message["Message-ID"] = f"<{event.cursor}@danvan>"
    message.set_content(f"{article.url or ''}\n\n{article.body or ''}\n")
    return message


def send(message: EmailMessage) -> None:
    pause = 1.0
    while True:
        try:
            with smtplib.SMTP(os.environ.get("SMTP_HOST", "localhost")) as server:
                server.send_message(message)
            return
        except (OSError, smtplib.SMTPException) as error:
            print(f"{error}; again in {pause:.0f} s", file=sys.stderr)
            time.sleep(pause)
            pause = min(300.0, pause * 2)


def main(name: str, to: str, query: str) -> None:
    with Client() as client, client.subscribe(name, query, with_text=True) as watch:
        for event in watch:
            if event.kind in (EventKind.ADDED, EventKind.UPDATED) and event.article is not None:
                send(mail(event, to))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit((__doc__ or "").split("\n\n")[1])
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass
