"""More connections than anybody needs."""
import time

from .case import case
from .wire import CHECK, Frames, connected, request


@case("idle connections", 10_000, least=200, vices={"fat": "memory", "hoarding": "sockets"},
      settings="[limits]\nconnections_per_user = 20000\n")
def idle(scene):
    """All are open at once, each has made a call; they cost little, and nothing after they are closed."""
    with scene.watched(memory=8, unit=scene.size):
        connections = [connected(scene.path) for _ in range(scene.size)]
        for connection in connections:
            connection.sendall(request(1, *CHECK))
        served = sum(Frames(connection).answer(1) is not None for connection in connections)
        time.sleep(1)
        for connection in connections:
            connection.close()
    scene.expect("served", served, scene.size)


@case("connections beyond the bound", 5_000, least=1_500, vices={"obliging": "refused"})
def beyond(scene):
    """A user has 1,024: those beyond are told so at their first call and closed, and there is room again behind them."""
    with scene.watched(memory=16):
        # The honest client has one of them.
        connections, served, refused = [connected(scene.path) for _ in range(scene.size)], 0, 0
        for connection in connections:
            connection.sendall(request(1, *CHECK))
            answer = Frames(connection).answer(1)
            served += answer is not None and answer[0] == 0
            refused += answer is not None and answer[0] == 8
        for connection in connections:
            connection.close()
    scene.expect("served", served, 1_023)
    scene.expect("refused with the reason", refused, scene.size - 1_023)
    if not scene.answers():
        scene.complain("nobody is served behind them")
