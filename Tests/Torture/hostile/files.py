"""What a file system may hold."""
import os
import threading

from hostile.case import case, sentence, write


@case("links in circles, pipes, devices, closed and strange names", 1, grows=False, added=3, rejects=[
    ("circle.txt", "symbolic links"), ("gone.txt", "No such file"), ("memory.txt", "cannot be read"), ("f/up", "link to itself"),
    ("/dev/zero", "limit of 3 MiB"), ("nowhere/*.txt", "no file matches"), ("f/", "not UTF-8")])
def strange(folder, size):
    inside = folder / "f"
    inside.mkdir()
    write(inside / "a.txt", sentence(200))
    os.mkfifo(inside / "pipe.txt")
    (inside / "up").symlink_to(inside)
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "memory.txt").symlink_to("/proc/self/mem")
    with open(os.fsencode(inside) + b"/b\xff.txt", "w") as file:
        file.write(sentence(201))
    write(inside / "\x1b[2J\ntên.txt", sentence(202))
    os.mkfifo(folder / "pipe")
    threading.Thread(target=lambda: write(folder / "pipe", sentence(203)), daemon=True).start()
    return [str(folder / name) for name in ("circle.txt", "gone.txt", "memory.txt", "f", "nowhere/*.txt", "pipe")] + ["/dev/zero"]


@case("folders linked to each other", 40, grows=False, added=1)
def diamonds(folder, size):
    """Each holds two links to the next: two to the power of `size` paths."""
    for n in range(size + 1):
        (folder / f"d{n}").mkdir()
    for n in range(size):
        for name in ("a", "b"):
            (folder / f"d{n}" / name).symlink_to(folder / f"d{n + 1}")
    write(folder / f"d{size}" / "a.txt", sentence(210))
    return [str(folder / "d0")]


@case("inputs without an end", 1, grows=False, seconds=40, is_long=True, rejects=[
    ("/dev/zero", "256 MiB"), ("a.csv", "256 MiB"), ("a.mbox", "256 MiB"), ("a.xml", "256 MiB")])
def endless(folder, size):
    for name in ("a.csv", "a.mbox", "a.xml"):
        with open(folder / name, "w") as file:
            file.write({"a.csv": "text,title\n\"", "a.mbox": "From a\n", "a.xml": "<rss><channel><title>"}[name])
            file.truncate(1 << 40)
    return ["--type", "jsonl", "/dev/zero"], [str(folder / name) for name in ("a.csv", "a.mbox", "a.xml")]


def changing(folder, ended):
    """Cuts, lengthens and replaces the files while they are read."""
    number = 0
    while not ended.wait(0.002):
        number += 1
        with open(folder / "grows.jsonl", "a") as file:
            file.write(f'{{"text":"{sentence(1000 + number)}"}}\n')
        write(folder / "new", f'{{"text":"{sentence(221)}"}}\n' * 1000)
        os.rename(folder / "new", folder / "replaced.jsonl")
        os.truncate(folder / "shrinks.jsonl", max(600_000, 1_000_000 - number * 1_000))


@case("files that change while they are read", 1, grows=False, added=None, seconds=60, meanwhile=changing,
      rejects=[("shrinks.jsonl", ""), ("grows.jsonl", "")])
def changes(folder, size):
    line = f'{{"text":"{sentence(220)}"}}\n'
    return [write(folder / f"{name}.jsonl", (line, 1_000_000 // len(line.encode()))) for name in ("shrinks", "grows", "replaced")]
