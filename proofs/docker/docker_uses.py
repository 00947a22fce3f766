"""How each example is used: its page and a form (those of proofs/e2e), its workers, and an edit of its code."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from docker_engine import curl, until
from e2e.visits import VISITS, Visit


@dataclass(frozen=True)
class Use:
    """``visit``: the page and its rows. ``work``: makes a worker do something, and returns what was seen.

    ``edit``: a file of the content, a text in it and its replacement, which the page then shows. ``variables``: for the
    module.
    """

    visit: Visit
    edit: tuple[str, str, str] | None = None
    work: Callable[[str], str] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


def _thumbnail(url: str) -> str:
    """A picture of 128 × 96 pixels comes back with 64 × 48."""
    picture = b"P6\n128 96\n255\n" + bytes(128 * 96 * 3)
    name = curl(url, "--data-binary", "@-", stdin=picture).strip()
    seconds = until(lambda: "P6\n64 48\n" in curl(f"{url}{name}", fail=False), "the thumbnail")
    return f"a thumbnail of 64 × 48 pixels after {seconds:.0f} s"


def _confirmation(url: str) -> str:
    """A booking is confirmed."""
    page = f"{url}rooms/blue/2031-01-31"
    booking = json.dumps({"hour": time.time_ns() // 1000 % 24, "name": "Ada"})
    curl(page, "--header", "Content-Type: application/json", "--data", booking)
    seconds = until(lambda: '"confirmed": true' in curl(page), "the confirmation")
    return f"a booking was confirmed after {seconds:.0f} s"


USES = {
    "guestbook": Use(VISITS["guestbook"], edit=("web/guestbook.py", "<h1>", "<h1>New: ")),
    "threetier": Use(VISITS["threetier"]),
    "thumbs": Use(
        Visit("(POST|SEND) a picture here"),
        edit=("app/web.py", "POST a picture here", "SEND a picture here"),
        work=_thumbnail,
    ),
    "bookings": Use(Visit('"name": "([^"]+)"', path="/rooms/blue/2031-01-31"), work=_confirmation),
    "board": Use(Visit("<title>([^<]+)</title>")),
    "site": Use(VISITS["site"], edit=("public/index.html", "<h1>", "<h1>New: ")),
    "php": Use(VISITS["php"]),
    "vitals": Use(VISITS["vitals"]),
    "wsgi": Use(VISITS["wsgi"]),
}
