"""What writers and watchers saw, and the properties that it must have."""
import threading
from dataclasses import dataclass, field


def sequence(cursor):
    return int(cursor.rsplit(".", 1)[1])


@dataclass
class Watched:
    """One watcher's life, over all its connections: events and marks in the order they came."""

    name: str
    word: str
    start: int
    #: (sequence, kind, article, continues, is a mark)
    seen: list = field(default_factory=list)
    breaks: int = 0


@dataclass
class Record:
    """What was acknowledged, and who saw what."""

    #: (cursor's sequence, article, word, kind) of every acknowledged change.
    acknowledged: list = field(default_factory=list)
    #: The word that all revisions of an article hold, by article.
    words: dict = field(default_factory=dict)
    removed: set = field(default_factory=set)
    watched: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, cursor, article, word, kind):
        with self.lock:
            self.acknowledged.append((sequence(cursor), article, word, kind))
            self.words[article] = word


def violations(record, log, present):
    """A sentence for each violation. `log`: the final (sequence, kind, article, continues); `present`:
    the articles that there are in the end."""
    found = []
    by_sequence = {e[0]: e for e in log}
    if [e[0] for e in log] != sorted(by_sequence):
        found.append("log: its sequence does not strictly rise")
    found += durability(record, by_sequence, present, log)
    for watched in record.watched:
        found += [f"{watched.name}: {text}" for text in watch_violations(watched, record, log, by_sequence)]
    return found


def durability(record, by_sequence, present, log):
    for number, article, _, kind in record.acknowledged:
        event = by_sequence.get(number)
        if event is None or event[2] != article:
            yield f"acknowledged event {number} of article {article} is not in the log"
        elif kind in ("added", "updated") and article not in present and article not in record.removed:
            yield f"acknowledged article {article} is gone"
    added = [e[2] for e in log if e[1] == "added"]
    if len(added) != len(set(added)):
        yield "an article was added twice"


def commit_numbers(log):
    """The number of the commit that each event is of, by its sequence."""
    numbers, commit = {}, 0
    for number, _, _, continues in log:
        numbers[number] = commit
        commit += not continues
    return numbers


def is_within(commits, seen, index):
    """Whether the mark at `index` lies between events of one commit. Of a commit that was to continue
    no more may come, with a filter: an article that is removed meanwhile matches no longer."""
    before = next((seen[at] for at in range(index - 1, -1, -1) if not seen[at][4]), None)
    after = next((seen[at] for at in range(index, len(seen)) if not seen[at][4]), None)
    if not before or not after or not before[3]:
        return False
    return commits.get(before[0]) == commits.get(after[0])


def watch_violations(watched, record, log, by_sequence):
    commits = commit_numbers(log)
    last, delivered = watched.start, []
    for index, (number, kind, article, continues, is_mark) in enumerate(watched.seen):
        if is_mark:
            # Bookmarkable: what comes later lies behind the mark; that nothing is missing before it is
            # the check of completeness.
            if number < last:
                yield f"bookmark: a mark at {number} after {last}"
            if kind != "goaway" and is_within(commits, watched.seen, index):
                yield f"atomic: a mark within a commit at {number}"
            last = max(last, number)
            continue
        if number == last and delivered and delivered[-1] == number:
            yield f"unique: event {number} came twice"
        elif number <= last:
            yield f"ordered: event {number} came after {last}"
        event = by_sequence.get(number)
        if event is None:
            yield f"phantom: event {number} is not in the log"
        elif (event[1], event[2]) != (kind, article):
            yield f"phantom: event {number} was {kind} {article}, the log has {event[1]} {event[2]}"
        elif not watched.word and event[3] != continues:
            yield f"atomic: event {number} is told to continue: {continues}"
        delivered.append(number)
        last = max(last, number)
    if len(delivered) != len(set(delivered)):
        yield "unique: an event came more than once"
    expected = [
        e[0] for e in log
        if e[0] > watched.start
        and (not watched.word or e[1] == "rebuild_ended" or (e[1] != "removed" and record.words.get(e[2]) == watched.word
                                  and e[2] not in record.removed))]
    missing = set(expected) - set(delivered)
    if missing:
        yield f"reliable: {len(missing)} events never came, the first {min(missing)}"
    if watched.word:
        strange = [n for n in delivered
                   if n in by_sequence and record.words.get(by_sequence[n][2], watched.word) != watched.word]
        if strange:
            yield f"filter: {len(strange)} events are of other articles, the first {strange[0]}"
