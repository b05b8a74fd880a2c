"""What a disk holds after a loss of power, by a trace of what was written and synced."""
import os
from pathlib import Path

SECTOR = 512


class File:
    """What was written before the last sync that ended is there; of what came after it, anything may be."""

    def __init__(self, data=b""):
        self.data, self.pending = bytearray(data), []

    def write(self, place, data):
        """Data of None: the file is cut there, or made longer."""
        self.pending.append((place, data))

    def sync(self, count):
        """The first `count` of what is pending is on disk."""
        for place, data in self.pending[:count]:
            apply(self.data, place, data)
        del self.pending[:count]

    def after_loss(self, chance, how):
        """A state that the disk may be in: `how` is none, all, some or torn."""
        data = bytearray(self.data)
        torn = chance.randrange(len(self.pending)) if how == "torn" and self.pending else None
        share = chance.random()
        for number, (place, written) in enumerate(self.pending):
            if number == torn and written:
                for at in range(0, len(written), SECTOR):
                    if chance.random() < 0.5:
                        apply(data, place + at, written[at:at + SECTOR])
            elif how == "all" or how == "torn" and number < torn or how == "some" and chance.random() < share:
                apply(data, place, written)
        return data


def apply(data, place, written):
    if written is None:
        del data[place:]
        written = b""
    data.extend(bytes(max(0, place - len(data))))
    data[place:place + len(written)] = written


class Disk:
    """The files of one directory, and the names they have there. `ignored`: endings of names that are not kept."""

    def __init__(self, folder, ignored):
        self.folder, self.ignored = str(folder), ignored
        #: By name, as they are on disk and as programs see them.
        self.durable, self.present = {}, {}
        #: Changes of names that no sync of the directory has followed.
        self.pending = []

    def of(self, path):
        """The file of that path, where it is one that is kept."""
        name = os.path.basename(path)
        return self.present.get(name) if os.path.dirname(path) == self.folder else None

    def begun(self, call):
        """What a sync will have covered when it ends: it counts from its beginning."""
        if call.name in ("fsync", "fdatasync"):
            file = self.of(call.path)
            call.covers = len(self.pending) if call.path == self.folder else len(file.pending) if file else 0

    def ended(self, call):
        if call.name == "openat" and "O_CREAT" in call.flags:
            self.change(None, str(Path(call.path) / call.strings[0].decode()))
        elif call.name == "unlink":
            self.change(call.strings[0].decode(), None)
        elif call.name == "rename":
            self.change(call.strings[0].decode(), call.strings[1].decode())
        elif call.name in ("fsync", "fdatasync") and not call.is_injected:
            if call.path == self.folder:
                for old, new, file in self.pending[:call.covers]:
                    rename(self.durable, old, new, file)
                del self.pending[:call.covers]
            elif file := self.of(call.path):
                file.sync(call.covers)
        elif call.name == "pwrite64" and (file := self.of(call.path)):
            file.write(call.place, call.data[:call.result])
        elif call.name == "ftruncate" and (file := self.of(call.path)):
            file.write(call.place, None)

    def change(self, old, new):
        names = [path and os.path.basename(path) for path in (old, new)]
        if any(path and (os.path.dirname(path) != self.folder or path.endswith(self.ignored)) for path in (old, new)):
            return
        if old is None and names[1] in self.present:
            return
        file = self.present.get(names[0]) if old else File()
        if file is not None:
            rename(self.present, *names, file)
            self.pending.append((*names, file))

    def after_loss(self, chance, how):
        """The files by name, each in a state that it may be in; names change in the order they were changed."""
        names = dict(self.durable)
        count = {"none": 0, "all": len(self.pending)}.get(how, chance.randint(0, len(self.pending)))
        for old, new, file in self.pending[:count]:
            rename(names, old, new, file)
        return {name: file.after_loss(chance, how) for name, file in names.items()}


def rename(names, old, new, file):
    if old:
        names.pop(old, None)
    if new:
        names[new] = file
