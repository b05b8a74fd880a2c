"""Archives and compressed files."""
import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from hostile.case import case, sentence, write


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A zip of (name, bytes), as bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members, mode="w"):
    """A tar of (name, bytes or TarInfo), as bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members:
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo(name)
            if not isinstance(data, tarfile.TarInfo):
                info.size = len(data)
            archive.addfile(info, None if isinstance(data, tarfile.TarInfo) else io.BytesIO(data))
    return out.getvalue()


def link(name, target):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return name, info


def good(number):
    return f"{number}.txt", sentence(number).encode()


# What a link in a zip is, only its directory says, which comes behind it: it is a text with a path.
@case("names that lead out, links, devices", 1, grows=False, added=5, absent="root", rejects=[
    ("a.zip/../out.txt", "leads out"), ("a.zip//etc/out.txt", "absolute"), ("a.zip/..\\out.txt", "leads out"),
    ("a.tar/d/../../out.txt", "leads out"), ("a.tar//etc/out.txt", "absolute")])
def names(folder, size):
    evil = b"A text from outside."
    device = tarfile.TarInfo("zero.txt")
    device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 5
    linked = zipfile.ZipInfo("link.txt")
    linked.external_attr = 0o120777 << 16
    return [
        write(folder / "a.zip", zipped([good(100), ("../out.txt", evil), ("/etc/out.txt", evil), ("..\\out.txt", evil),
                                        (linked, "/etc/passwd"), good(101)])),
        write(folder / "a.tar", tarred([good(102), ("d/../../out.txt", evil), ("/etc/out.txt", evil),
                                        link("link.txt", "/etc/passwd"), ("zero.txt", device), good(103)]))]


@case("bombs: gzip, zip, tar.gz, zip of zips", 320, grows=False, is_long=True, seconds=30, added=3, rejects=[
    ("bomb.jsonl.gz", "200 times"), ("bomb.txt.gz", "limit"), ("jsonl", "limit"), ("bomb.zip/a.jsonl", "200 times"), ("bomb.tar.gz", "200 times"),
    ("deep.zip/in.zip/in.zip", "nested too deep"), ("many.zip", "200 times")])
def bombs(folder, size):
    for name in ("bomb.jsonl.gz", "bomb.txt.gz"):
        with gzip.open(folder / name, "wb") as file:
            for _ in range(size):
                file.write(bytes(1 << 20))
    with tarfile.open(folder / "bomb.tar.gz", "w:gz") as archive:
        for name, data in (good(110), ("zero.jsonl", None)):
            info = tarfile.TarInfo(name)
            info.size = len(data) if data else size << 20
            archive.addfile(info, io.BytesIO(data) if data else Zeros())
    inner = zipped([("a.txt", b"x")])
    for _ in range(5):
        inner = zipped([("in.zip", inner)])
    # Members of four MiB each, none of which is a bomb by itself.
    member = bytes(4 << 20)
    return [str(folder / "bomb.jsonl.gz"), str(folder / "bomb.txt.gz"), str(folder / "bomb.tar.gz"),
            write(folder / "bomb.zip", zipped([good(111), ("a.jsonl", bytes(300 << 20)), good(112)])),
            write(folder / "deep.zip", inner),
            write(folder / "many.zip", piped([(f"{n}.jsonl", member) for n in range(size)]))]


class Zeros:
    def read(self, count):
        return bytes(count)


class Pipe(io.RawIOBase):
    """So that zipfile writes sizes behind the data."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def piped(members):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return bytes(pipe.data)


def cuts(data, count):
    return [data[:len(data) * n // (count + 1)] for n in range(1, count + 1)]


@case("archives cut at many places", 40, grows=False, added=None, seconds=20, names_all=True,
      rejects=[(".zip", ""), (".tar", ""), (".tar.gz", ""), (".jsonl.gz", "")])
def truncated(folder, size):
    members = [good(120), good(121), ("b.jsonl", (f'{{"text":"{sentence(122)}"}}\n' * 9).encode()), good(123)]
    lines = b"".join(f'{{"text":"{sentence(n)}"}}\n'.encode() for n in range(130, 140))
    # What is cut off of the zeros at the end of a tar is not missed.
    forms = {".zip": zipped(members), ".tar": tarred(members).rstrip(b"\0"), ".tar.gz": tarred(members, "w:gz"),
             ".jsonl.gz": gzip.compress(lines)}
    return [write(folder / f"{n}{ending}", piece) for ending, data in forms.items()
            for n, piece in enumerate(cuts(data, size))]


@case("sizes that lie", 1, grows=False, added=None, rejects=[
    ("size.tar", "truncated"), ("name.tar", "corrupt"), ("pax.tar", "truncated"), ("big.zip", "truncated"), ("small.zip", ""),
    ("zip64.zip", "truncated"), ("method.zip/a.txt", "method"), ("crypt.zip/a.txt", "encrypted")])
def lies(folder, size):
    def header(name, length, kind=b"0"):
        info = tarfile.TarInfo(name)
        info.type = kind
        info.size = length
        return info.tobuf(tarfile.GNU_FORMAT)
    plain = bytearray(zipped([("a.txt", b"Hai ba."), good(141)], zipfile.ZIP_STORED))
    def patched(at, form, value):
        out = bytearray(plain)
        struct.pack_into(form, out, at, value)
        return bytes(out)
    extra = struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45, 0, 0, 0, 0, zlib.crc32(b"x"), 0xFFFFFFFF, 0xFFFFFFFF, 5, len(extra))
    return [
        write(folder / "size.tar", header("a.txt", (1 << 62)), b"Hai ba."),
        write(folder / "name.tar", header("././@LongLink", 1 << 40, b"L"), b"x" * 512),
        write(folder / "pax.tar", header("p", 1 << 20, b"x"), b"99 path=x\n"),
        write(folder / "big.zip", patched(18, "<I", 0xFFFFFFF0)), write(folder / "small.zip", patched(18, "<I", 2)),
        write(folder / "zip64.zip", local + b"a.txt" + extra + b"x"),
        write(folder / "method.zip", patched(8, "<H", 99)), write(folder / "crypt.zip", patched(6, "<H", 1))]


@case("a zip of 10⁵ members", 100_000, added=20, seconds=120)
def members(folder, size):
    return [write(folder / "a.zip", zipped([(f"{n}.txt", sentence(150 + n % 20)) for n in range(size)], zipfile.ZIP_STORED))]
