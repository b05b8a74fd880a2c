"""One hostile input: how it is made, and what must come of it."""
from dataclasses import dataclass, field
from typing import Callable

#: In the order of their definition.
CASES = []


@dataclass
class Case:
    name: str
    #: `make(folder, size)` writes the input and returns the arguments of `dvctl ingest`.
    make: Callable
    #: How many of what makes it hostile.
    size: int
    #: (part of the input's name, part of the reason): each rejection is one of these, and each of these
    #: is seen. An empty reason stands for any.
    rejects: list = field(default_factory=list)
    #: Articles besides the neighbours that must be there; nil for any number.
    added: int | Callable | None = 0
    #: A query that must find nothing: what was not to be read.
    absent: str = ""
    #: What a note on one of the articles says.
    noted: str = ""
    #: What a smaller run makes of it at least: fewer would not be hostile.
    least: int = 1
    #: Whether a fourth of the size is to take about a fourth of the time.
    grows: bool = True
    #: Seconds of CPU, client and daemon, at full size in a release build.
    seconds: float = 4.0
    #: MiB: the peak of dvctl, and by how much danvand may grow over what it was.
    client: int = 48
    daemon: int = 128
    #: Left out of a quick run.
    is_long: bool = False
    #: Called with the folder, and an event that is set in the end, while dvctl runs.
    meanwhile: Callable | None = None
    #: Whether every input is to be named in a rejection.
    names_all: bool = False


def case(name, size, **options):
    """Makes a case of the function below it."""
    return lambda make: CASES.append(Case(name, make, size, **options))


def write(path, *pieces):
    """Writes texts or bytes, or (piece, count) for a piece many times over; returns the path."""
    with open(path, "wb") as file:
        for piece in pieces:
            piece, count = piece if isinstance(piece, tuple) else (piece, 1)
            piece = piece.encode() if isinstance(piece, str) else piece
            block = max(1, (1 << 20) // max(1, len(piece)))
            for at in range(0, count, block):
                file.write(piece * min(block, count - at))
    return str(path)


#: Set for each run, so that no text is there already.
salt = [0]


def sentence(number):
    """A sentence as news have it, told apart by a number."""
    number += 10_000 * salt[0]
    return (f"Sáng {number % 28 + 1}-5, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử đã chủ trì hội nghị giao ban "
            f"số {number} tại xã Mây Ngàn.")
