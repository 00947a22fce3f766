"""How each example is used: its page and a form (those of proofs/e2e), its workers, and an edit of its code."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from docker_engine import curl, docker, gateway, until
from e2e.visits import VISITS, Visit


@dataclass(frozen=True)
class Edit:
    """Another code of one component: in a file, ``old`` becomes ``new``, and the page then has ``shows``.

    Without ``shows``, it has ``new``. ``pack``: a script of the example that makes its content of the file.
    """

    file: str
    old: str = "<h1>"
    new: str = "<h1>New: "
    shows: str = ""
    pack: str = ""

    def make(self, package: Path) -> None:
        """Edit the file in a copy of the example."""
        path = package / self.file
        text = path.read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{path}: not one {self.old}"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")
        if self.pack:
            subprocess.run([sys.executable, package / self.pack], check=True)

    def seen(self, page: str) -> bool:
        """Whether a page is of the new code."""
        return (self.shows or self.new) in page


@dataclass(frozen=True)
class Use:
    """``visit``: the page and its rows. ``work``: makes a worker do something, and returns what was seen.

    ``edit``: of a component whose content is in the example. ``variables``: for the module. ``elsewhere``: starts a
    service that others operate, and returns values of parameters for the compiler. ``empty``: the page has no rows at
    first. ``follows``: tiers, to the components that are told the addresses of all its containers (``IPALL``), so that
    they are replaced when it scales.
    """

    visit: Visit
    edit: Edit
    work: Callable[[str], str] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Callable[[ExitStack], Mapping[str, str]] | None = None
    empty: bool = False
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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


def _png(width: int, height: int) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _recipe(url: str) -> str:
    """A recipe with a picture: the volume has the picture, and the web server answers with it."""
    picture = ("--form", "picture=@-;filename=soup.png;type=image/png")
    curl(url, "--form", "title=Soup", "--form", "text=Boil.", *picture, stdin=_png(640, 480))
    assert "Älplermagronen" in curl(url), "the script of the plan is UTF-8, whatever the locale"
    return f"a picture of {_uploaded(url, '/pictures/')} bytes from the volume"


def _photo(url: str) -> str:
    """A photo that a visitor adds: Django stores it, and nginx serves it from the same volume."""
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', curl(url))[0]
    form = ("--cookie", f"csrftoken={token}", "--form", f"csrfmiddlewaretoken={token}", "--form", "title=Alps")
    picture = ("--form", "image=@-;filename=alps.png;type=image/png")
    # A mail to the curator is tried, and the mail server does not exist.
    curl(url, *form, *picture, "--max-time", "60", stdin=_png(640, 480))
    assert "Alps" in curl(url)
    return f"a photo of {_uploaded(url, '/media/')} bytes from the volume"


def _uploaded(url: str, folder: str) -> int:
    """The size of the newest upload."""
    place = re.findall(rf'src="({folder}[^"]+)"', curl(url))[0]
    kind, size = curl(
        url.rstrip("/") + place, "--output", "/dev/null", "--write-out", "%{content_type} %{size_download}"
    ).split()
    assert kind.startswith("image/"), kind
    assert int(size) > 0
    return int(size)


def _ticket(page: str) -> tuple[str, ...]:
    """A ticket for the first person."""
    person = re.findall('<option value="([^"]+)"', page)[0]
    return "--data-urlencode", "title=Zürich & <more>", "--data", f"person={person}"


def _change(url: str) -> str:
    """A change comes back: the Go service reports to the Node.js service what a visitor asked for."""
    seconds = until(lambda: "<li>" in curl(url).partition("<h2>Changes</h2>")[2], "the change")
    return f"the change was reported after {seconds:.0f} s"


def _ledgers_database(stack: ExitStack) -> Mapping[str, str]:
    """A database of others, which the containers reach by the address of the engine's computer."""
    name, image = "camp-elsewhere", "postgres:17-bookworm"
    docker("rm", "--force", name, accept=(0, 1))
    values = ("POSTGRES_USER=ledger", "POSTGRES_PASSWORD=p@ss/word %", "POSTGRES_DB=ledger")
    docker("run", "--detach", "--name", name, "--publish", "5432:5432", *(f"--env={each}" for each in values), image)
    stack.callback(docker, "rm", "--force", "--volumes", name)
    ready = ("docker", "exec", name, "pg_isready", "--quiet", "--host", "127.0.0.1")
    until(lambda: subprocess.run(ready, check=False).returncode == 0, name)
    return {"database": f"postgresql://{gateway(name)}:5432/ledger"}


USES = {
    "guestbook": Use(VISITS["guestbook"], Edit("web/guestbook.py")),
    "threetier": Use(VISITS["threetier"], Edit("shop/shop.py"), follows={"stock": ("shop", "orders")}),
    "thumbs": Use(
        Visit("(POST|SEND) a picture here"),
        Edit("app/web.py", "POST a picture here", "SEND a picture here"),
        work=_thumbnail,
    ),
    "bookings": Use(
        Visit('"name": "([^"]+)"', path="/rooms/blue/2031-01-31"),
        # Also of what is in the cache
        Edit("api/bookings.py", "Response(found,", "Response(found.replace(b'name', b'guest'),", '"guest": "'),
        work=_confirmation,
    ),
    "board": Use(Visit("<title>([^<]+)</title>"), Edit("apps/board/public/index.html")),
    "site": Use(VISITS["site"], Edit("public/index.html")),
    "php": Use(VISITS["php"], Edit("app/index.php")),
    "recipes": Use(
        Visit(r"<h2>([^<]+)</h2>", lambda _: ("--form", 'title=Crêpes & "more"', "--form", "text=Stir.")),
        Edit("app/public/index.php"),
        work=_recipe,
    ),
    "gallery": Use(
        Visit("<h1>([^<]+)</h1>"),
        Edit("app/photos/templates/photos.html"),
        work=_photo,
        variables={"mail_user": "mail", "mail_password": "x"},
    ),
    "tickets": Use(Visit(r"<li>#\d+ ([^:<]+):", _ticket), Edit("web/page.js"), work=_change, empty=True),
    "ledger": Use(
        Visit(r"(\S+ EUR)", lambda _: ("--data", "1250"), path="/accounts/ada"),
        Edit("app/src/main/java/org/example/ledger/Service.java", "%.2f %s", "%.2f %s now", "EUR now"),
        variables={"database_user": "ledger", "database_password": "p@ss/word %"},
        elsewhere=_ledgers_database,
    ),
    "todo": Use(
        Visit(r'"text":"([^"]+)"', lambda _: ("--data-binary", "Ask Zoë & <Bob> ${x}")),
        Edit("app/server.js", "({ id: _id, text, done })", "({ id: _id, task: text, done })", '"task":'),
    ),
    "vitals": Use(VISITS["vitals"], Edit("war/index.jsp", pack="make-war.py")),
    "wsgi": Use(VISITS["wsgi"], Edit("main.py", '"place"', '"town"')),
}
