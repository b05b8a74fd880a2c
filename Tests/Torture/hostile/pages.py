"""Pages and feeds."""
from hostile.case import case, sentence, write


@case("10⁶ nested tags", 1_000_000, rejects=[("a.html", "nested")])
def nested(folder, size):
    return [write(folder / "a.html", ("<b>", size), sentence(1))]


@case("nested deeper than is read", 1_200, rejects=[("a.html", "nested")], grows=False, added=1, noted="nested more than")
def deep(folder, size):
    deep = (("<div>", size), f"<p>{sentence(1)}</p>", ("</div>", size))
    return [write(folder / "a.html", *deep), write(folder / "b.html", f"<div><p>{sentence(7)}</p></div>", *deep)]


@case("10⁶ attributes", 1_000_000, rejects=[("a.html", "attributes"), ("b.xml#1", "attributes")])
def attributes(folder, size):
    with open(folder / "a.html", "w") as file:
        file.write("<p ")
        file.write(" ".join("a" for _ in range(size)))
        file.write(f">{sentence(1)}</p>")
    return [str(folder / "a.html"), write(
        folder / "b.xml", "<rss><channel><title>T</title><item ", ("a='1' ", size // 4),
        "><description>x</description></item></channel></rss>")]


@case("140,000 small elements", 160_000, added=1, seconds=8)
def flat(folder, size):
    return [write(folder / "a.html", ("<p>a</p>", size // 2), ("<i>b</i>", size // 4), ("<br>", size // 8),
                  f"<div><p>{sentence(1)}</p></div>")]


@case("markup that never ends", 190_000, rejects=[(".html", "")], added=None, seconds=20)
def unclosed(folder, size):
    pieces = ["<p", "<!--", "<script>", "<a href=\"", "<![CDATA[", "&#", "</", "<p>&", "<table>", "&#x10FFFF;"]
    return [write(folder / f"{n}.html", (piece, size), sentence(n)) for n, piece in enumerate(pieces)]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@case("entities that grow (billion laughs, quadratic)", 100_000, absent="hahaha", added=4,
      noted="the entity '&l9;' is not known")
def entities(folder, size):
    item = f"<item><title>&l9;</title><description>&l9;</description></item><item><description>{sentence(2)}</description></item>"
    square = f'<!DOCTYPE r [<!ENTITY l9 "{"ha" * size}">]>'
    return [
        write(folder / "laughs.xml", f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "hahaha">{LAUGHS}]>',
              f"<rss><channel><title>T</title>{item}</channel></rss>"),
        write(folder / "square.xml", square, "<rss><channel><title>T</title><item><description>", ("&l9;", size),
              f"</description></item><item><description>{sentence(3)}</description></item></channel></rss>")]


@case("external entities", 1, absent="root", grows=False, added=3, noted="the entity '&x;'")
def external(folder, size):
    head = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:1/">]>'
    return [
        write(folder / "a.xml", head, "<rss><channel><title>T</title><item><description>&x;&y;</description></item>",
              f"<item><description>{sentence(4)}</description></item></channel></rss>"),
        write(folder / "b.html", head, f"<html><body><p>&x; {sentence(5)}</p></body></html>")]


@case("a page of 100 MB", 10_000_000, least=400_000, rejects=[("a.html", "limit of 3 MiB")])
def large(folder, size):
    return [write(folder / "a.html", ("<p>một</p>", size))]


@case("a feed of 10⁵ items", 100_000, added=50, seconds=120, client=48)
def feed(folder, size):
    with open(folder / "a.xml", "w") as file:
        file.write("<rss><channel><title>T</title>")
        for n in range(size):
            file.write(f"<item><title>Tin</title><link>https://x.vn/{n % 1000}</link>"
                       f"<description>{sentence(300 + n % 50)}</description></item>")
        file.write("</channel></rss>")
    return [str(folder / "a.xml")]


@case("a feed without an end", 1_000_000, rejects=[("a.xml", "truncated"), ("b.xml", "nested"), ("c.xml", "head is over")],
      added=1)
def endless(folder, size):
    return [
        write(folder / "a.xml", f"<rss><channel><item><description>{sentence(6)}</description></item><item>", ("<p>một", size)),
        write(folder / "b.xml", "<rss>", ("<channel>", size)),
        write(folder / "c.xml", "<rss><channel>", ("<image>x</image>", size))]
