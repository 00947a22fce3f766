"""Opens each page of the built site in a browser, at the width of a desk and of a phone: ``proofs/site/run`` starts it.

Prints a verdict for each check, and writes pictures and ``results.json`` into a folder.
"""

from __future__ import annotations

import functools
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: Pages that are photographed.
SEEN = (
    "index",
    "plan",
    "profile",
    "targets/openstack",
    "errors",
    "errors/CAMP201",
    "diff",
    "cli",
    "architecture",
    "adr/index",
    "repository/CONTRIBUTING",
)
#: What a reader looks for, and the page that must be among the first results.
SEARCHES = {"CAMP720": "errors/CAMP720.html", "sandbox": "sandbox.html", "monorepos": "builds.html"}
FIRST = 5


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server for the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Watch:
    """What a browser asked other hosts for, and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.foreign: set[str] = set()
        self.complaints: set[str] = set()
        page.on(
            "request",
            lambda each: (
                None if each.url.startswith((address, "file:", "data:", "blob:")) else self.foreign.add(each.url)
            ),
        )
        page.on(
            "console", lambda each: self.complaints.add(f"{page.url}: {each.text}") if each.type == "error" else None
        )
        page.on("pageerror", lambda each: self.complaints.add(f"{page.url}: {each}"))
        page.on("requestfailed", lambda each: self.complaints.add(f"{page.url}: {each.url} failed"))
        page.on(
            "response", lambda each: self.complaints.add(f"{each.url}: {each.status}") if each.status >= 400 else None
        )


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window, when what moves has moved."""
    found = 1
    for _ in range(4):
        found = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if found <= 0:
            break
        page.wait_for_timeout(500)
    return found


def drawn(page: Page) -> bool:
    """Whether each diagram of the page is a picture: the theme replaces the text by an element with a drawing in it."""
    page.wait_for_selector("div.mermaid", timeout=20_000)
    left: int = page.locator("pre.mermaid").count()
    boxes = [each.bounding_box() for each in page.locator("div.mermaid").all()]
    return left == 0 and all(box is not None and box["height"] > 100 for box in boxes)


def search(page: Page, address: str, words: str) -> list[str]:
    """The pages of the first results."""
    page.goto(f"{address}/index.html")
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type(words)
    page.wait_for_selector(".md-search-result__item a", timeout=20_000)
    page.wait_for_timeout(500)
    hrefs = [each.get_attribute("href") or "" for each in page.locator(".md-search-result__item > a").all()]
    return [re.sub(r"[?#].*", "", href).removeprefix(f"{address}/") for href in hrefs[:FIRST]]


def look(browser: Browser, address: str, site: Path, pictures: Path) -> dict[str, Any]:
    """All checks."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]
    watch = Watch(page, address)
    wide: list[str] = []
    undrawn: list[str] = []
    diagrams = 0
    for name in names:
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(f"{address}/{name}")
        shown = name.removesuffix(".html")
        if diagram := 'class="mermaid"' in (site / name).read_text(encoding="utf-8"):
            diagrams += 1
            if not drawn(page):
                undrawn.append(name)
        for width, size in (("desk", DESK), ("phone", PHONE)):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if (over := overflow(page)) > 0:
                wide.append(f"{name}, {width}: {over} pixels")
            if shown in SEEN:
                page.wait_for_timeout(300)
                page.screenshot(path=pictures / f"{shown.replace('/', '-')}-{width}.png")
                if diagram:
                    page.locator("div.mermaid").first.screenshot(path=pictures / f"{shown}-diagram-{width}.png")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    missed = {words: found for words, to in SEARCHES.items() if to not in (found := search(page, address, words))}
    page.screenshot(path=pictures / "search-desk.png")
    words, to = next(iter(SEARCHES.items()))
    if to not in (found := search(page, site.resolve().as_uri(), words)):
        missed[f"{words}, from the folder"] = found
    return {
        "browser": browser.version,
        "pages": len(names),
        "diagrams": diagrams,
        "searches": len(SEARCHES) + 1,
        "wider than the window": wide,
        "requests to other hosts": sorted(watch.foreign),
        "errors in the console": sorted(watch.complaints),
        "diagrams that are not drawn": undrawn,
        "searches that do not find their page": [f"{words}: {found}" for words, found in missed.items()],
    }


def main(site: Path, pictures: Path, chromium: str) -> int:
    """Exit status 1 if a check failed."""
    pictures.mkdir(parents=True, exist_ok=True)
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        results = look(browser, address, site, pictures)
        browser.close()
    (pictures / "results.json").write_text(json.dumps(results, indent=2))
    failed = False
    for name, value in results.items():
        if isinstance(value, list):
            failed |= bool(value)
            print(f"{name}: {', '.join(['none', *value][bool(value) :])}")
        else:
            print(f"{name}: {value}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
