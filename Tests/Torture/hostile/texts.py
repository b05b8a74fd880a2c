"""Plain text, JSON, tables, mails."""
import base64
import random

from hostile.case import case, sentence, write


@case("a line of 100 MB", 8_000_000, least=300_000, rejects=[("a.jsonl:2", "limit"), ("b.txt", "limit of 3 MiB"), ("c.csv#2", "limit"),
                                               ("d.json#2", "limit"), ("e.mbox#2", "limit")], added=8)
def long_line(folder, size):
    def object(n):
        return f'{{"text":"{sentence(n)}"}}'
    head = "From a\nSubject: x\n\n"
    return [
        write(folder / "a.jsonl", object(10) + '\n{"text":"', ("một hai ba", size), '"}\n' + object(11)),
        write(folder / "b.txt", ("một hai ba", size)),
        write(folder / "c.csv", f'title,text\na,"{sentence(12)}"\nb,', ("một hai ba", size), f'\nc,"{sentence(13)}"\n'),
        write(folder / "d.json", f'[{object(14)},{{"text":"', ("một hai ba", size), f'"}},{object(15)}]'),
        write(folder / "e.mbox", f"{head}{sentence(16)}\n\n{head}", ("một hai ba", size), f"\n\n{head}{sentence(17)}\n")]


@case("an event and its day, an act, a bracket, over and over", 20_000, least=400, added=3, seconds=30)
def events(folder, size):
    return [write(folder / "a.txt", ("hội nghị ngày 3/4 sẽ ", size)), write(folder / "b.txt", ("tổng kết ", size)),
            write(folder / "c.txt", ("họp) ", size))]


@case("JSON nested 10⁶ deep", 1_000_000, rejects=[("a.json", "nested too deep"), ("b.jsonl:2", "nested too deep"),
                                                  ("c.json", "ends inside")], added=2)
def deep_json(folder, size):
    def line(n):
        return f'{{"text":"{sentence(n)}"}}\n'
    return [
        write(folder / "a.json", '{"text":', ("[", size), ("]", size), "}"),
        write(folder / "b.jsonl", line(20) + '{"text":', ('{"a":', size // 6), "1", ("}", size // 6), "}\n" + line(21)),
        write(folder / "c.json", ("[", 1), ('{"a":', size))]


@case("10⁶ lines that are no JSON", 1_000_000, rejects=[("a.jsonl:", "not a JSON object")], added=2, seconds=60)
def broken_lines(folder, size):
    return [write(folder / "a.jsonl", f'{{"text":"{sentence(22)}"}}\n', ("hỏng\n", size), f'{{"text":"{sentence(23)}"}}\n')]


@case("a table of 10⁶ columns", 1_000_000, least=100_000, rejects=[("a.csv", "head line is too long"), ("b.csv#1", "fields where"),
                                                    ("c.csv#1", "not closed")], added=1)
def columns(folder, size):
    return [write(folder / "a.csv", "text", (",c", size), f"\n{sentence(24)}", (",c", size), "\n"),
            write(folder / "b.csv", f"title,text\na", (",c", size), f'\nb,"{sentence(25)}"\n'),
            write(folder / "c.csv", "title,text\na,\"", ("x\n", size))]


@case("a mailbox of 10⁵ mails", 100_000, added=50, seconds=120)
def mailbox(folder, size):
    with open(folder / "a.mbox", "w") as file:
        for n in range(size):
            file.write(f"From a@b\nFrom: Báo <a@b>\nSubject: Tin\n\n{sentence(400 + n % 50)}\n\n")
    return [str(folder / "a.mbox")]


@case("MIME 10⁴ deep, 10⁵ parts, 10⁵ encoded words", 100_000, added=2, seconds=10,
      rejects=[("deep.eml", "nested"), ("parts.eml", "parts")])
def mime(folder, size):
    with open(folder / "deep.eml", "w") as file:
        for n in range(size // 10):
            file.write(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")
        file.write(f"Content-Type: text/plain\n\n{sentence(30)}")
    word = "=?utf-8?B?" + base64.b64encode("Tin ".encode()).decode() + "?= "
    return [str(folder / "deep.eml"),
            write(folder / "parts.eml", "Content-Type: multipart/mixed; boundary=b\n\n",
                  ("--b\nContent-Type: image/png\n\nx\n", size), f"--b\nContent-Type: text/plain\n\n{sentence(31)}\n--b--\n"),
            write(folder / "words.eml", "Subject: ", (word, size), f"\n\n{sentence(32)}"),
            write(folder / "fields.eml", ("X: a\n", size), f"Subject: Tin\n\n{sentence(33)}")]


UTF16 = "utf-16-le"


@case("bytes that are no text", 1, grows=False, added=1, rejects=[
    ("utf8.txt", "not UTF-8"), ("overlong.txt", "not UTF-8"), ("surrogate.txt", "not UTF-8"), ("lone16.txt", "UTF-16LE"),
    ("odd16.txt", "UTF-16LE"), ("nul.txt", "NUL"), ("nul.html", "NUL"), ("half.json", "surrogate"), ("nul.json", "NUL"),
    ("noise.txt", ""), ("noise.html", "")])
def no_text(folder, size):
    text = sentence(40).encode()
    noise = random.Random(1).randbytes(100_000)
    lone = b"\xff\xfe" + sentence(41).encode(UTF16) + b"\x00\xd8" + "x".encode(UTF16)
    return [
        write(folder / "utf8.txt", b"A\xff\xfe\xc3(\n"), write(folder / "overlong.txt", b"A \xc0\xaf \xe0\x80\xaf\n"),
        write(folder / "surrogate.txt", b"A \xed\xa0\x80\n"), write(folder / "lone16.txt", lone),
        write(folder / "odd16.txt", b"\xff\xfe" + sentence(42).encode(UTF16) + b"x"),
        write(folder / "nul.txt", text + b"\0" + text), write(folder / "nul.html", b"<p>" + text + b"\0</p>"),
        write(folder / "half.json", '{"text":"a\\ud800b"}'), write(folder / "nul.json", '{"text":"a\\u0000b"}'),
        write(folder / "noise.txt", noise), write(folder / "noise.html", noise),
        write(folder / "good16.txt", b"\xff\xfe" + sentence(43).encode(UTF16))]


@case("UTF-16 with several documents", 1, grows=False, added=9, rejects=[("lone.jsonl", "UTF-16")])
def wide_lists(folder, size):
    def lines(n):
        return "".join(f'{{"text":"{sentence(k)}"}}\n' for k in (n, n + 1))
    def wide(text, order):
        return text.encode("utf-16-le" if order == "le" else "utf-16-be")
    mark = {"le": b"\xff\xfe", "be": b"\xfe\xff"}
    return [
        write(folder / "le.jsonl", mark["le"] + wide(lines(50), "le")), write(folder / "be.jsonl", mark["be"] + wide(lines(52), "be")),
        write(folder / "le.csv", mark["le"] + wide(f'title,text\na,"{sentence(54)}"\nb,"{sentence(55)}"\n', "le")),
        write(folder / "be.mbox", mark["be"] + wide(f"From a\nSubject: x\n\n{sentence(56)}\n", "be")),
        write(folder / "le.xml", mark["le"] + wide(
            f'<?xml version="1.0" encoding="utf-16"?><rss><channel><item><description>{sentence(57)}</description></item>'
            "</channel></rss>", "le")),
        write(folder / "lone.jsonl", mark["le"] + wide(lines(58)[:150], "le") + b"\x00\xd8" + wide('"}\n', "le")),
        write(folder / "le.json", mark["le"] + wide(f'{{"text":"{sentence(59)}"}}', "le"))]


#: What reading facts out of a text must bear, three MiB of each.
TEXTS = {
    "word": "x", "spaces": " ", "lines": "\n", "quotes": "“", "brackets": "(", "dashes": "- ", "dots": ".", "digits": "1",
    "dates": "ngày 1-1-2020 ", "names": "Lê Văn Thử, ", "titles": "Chủ tịch UBND tỉnh ", "marks": "\u0301",
    "joiners": "a\u200d", "orders": "yêu cầu các sở, ngành ", "capitals": "A ", "quoted": "\"a\" ", "words": "hội nghị ", "meetings": "ông Lê Văn Thử họp với Sở Y tế, "}


@case("3 MiB of one thing", 3_100_000, added=None, rejects=[("spaces.txt", "no text"), ("lines.txt", "no text")],
      seconds=60, daemon=640, is_long=True)
def monotonous(folder, size):
    return [write(folder / f"{name}.txt", (piece, size // len(piece.encode())), "\n" + name if piece.strip() else "")
            for name, piece in TEXTS.items()]
