"""What may lie where the socket is to be, and two daemons for one state."""
import hashlib
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

from .case import case
from .target import BIN, ROOT
from .wire import CHECK, Frames, connected, request

IN_USE, CONFIGURATION = 75, 78


def start(scene, state, path):
    if scene.vice:
        command = [sys.executable, Path(__file__).with_name("misbehaving.py"), scene.vice, path]
    else:
        command = [BIN / "danvand", "--state", state, "--socket", path, "--rules", ROOT / "Sources/DanvanExtract/Resources/vi"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def ending(process, within=20):
    """The exit status; None when it goes on, and is ended."""
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return None


def serves(path, within=30):
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            connection = connected(path, within)
            connection.sendall(request(1, *CHECK))
            return Frames(connection).answer(1) is not None
        except OSError:
            time.sleep(0.02)
    return False


def listening(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    return listener


def occupants(folder):
    """By name: what makes it, and what it must look like as long as it is there."""
    file, live = folder / "precious", folder / "live"
    file.write_text("keep")
    held = listening(str(live))
    return held, {
        "a regular file": lambda path: Path(path).write_text("keep"),
        "a link to a file": lambda path: os.symlink(file, path),
        "a link to nothing": lambda path: os.symlink(folder / "nothing", path),
        "a link to a socket": lambda path: os.symlink(live, path),
        "a directory": os.mkdir,
        "a pipe": os.mkfifo,
    }


def look(path):
    status = os.lstat(path)
    kind = stat.S_IFMT(status.st_mode)
    rest = os.readlink(path) if kind == stat.S_IFLNK else Path(path).read_text() if kind == stat.S_IFREG else ""
    return status.st_ino, kind, rest


@case("what is in the socket's place", 1, vices={"careless": "not refused"}, bare=True)
def occupied(scene):
    held, makers = occupants(scene.folder)
    for number, (name, make) in enumerate(makers.items()):
        path = str(scene.folder / f"s{number}")
        make(path)
        before = look(path)
        status = ending(start(scene, scene.folder / f"state{number}", path), 3 if scene.vice else 20)
        if status != CONFIGURATION:
            scene.complain(f"{name}: not refused, but {status}")
        if not os.path.lexists(path) or look(path) != before:
            scene.complain(f"{name}: not left as it was")
    scene.figures.append(f"{len(makers)} kinds refused with {CONFIGURATION} and left as they were")
    held.close()
    if scene.vice:
        return
    stale = str(scene.folder / "stale")
    listening(stale).close()
    process = start(scene, scene.folder / "stale-state", stale)
    if not serves(stale):
        scene.complain("a dead server's socket keeps the next from starting")
    began = time.monotonic()
    status = ending(start(scene, scene.folder / "other-state", stale))
    scene.expect("a live one's", status, IN_USE)
    scene.bound("told after", time.monotonic() - began, 1 * scene.patience, " s")
    if not serves(stale):
        scene.complain("the live one no longer serves")
    process.kill()
    process.wait()


@case("two daemons on one state", 100, least=3, vices={"careless": "not one"}, bare=True)
def pairs(scene):
    """Both are started at once: one serves, the other ends with its own status and changes nothing."""
    state, slowest = scene.folder / "state", 0.0
    for number in range(scene.size):
        both = [str(scene.folder / f"s{number}{letter}") for letter in "ab"]
        processes = [start(scene, state, path) for path in both]
        began = time.monotonic()
        while all(process.poll() is None for process in processes) and time.monotonic() < began + (2 if scene.vice else 30):
            time.sleep(0.01)
        slowest = max(slowest, time.monotonic() - began)
        statuses = [process.poll() for process in processes]
        if sorted(map(str, statuses)) != sorted(map(str, (None, IN_USE))):
            scene.complain(f"not one of both serves: {statuses}")
        elif not serves(both[statuses.index(None)]):
            scene.complain("the one that goes on does not serve")
        for process in processes:
            process.kill()
            process.wait()
    scene.bound("the other told after", slowest, 1 * scene.patience, " s")
    if scene.vice:
        return
    # Against one that has it already, the files stay as they are.
    process = start(scene, state, str(scene.folder / "first"))
    serves(str(scene.folder / "first"))
    before = settled(state)
    scene.expect("a third", ending(start(scene, state, str(scene.folder / "second"))), IN_USE)
    after = contents(state)
    if after != before:
        changed = ", ".join(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
        scene.complain(f"the one that was refused has changed files: {changed}")
    process.kill()
    process.wait()


def settled(folder):
    """The files as they are once the daemon that has them has done what a start leaves to do."""
    before = contents(folder)
    for _ in range(60):
        time.sleep(1)
        now = contents(folder)
        if now == before:
            break
        before = now
    return before


def contents(folder):
    """Without SQLite's shared memory, which is no state and which reading changes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(Path(folder).iterdir()) if path.is_file() and not path.name.endswith("-shm")}
