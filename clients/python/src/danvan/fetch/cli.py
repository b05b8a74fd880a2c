"""The command line of danvan-fetch."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .._version import VERSION
from .errors import Complaints

#: Exit codes: all went well; nothing could be written; wrong usage; some URLs failed.
SUCCESS, FAILED, USAGE, INCOMPLETE = 0, 1, 2, 3


def _state_path() -> Path:
    # systemd names the folder of a service.
    if folder := os.environ.get("STATE_DIRECTORY"):
        return Path(folder) / "fetch.json"
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(home) / "danvan/fetch.json"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="danvan-fetch",
        description="Fetch feeds and pages as documents for `dvctl ingest -`.",
    )
    parser.add_argument("source", nargs="+", help="the URL of a feed or a page, or an OPML file")
    parser.add_argument("--contact", default=os.environ.get("DANVAN_CONTACT", ""),
                        help="an address or URL by which servers' owners reach you; else $DANVAN_CONTACT")  # fmt: skip
    parser.add_argument("--state", type=Path, help="where to keep what was fetched when")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER",
                        help="write a complete file into this folder instead of standard output")  # fmt: skip
    parser.add_argument("--errors", action="store_true", help="errors as JSON lines")
    parser.add_argument("--delay", type=float, default=2.0, help="seconds between requests to a host")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for one answer")
    parser.add_argument("--recheck", type=float, default=6.0, metavar="HOURS",
                        help="ask for a page of a feed again after so long")  # fmt: skip
    parser.add_argument("--max-bytes", type=int, default=3 << 20, help="the largest body")
    parser.add_argument("--max-items", type=int, default=100, help="pages of one feed")
    parser.add_argument("--max-redirects", type=int, default=5)
    parser.add_argument("--version", action="version", version=f"danvan-fetch {VERSION}")
    return parser


def main(words: list[str] | None = None) -> int:
    parser = _arguments()
    options = parser.parse_args(words)
    if not options.contact:
        parser.error("say who is asking: --contact, or $DANVAN_CONTACT")
    if min(options.delay, options.recheck) < 0 or options.timeout <= 0:
        parser.error("times are seconds and hours from 0")
    try:
        from . import output, run, state, web
    except ModuleNotFoundError as error:
        print(f"danvan-fetch: {error.name} is missing: pip install 'danvan[fetch]'", file=sys.stderr)
        return FAILED
    complaints = Complaints(as_json=options.errors)
    sink: output.Output = output.Folder(options.output) if options.output else output.Stream()
    limits = web.Limits(options.delay, options.timeout, options.max_bytes, options.max_redirects)
    agent = web.Web(options.contact, limits, VERSION)
    try:
        known = state.State(options.state or _state_path())
        work = run.Run(agent, known, sink, complaints,
                       most_items=options.max_items, recheck=options.recheck * 3600)  # fmt: skip
        work.fetch(options.source)
    except BrokenPipeError:
        # Whoever read has gone; nothing counts as fetched. Python must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print("danvan-fetch: nobody reads the output any more", file=sys.stderr)
        return FAILED
    except (OSError, ValueError) as error:
        sink.give_up()
        print(f"danvan-fetch: {error}", file=sys.stderr)
        return FAILED
    finally:
        agent.close()
    complaints.note(f"{work.written} pages, {work.unchanged} unchanged, {complaints.count} failed")
    return INCOMPLETE if complaints.count else SUCCESS
