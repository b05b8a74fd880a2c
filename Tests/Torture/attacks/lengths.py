"""Lengths that are announced and do not come, and frames that are nearly whole."""
import time

from .case import case, children
from .wire import GREATEST, REQUEST, RESPONSE, connected, frame, status

WRONG = ((1 << 32) - 1, 1 << 31, GREATEST + 1)


def header(length, stream=1):
    return length.to_bytes(4, "big") + frame(stream, REQUEST, 0)[4:]


@case("huge length prefixes", 10_000, least=200, vices={"allocating": "memory", "obliging": "not refused"})
def prefixes(scene):
    """Each is refused at its header, and the connection closed when the sender ends."""
    def attack(_):
        wrong = []
        for number in range(scene.size):
            connection = connected(scene.path)
            connection.sendall(header(WRONG[number % 3]))
            # A server that waits for the data says nothing.
            connection.settimeout(0.5 if scene.vice else 30)
            try:
                got = connection.recv(1 << 16)
            except OSError:
                got = b""
            if len(got) < 10 or got[8] != RESPONSE or status(got[10:]) != 8:
                wrong.append(WRONG[number % 3])
            connection.close()
            if len(wrong) > 4:
                break
        return wrong

    with scene.watched(memory=1):
        wrong = children(1, attack)[0]
    for length in wrong:
        scene.complain(f"a length of {length} was not refused")


@case("4 MiB announced, nothing sent", 1_000, least=100, vices={"allocating": "memory"})
def announced(scene):
    with scene.watched(memory=16, unit=scene.size):
        connections = [connected(scene.path) for _ in range(scene.size)]
        for number, connection in enumerate(connections):
            connection.sendall(header(GREATEST))
        time.sleep(1)
        for connection in connections:
            connection.close()


@case("4 MiB announced, a byte short", 200, least=60, vices={"patient": "memory"})
def nearly(scene):
    """What has come of unfinished frames is held, but not without bound."""
    def attack(_):
        connections = []
        for _ in range(max(scene.size, 60)):
            connection = connected(scene.path, 5)
            try:
                connection.sendall(header(GREATEST) + bytes(GREATEST - 1))
            except OSError:
                pass  # closed, or not read on
            connections.append(connection)
        time.sleep(1)

    with scene.watched(memory=192):
        children(1, attack)
