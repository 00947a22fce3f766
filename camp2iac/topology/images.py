"""The names of container images in registries: ``docker://registry.example.org:5000/team/shop:1.4@sha256:DIGEST``.

A name without a registry is one of Docker Hub, as for ``docker pull``. It is written in full everywhere else, so that
no instance looks for it in another registry.
"""

from __future__ import annotations

import re

from camp2iac.record import Record
from camp2iac.topology.model import Component

KIND = "image"  # the kind of such artifacts
SCHEME = "docker://"  # the transport of skopeo(1) and podman-pull(1), for any registry
HUB = "docker.io"
EXAMPLE = f"{SCHEME}registry.example.org/team/shop:1.4@sha256:DIGEST"

_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_REGISTRY = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:]+\])(?::([0-9]{{1,5}}))?"
_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_REPOSITORY = rf"{_PART}(?:/{_PART})*"
_TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_DIGEST = "sha256:[0-9a-f]{64}"
_HUBS = ("docker.io", "index.docker.io", "registry-1.docker.io")


class ImageName(Record, frozen=True):
    """The name of an image. ``tag``, ``digest``: as in the plan; empty: it has none."""

    registry: str
    repository: str
    tag: str = ""
    digest: str = ""

    @property
    def base(self) -> str:
        """The name without tag and digest."""
        return f"{self.registry}/{self.repository}"

    @property
    def exact(self) -> str:
        """The name by which it is pulled. With a digest, the tag has no effect, and older podmans refuse both."""
        return f"{self.base}@{self.digest}" if self.digest else f"{self.base}:{self.tag or 'latest'}"

    @property
    def full(self) -> str:
        """The name with its tag and its digest, as far as it has them."""
        tag = f":{self.tag}" if self.tag else "" if self.digest else ":latest"
        return f"{self.base}{tag}{f'@{self.digest}' if self.digest else ''}"

    @property
    def port(self) -> int:
        """The port of its registry."""
        port = re.search(r":([0-9]+)$", self.registry)
        return int(port[1]) if port else 443


def of(component: Component) -> ImageName | None:
    """The image in a registry that is a component's content. None: it is something else, or its name is wrong."""
    text = reference(component)
    try:
        return None if text is None else parsed(text)
    except ValueError:
        return None


def reference(component: Component) -> str | None:
    """What the plan writes after ``docker://``. None if the content is not an image in a registry."""
    href = component.content.href
    if component.kind != KIND or href is None or not href.value.startswith(SCHEME):
        return None
    return href.value.removeprefix(SCHEME)


def parsed(text: str, *, local: bool = False) -> ImageName:
    """The name of an image. ``ValueError`` says what is wrong with it. ``local``: its registry can be localhost."""
    name, at, digest = text.partition("@")
    path, slash, last = name.rpartition("/")
    last, colon, tag = last.partition(":")
    registry, repository = _split(f"{path}{slash}{last}")
    if at and not re.fullmatch(_DIGEST, digest):
        raise ValueError(_wrong_digest(digest))
    if colon and not re.fullmatch(_TAG, tag):
        raise ValueError("a tag has letters, digits, dots, underscores and dashes, and at most 128 of them")
    found = re.fullmatch(_REGISTRY, registry)
    if found is None or not 0 < int(found[1] or 443) < 65536:
        raise ValueError(_wrong_registry(registry))
    if not local and registry.partition(":")[0] == "localhost":
        raise ValueError("localhost is the instance itself, which has no registry: push the image to one")
    if not re.fullmatch(_REPOSITORY, repository) or len(repository) > 255:
        raise ValueError(
            "names of images have lower-case letters, digits, and one of . _ - between them"
            if repository
            else "the name of the image is missing after the registry"
        )
    return ImageName(registry, repository, tag, digest)


def registry_of(host: str) -> str:
    """The one name of a registry: Docker Hub has several."""
    host = host.lower()
    return HUB if host in _HUBS else host


def _split(path: str) -> tuple[str, str]:
    """The registry and the repository in a name without tag and digest."""
    first, slash, rest = path.partition("/")
    if slash and (re.search("[.:]", first) or first == "localhost"):
        registry = registry_of(first)
        return registry, f"library/{rest}" if registry == HUB and rest and "/" not in rest else rest
    return HUB, path if slash or not path else f"library/{path}"


def _wrong_registry(registry: str) -> str:
    host, colon, port = registry.partition(":")
    if colon and re.fullmatch(_REGISTRY, host):
        return f"the port after the host name of a registry is from 1 to 65535, not {' '.join(port.split()) or 'empty'}"
    return f"{' '.join(registry.split()) or 'nothing'} is not the host name of a registry"


def _wrong_digest(digest: str) -> str:
    method, _, digits = digest.partition(":")
    if method != "sha256":
        return "a digest begins with sha256:"
    if re.fullmatch("[0-9a-fA-F]{64}", digits):
        return "a digest has lower-case digits"
    return f"a digest has 64 hexadecimal digits after sha256:, and this one has {len(digits)}"
