"""Other users on this machine."""
import os
import time

from .case import case, children
from .wire import CHECK, Frames, connected, document, field, request

NOBODY = 65_534
CHANGES = {"Corpus/Ingest": field(1, document("Bài của người lạ.")), "Corpus/Delete": b"\x0a\x01\x01",
           "Search/Tag": field(1, "x"), "Care/Compact": b"", "Operation/Reload": b""}


def as_nobody(action):
    def become(number):
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return action(number)
    return become


def may_become_another(scene):
    os.chmod(scene.folder, 0o755)
    if os.geteuid() == 0:
        return True
    scene.figures.append("skipped: only root can be another user")
    return False


@case("another user at a closed socket", 10_000, least=100, vices={"welcoming": "got in"}, rights=None)
def closed(scene):
    def tries(_):
        inside = 0
        for _ in range(scene.size):
            try:
                connected(scene.path).close()
                inside += 1
            except PermissionError:
                pass
        return inside

    if may_become_another(scene):
        inside = children(1, as_nobody(tries))[0]
        scene.figures.append(f"{scene.size} tries")
        if inside != 0:
            scene.complain(f"{inside} got in")


@case("another user at an open socket", 2_000, least=1_100, vices={"welcoming": "allowed"}, rights=None,
      settings='[socket]\nmode = "0666"\n')
def reading(scene):
    """May read and nothing else, and takes nobody else's place, however many connections it opens."""
    def attack(_):
        wrong = []
        for name, payload in CHANGES.items():
            service, method = name.split("/")
            connection = connected(scene.path)
            connection.sendall(request(1, f"danvan.v1.{service}", method, payload))
            answer = Frames(connection).answer(1)
            if answer is None or answer[0] not in (7, 12):
                wrong.append(f"{name}: allowed, with {answer and answer[0]}")
            connection.close()
        crowd = [connected(scene.path) for _ in range(scene.size)]
        for connection in crowd:
            connection.sendall(request(1, *CHECK))
        refused = sum((Frames(connection).answer(1) or (0,))[0] == 8 for connection in crowd)
        time.sleep(1)
        return wrong, refused

    if may_become_another(scene):
        with scene.watched(memory=16):
            wrong, refused = children(1, as_nobody(attack))[0]
        for text in wrong:
            scene.complain(text)
        scene.expect("of the crowd refused", refused, scene.size - 1_024)
