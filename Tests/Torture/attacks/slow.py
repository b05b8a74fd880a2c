"""Peers that take their time: a byte a second, frames that never end, answers that are never read."""
import select
import time

from .case import case, children
from .wire import CHECK, HELLO, REQUEST, Frames, connected, field, frame, request

#: Seconds in which a frame that has begun must end.
DEADLINE = 30


@case("a byte a second", 1_000, least=20, vices={"patient": "cut off", "fat": "memory"})
def slowloris(scene):
    """Each is cut off at the deadline, a second more or less, and takes little until then."""
    def attack(_):
        data = frame(3, REQUEST, 0, bytes(200))
        connections, ends = {}, []
        for _ in range(scene.size):
            connection = connected(scene.path)
            connection.setblocking(False)
            connections[connection.fileno()] = connection
        poll = select.poll()
        for number in connections:
            poll.register(number, select.POLLIN)
        sent, began = 0, time.monotonic()
        while connections and time.monotonic() < began + DEADLINE + 5:
            if time.monotonic() >= began + sent:
                for connection in connections.values():
                    try:
                        connection.send(data[sent:sent + 1])
                    except OSError:
                        pass
                sent += 1
            for number, _ in poll.poll(200):
                connection = connections[number]
                try:
                    over = connection.recv(4096) == b""
                except BlockingIOError:
                    continue
                except OSError:
                    over = True
                if over:
                    ends.append(time.monotonic() - began)
                    poll.unregister(number)
                    del connections[number]
                    connection.close()
        return ends

    with scene.watched(memory=16, unit=scene.size):
        ends = children(1, attack)[0]
    scene.expect("cut off", len(ends), scene.size)
    if ends:
        scene.bound("latest", max(ends), DEADLINE + 1 * scene.patience, " s")
        scene.bound("earliest, before the deadline", max(0, DEADLINE - min(ends)), 1, " s")


@case("answers never read", 100, least=20, vices={"verbose": "memory"})
def unread(scene):
    """Rules and statuses are asked for and not read; what waits for them is bounded."""
    def attack(_):
        calls = b"".join(request(stream, "danvan.v1.Connection", "Describe") for stream in range(3, 503, 2))
        held = []
        for _ in range(scene.size):
            connection, _ = scene.greeted()
            connection.setblocking(False)
            left = calls
            try:
                while left:
                    left = left[connection.send(left):]
            except OSError:
                pass
            held.append(connection)
        time.sleep(3)

    with scene.watched(memory=192):
        children(1, attack)


@case("half-closed peers", 1_000, least=50, vices={"silent": "not answered", "hoarding": "sockets"})
def halves(scene):
    """Their sending side is shut: behind a call, behind nothing, within a frame, with a stream going on."""
    kinds = {
        "behind a call": request(1, *CHECK), "behind nothing": b"", "within a frame": request(1, *CHECK)[:-3],
        "within a header": b"\0\0", "behind Hello": HELLO}

    def attack(_):
        wrong = []
        for number in range(scene.size):
            name = list(kinds)[number % len(kinds)]
            connection = connected(scene.path, 1 if scene.vice else 30)
            connection.sendall(kinds[name])
            connection.shutdown(1)
            frames, count = Frames(connection), 0
            try:
                while frames.next() is not None:
                    count += 1
            except OSError:
                wrong.append(f"{name}: not closed")
            if count != (name in ("behind a call", "behind Hello")):
                wrong.append(f"{name}: not answered" if count == 0 else f"{name}: {count} frames")
            connection.close()
            if len(wrong) > 4:
                break
        # A stream that goes on keeps its connection, until that is closed altogether.
        connections = [connected(scene.path) for _ in range(20)]
        for connection in connections:
            connection.sendall(request(1, "danvan.v1.Events", "Watch", field(2, "start"), flags=1))
            connection.shutdown(1)
            if not scene.vice and Frames(connection).next() is None:
                wrong.append("a watch: not answered")
        for connection in connections:
            connection.close()
        return wrong

    with scene.watched(memory=4):
        wrong = children(1, attack)[0]
    for text in wrong:
        scene.complain(text)
