"""What strace wrote down, read as calls that begin and end."""
import re
from dataclasses import dataclass

#: What changes files and directories, and what is sent.
CALLS = "openat,pwrite64,fdatasync,fsync,ftruncate,unlink,rename,mkdir,sendmsg,sendto,write,writev"
#: With them the paths of descriptors, and every byte, are in the trace.
OPTIONS = ("-y", "-xx", "-s", "16777216", "-e", f"trace={CALLS}")

LINE = re.compile(r"^(\d+) +(.*)$")
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>")
NAME = re.compile(r"^(\w+)\(")
DESCRIPTOR = re.compile(r"^(?:AT_FDCWD|\d+)<([^>]*)>")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
#: Of pwrite64 and ftruncate, the last argument.
PLACE = re.compile(r", (\d+)(?:\)| <unfinished)")
CURSOR = re.compile(rb"dv1\.[0-9a-f]+\.(\d+)")
RESULT = re.compile(r"\) += (-?\d+)")


@dataclass
class Call:
    name: str
    #: Of the descriptor, where there is one; of openat the directory.
    path: str
    #: The strings among the arguments.
    strings: list
    place: int
    #: What stands behind the last string.
    flags: str
    result: int = 0
    is_injected: bool = False
    #: For whom plays the trace: how much of what was pending a sync covers.
    covers: int = 0

    @property
    def data(self):
        return b"".join(self.strings)


def calls(lines):
    """(call, whether it has ended) for each beginning and each end of a call, in the order they came; a call that
    failed, or in which the process was killed, does not end."""
    unfinished = {}
    for line in lines:
        found = LINE.match(line)
        if not found:
            continue
        thread, text = found.groups()
        resumed = RESUMED.match(text)
        if resumed:
            call = unfinished.pop(thread, None)
            if call is None:
                continue
        else:
            head = NAME.match(text)
            if not head:
                continue
            rest = text[head.end():]
            descriptor, place = DESCRIPTOR.match(rest), PLACE.search(rest)
            call = Call(head[1], path(descriptor[1]) if descriptor else "",
                        [unescaped(part) for part in STRING.findall(rest)], int(place[1]) if place else 0, rest[rest.rfind('"') + 1:])
            yield call, False
            if "<unfinished ...>" in text:
                unfinished[thread] = call
                continue
        result = RESULT.search(text, text.rfind('"') + 1)
        call.result, call.is_injected = int(result[1]) if result else -1, "(INJECTED)" in text
        if call.result >= 0:
            yield call, True


def told(call):
    """The newest event that what is sent names; 0 where it names none, as the greeting of a new store does."""
    if not call.path.startswith("socket:"):
        return 0
    return max(map(int, CURSOR.findall(call.data)), default=0)


def unescaped(text):
    return bytes.fromhex(text.replace("\\x", ""))


def path(text):
    return unescaped(text).decode() if text.startswith("\\x") else text
