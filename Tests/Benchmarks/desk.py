"""The desk's answers over the news corpus: milliseconds through the socket, beside a bare query of the same run."""
import json
import sys
import tempfile
import time
from pathlib import Path

from harness import SHARED, Daemon, machine, spawn_times, BIN

QUESTIONS = [
    ("query, the peer", ["query", "hội nghị"]),
    ("person, 440 articles", ["person", "Donald Trump"]),
    ("person, many posts", ["person", "Nguyễn Thiện Nhân"]),
    ("body", ["body", "Quốc hội"]),
    ("who", ["who", "Bí thư Thành ủy Hà Nội"]),
    ("who --at", ["who", "Chủ tịch UBND TP Hà Nội", "--at", "2017-06-01"]),
    ("who, a post of many", ["who", "Chủ tịch"]),
    ("directives", ["directives"]),
    ("directives --to", ["directives", "--to", "Sở Y tế"]),
    ("directives --about", ["directives", "--about", "an toàn thực phẩm"]),
    ("events of a quarter", ["events", "--from", "2017-Q2", "--to", "2017-Q2"]),
    ("statements --by --about", ["statements", "--by", "Nguyễn Đức Chung", "--about", "giao thông"]),
    ("topics", ["topics", "--period", "2017-Q2"]),
    ("timeline", ["timeline", "dân vận"]),
    ("stats", ["stats"]),
    ("brief of a quarter", ["brief", "2017-Q2", "--format", "html"]),
    ("brief of a quarter, a query", ["brief", "2017-Q2", "giáo dục", "--format", "html"]),
    ("brief of the fullest quarter", ["brief", "2013-Q2", "--format", "html"]),
    ("brief of everything", ["brief", "1900..2030", "--format", "html"]),
    ("directives --orphans", ["directives", "--orphans"]),
    ("entity", ["entity"]),
    ("show --html", ["show", "1", "--html"]),
    ("explain", ["explain", "1"]),
    ("correct --list", ["correct", "--list"]),
]


def changes(daemon):
    """Milliseconds of calls about the twenty newest directives, those that change something too; sorted."""
    listed = json.loads(daemon.call("directives", "--format", "json").stdout)
    ids = [item["id"] for item in listed["directives"]]
    facts = [id.replace(".", ".DIRECTIVE.") for id in ids]
    for name, calls in [
        ("directive with what may report on it", [["directive", id] for id in ids]),
        ("directive --note", [["directive", id, "--note", "x"] for id in ids]),
        ("correct --person", [["correct", fact, "--person", "Lê Văn Thử"] for fact in facts]),
        ("correct --undo", [["correct", "--undo", str(number + 1)] for number in range(len(facts))]),
    ]:
        times = []
        for words in calls:
            start = time.perf_counter()
            done = daemon.call(*words)
            times.append((time.perf_counter() - start) * 1000)
            if done.returncode:
                sys.exit(done.stderr.decode())
        yield name, sorted(times)


def main():
    files = sorted((SHARED / "data/news").glob("news-*.jsonl.gz"))
    if not files:
        print("desk: no news corpus in DANVAN_SHARED; skipped")
        return
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(Path(folder))
        ingested = daemon.call("ingest", *files)
        if ingested.returncode not in (0, 8):
            sys.exit(ingested.stderr.decode())
        print(f"## The analyst's desk, {len(files)} files of news ({machine()})\n")
        print("dvctl spawned to its exit, 15 runs each; the bar is 100 ms an answer, 1 s a quarter's brief\n")
        print("| question | median ms | least ms | × the query |\n| --- | --- | --- | --- |")
        peer = None
        # The first `stats` counts everything; later ones what has come since.
        first, _ = spawn_times([BIN / "dvctl", "stats", "--socket", daemon.socket], 1)
        for name, words in QUESTIONS:
            command = [BIN / "dvctl", words[0], "--socket", daemon.socket, *words[1:]]
            median, least = spawn_times(command, 15)
            peer = peer or median
            print(f"| {name} | {median:.1f} | {least:.1f} | {median / peer:.1f} |")
        for name, times in changes(daemon):
            median = times[len(times) // 2]
            print(f"| {name}, {len(times)} of them | {median:.1f} | {times[0]:.1f} | {median / peer:.1f} |")
        print(f"\nThe first stats after a start: {first:.0f} ms")
        daemon.stop()


if __name__ == "__main__":
    main()
