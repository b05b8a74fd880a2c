"""Calls that are opened only to be dropped: by Cancel, by faults that end them, by deadlines that have passed."""
import time

from .case import case, children
from .wire import CANCEL, CREDIT, DATA, OPEN, field, frame, request

HANG = ("danvan.v1.Events", "Watch", field(2, "now"))


def cancelled(stream):
    return request(stream, *HANG, flags=1) + frame(stream, CANCEL, 0)


def second_message(stream):
    return request(stream, *HANG, flags=OPEN) + frame(stream, DATA, 0, b"\0")


def wrong_credit(stream):
    return request(stream, *HANG, flags=1) + frame(stream, CREDIT, 0, b"\x7f\xff\xff\xff")


def reused(stream):
    return request(stream, *HANG, flags=1) + request(stream, *HANG, flags=1)


def expired(stream):
    return request(stream, *HANG, flags=1, timeout=1)


KINDS = {"open and cancel": cancelled, "a second message": second_message, "too much credit": wrong_credit,
         "a stream used again": reused}


def storm(scene, make, total, until_closed):
    """Opens and drops `total` calls; on one connection, or on as many as it takes. How many were sent, on
    how many connections, how many of them were told to go."""
    sent = connections = told = 0
    # A vice shows in some seconds.
    end = time.monotonic() + (4 if scene.vice else 3_600)
    while sent < total and time.monotonic() < end:
        connection, frames = scene.greeted(20)
        connections += 1
        connection.setblocking(False)
        stream, waiting, held, over = 3, b"", b"", False
        while not over and (sent < total or waiting) and time.monotonic() < end:
            if not waiting:
                count = min(50, total - sent)
                waiting = b"".join(make(stream + 2 * n) for n in range(count))
                stream += 2 * count
                sent += count
            try:
                waiting = waiting[connection.send(waiting):]
            except BlockingIOError:
                time.sleep(0.0005)
            except OSError:
                over = True
            try:
                while piece := connection.recv(1 << 18):
                    held = (held + piece)[-4096:]
                over = True
            except BlockingIOError:
                pass
            except OSError:
                over = True
        told += b"calm down" in held
        connection.close()
        if until_closed:
            break
    return sent, connections, told


@case("dropped calls on one connection", 1_000_000, least=8_000, vices={"obliging": "budget"})
def one_connection(scene):
    """For each way to have a call dropped: a million on one connection, which is told to go by its budget."""
    with scene.watched(memory=8):
        before = scene.target.cpu()
        results = {name: children(1, lambda _, make=make: storm(scene, make, scene.size, True))[0] for name, make in KINDS.items()}
        took = scene.target.cpu() - before
    for name, (sent, _, told) in results.items():
        if not told:
            scene.complain(f"{name}: {sent} sent, and the budget did not end it")
    scene.figures.append(f"{max(sent for sent, _, _ in results.values())} taken at most")
    scene.bound("CPU for each kind", took / len(KINDS), 1 * scene.patience, " s")


@case("a million dropped calls", 1_000_000, least=8_000, vices={"sluggish": "p99"})
def many_connections(scene):
    """The same by peers that connect anew as often as they are told to go."""
    with scene.watched(memory=16):
        results = children(2, lambda number: storm(scene, list(KINDS.values())[number], scene.size // 2, False))
    scene.figures.append(", ".join(f"{sent} sent on {connections} connections" for sent, connections, _ in results))


@case("deadlines that have passed", 200_000, least=4_000, vices={"sluggish": "p99"})
def deadlines(scene):
    """Calls with a nanosecond to live: the server ends them itself."""
    with scene.watched(memory=16):
        results = children(1, lambda _: storm(scene, expired, scene.size, False))
    scene.figures.append(", ".join(f"{sent} sent on {connections} connections" for sent, connections, _ in results))
