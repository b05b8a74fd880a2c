"""Tokens as DanvanText cuts them, and the key that stands for all spellings of a syllable."""
import re
import unicodedata
from functools import cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
TOKEN = re.compile(r"[^\W\d_]+|\d+|\.\.+|[^\w\s]|_")
# Marks that read the same.
MARKS = dict(zip("‐‑‒–—―−«„‟»‹‚‛›′´’″…", ["-"] * 7 + ["“"] * 3 + ["”"] + ["‘"] * 3 + ["'"] * 4 + ['"', "..."]))
# Onsets after which an open y and an open i are one vowel.
OPEN_Y = re.compile("^(h|k|l|m|s|t|v|qu)y$")


def tokens(text):
    """(token, whether a space stands before it), in order."""
    return [(m.group(), m.start() > 0 and text[m.start() - 1].isspace()) for m in TOKEN.finditer(text)]


@cache
def key(token):
    """Equal for spellings that differ in case, place of the tone and i/y, and for kinds of one mark."""
    if token[0] in MARKS or token.startswith(".."):
        return MARKS.get(token, "...")
    parts = unicodedata.normalize("NFD", token.lower())
    bare = "".join(c for c in parts if c not in TONES)
    tone = "".join(c for c in parts if c in TONES)
    return OPEN_Y.sub(r"\1i", unicodedata.normalize("NFC", bare)) + tone


@cache
def shape(token):
    if token[0].isdigit():
        return "number"
    if not token[0].isalpha():
        marks = {".": "stop", ",": "comma", "-": "dash", "–": "dash", "/": "slash", "(": "bracket"}
        return marks.get(token, "other")
    if token.islower():
        return "lower"
    if token.isupper():
        return "upper" if len(token) > 1 else "letter"
    return "capitalized" if token[0].isupper() and token[1:].islower() else "mixed"
