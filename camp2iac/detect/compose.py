"""Compose files and Dockerfiles: the services of an application, its variables, port and command."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping

from camp2iac.camp.yaml import parse
from camp2iac.detect.files import Folder
from camp2iac.detect.rules import services
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record, field

FILES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_NAME = re.compile(r"[A-Za-z_]\w{0,99}", re.ASCII)
_MOST = 100


class ComposeService(Record, frozen=True):
    """A service of a compose file.

    ``build``: the folder that it is built from, None if it is an image. ``product``: of the catalogue, by its image.
    ``release``: of the product, by the image's tag: ``15`` of ``postgres:15-alpine``. Empty if the tag does not say it.
    """

    name: str
    file: str
    build: str | None = None
    image: str = ""
    product: str = ""
    release: str = ""
    uses: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    command: str = ""
    ports: bool = False


class Compose(Record, frozen=True):
    """The services of all compose files at the top of a repository, by name."""

    services: Mapping[str, ComposeService] = field(default_factory=dict)

    def of(self, folder: str) -> list[ComposeService]:
        """The services that are built from a folder."""
        return [each for each in self.services.values() if each.build == folder]

    def products(self, service: ComposeService) -> Iterator[ComposeService]:
        """The services with a product of the catalogue that a service uses."""
        for name in service.uses:
            other = self.services.get(name)
            if other is not None and other.product:
                yield other


def read(folder: Folder) -> Compose:
    """The first compose file at the top of a folder; nothing if it cannot be read."""
    name = next((name for name in FILES if name in folder), None)
    if name is None:
        return Compose()
    node = parse(folder.text(name), name, Diagnostics())
    data: object = node.plain if node is not None else None
    found = data.get("services") if isinstance(data, dict) else None
    if not isinstance(found, dict):
        return Compose()
    items = [
        (key, each) for key, each in list(found.items())[:_MOST] if isinstance(key, str) and isinstance(each, dict)
    ]
    return Compose({key: _service(key, each, folder.shown(name)) for key, each in items})


def _service(name: str, data: Mapping[str, object], file: str) -> ComposeService:
    image = data.get("image")
    image = image if isinstance(image, str) else ""
    build = data.get("build")
    context = build.get("context", ".") if isinstance(build, dict) else build
    place = posixpath.normpath(context) if isinstance(context, str) else None
    return ComposeService(
        name,
        file,
        None if place is None or place.startswith(("/", "..")) else place.removeprefix(".").lstrip("/"),
        image,
        product(image) if place is None else "",
        release(image) if place is None else "",
        tuple(_names(data.get("depends_on")) + [each.partition(":")[0] for each in _names(data.get("links"))]),
        tuple(each for each in _variables(data.get("environment")) if _NAME.fullmatch(each)),
        _command(data.get("command")),
        bool(data.get("ports") or data.get("expose")),
    )


def product(image: str) -> str:
    """The catalogue's product for a container image; empty if there is none."""
    return next((name for name, rule in services().items() if _plain(image) in rule.images), "")


def release(image: str) -> str:
    """The release that the tag of an image names; empty if it names none, or releases of another product."""
    tag = re.search(r":(\d{1,4}(?:\.\d{1,4})*)(?![\w.])[^/@]*(?:@[^/]*)?$", image, re.ASCII)
    known = any(_plain(image) in rule.tagged for rule in services().values())
    return tag[1] if tag and known else ""


def _plain(image: str) -> str:
    """The name of an image without its tag and digest."""
    return re.sub(r"[:@][^/]*$", "", image).removeprefix("docker.io/").removeprefix("library/")


def _names(value: object) -> list[str]:
    if isinstance(value, dict):
        return [key for key in value if isinstance(key, str)]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _variables(value: object) -> list[str]:
    return [each.partition("=")[0].strip() for each in _names(value)]


def _command(value: object) -> str:
    if isinstance(value, list):
        return " ".join(each if re.fullmatch(r"[\w@%+=:,./-]+", each) else json.dumps(each) for each in _names(value))
    return " ".join(value.split()) if isinstance(value, str) else ""


def exposed(folder: Folder) -> int | None:
    """The port that the last EXPOSE of a Dockerfile names, if an unprivileged process can listen on it."""
    found = re.findall(
        r"^[ \t]*EXPOSE[ \t]+(\d{1,5})(?:/tcp)?[ \t]*$", folder.lines("Dockerfile"), re.MULTILINE | re.IGNORECASE
    )
    port = int(found[-1]) if found else 0
    return port if 1024 <= port <= 65535 else None


def started(folder: Folder) -> str:
    """The command line of the last CMD of a Dockerfile; empty if there is none, or it needs a shell of its own."""
    text = folder.lines("Dockerfile").replace("\\\n", " ")
    found = re.findall(r"^[ \t]*CMD[ \t]+(\S.*)$", text, re.MULTILINE | re.IGNORECASE)
    if not found:
        return ""
    try:
        parsed: object = json.loads(found[-1])
    except (ValueError, RecursionError):
        return _command(found[-1])
    return _command(parsed)


def variables(folder: Folder) -> list[str]:
    """The names of variables that a Dockerfile sets."""
    found = re.findall(
        r"^[ \t]*ENV[ \t]+([A-Za-z_]\w{0,99})[ \t=]",
        folder.lines("Dockerfile"),
        re.MULTILINE | re.IGNORECASE | re.ASCII,
    )
    return list(dict.fromkeys(found))
