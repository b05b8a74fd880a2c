"""Pages of `dvctl show --html` in a real browser: no complaint, no request, facts shown by mouse and by keyboard,
every link with a place, nothing wider than a telephone. usage: article.py PAGE… [--pictures FOLDER]"""
import sys
from pathlib import Path

from chromium import Chromium, found

SHOWN = "[...document.querySelectorAll('.card')].filter(c => getComputedStyle(c).display != 'none').map(c => c.innerText)"
LOST = "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)"
DOUBLE = "(ids => ids.filter((id, i) => ids.indexOf(id) != i))([...document.querySelectorAll('[id]')].map(e => e.id))"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The least contrast of a piece of text with its own background, by WCAG's formula.
CONTRAST = """(() => {
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const rgb = t => t.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255,255,255)'; };
  return Math.min(...[...document.querySelectorAll('main .f, main p, dt, .hint, .post')].map(e => {
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(rgb(ground(e)))].sort((x, y) => y - x);
    return (a + .05) / (b + .05); })); })()"""


def check(browser, page, pictures):
    faults = []

    def want(what, fine):
        if not fine:
            faults.append(f"{page}: {what}")

    for dark in (False, True):
        browser.open(page, dark=dark)
        if pictures:
            browser.picture(Path(pictures) / f"{Path(page).stem}-{'dark' if dark else 'light'}.png")
        contrast = browser.evaluate(CONTRAST)
        want(f"contrast {contrast:.2f}, dark {dark}", contrast >= 4.5)
        want(f"it complains: {browser.complaints()}", not browser.complaints())
        others = [url for url in browser.requests() if not url.startswith(("file:", "data:"))]
        want(f"it asks the network: {others}", not others)
    for name, expression in (("links to nothing", LOST), ("ids that are double", DOUBLE)):
        want(f"{name}: {browser.evaluate(expression)}", browser.evaluate(expression) == [])
    want("facts are shown before they are asked for", browser.evaluate(SHOWN) == [])
    box = browser.evaluate("(r => [r.x + 4, r.y + r.height / 2])(document.querySelector('main .f').getClientRects()[0])")
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])
    shown = browser.evaluate(SHOWN)
    want(f"pointing shows {shown}", len(shown) == 1 and "rule" in shown[0])
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
    for _ in range(3):
        for kind in ("keyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    shown = browser.evaluate(SHOWN)
    want(f"the Tab key shows {shown}", len(shown) == 1 and "rule" in shown[0])
    if pictures:
        browser.picture(Path(pictures) / f"{Path(page).stem}-focus.png", whole=False)
    browser.open(page, width=360)
    want(f"{browser.evaluate(WIDE)} wider than a telephone", browser.evaluate(WIDE) <= 0)
    return faults


def main(words):
    if not found():
        print("skipped: no Chromium")
        return 0
    pictures = words[words.index("--pictures") + 1] if "--pictures" in words else None
    pages = [word for word in words if word.endswith(".html")]
    with Chromium() as browser:
        faults = [fault for page in pages for fault in check(browser, page, pictures)]
    print("\n".join(faults) or f"{len(pages)} pages are fine")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
