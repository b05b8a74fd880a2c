"""Watchers that never read, read a byte a second, or are half closed."""
import sys
import time
from pathlib import Path

from .case import case
from .target import ROOT

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Benchmarks"))
sys.path.insert(0, str(ROOT / "clients/python/src"))

import danvan  # noqa: E402
from slow_watchers import SlowOnes  # noqa: E402


@case("watchers that do not read", 20_000, least=500, vices={"fault:lost": "events of"})
def never_reading(scene):
    """Thirty of them while so many events go by; then they read, and get each of them once."""
    count = 10
    with danvan.Client(scene.path, timeout=300) as client:
        def events(name):
            articles = []
            for part in range(10):
                texts = (f"Tin vắn {name} số {part} {n}." for n in range(scene.size // 10))
                articles += [result.article_id for result in client.ingest(danvan.text_document(t) for t in texts)]
            return articles

        # Taking articles in costs the honest client something without any watcher, and the first few who watch
        # have the daemon open connections to its store, whose caches are not theirs.
        quiet = scene.honest(lambda: events("trước"))
        few = SlowOnes(scene.path, 1)
        few.read_again(events("giữa"))
        few.close()
        slow = SlowOnes(scene.path, count)
        # In a short run what the store's own caches grow by weighs more.
        with scene.watched(memory=256 if scene.size >= 5_000 else 512, unit=3 * count, quiet=quiet):
            articles = events("sau")
            time.sleep(1)
        for text in slow.read_again(articles):
            scene.complain(text)
        scene.figures.append(f"each of {2 * count} got {len(articles)} events once, in {slow.took:.1f} s")
        slow.close()
