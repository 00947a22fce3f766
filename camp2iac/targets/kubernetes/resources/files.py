"""The files of services: ConfigMaps, and Secrets for what contains a password."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Document, Value, body, call, expr, template
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.kubernetes.layout import names

GOSU = "/usr/local/bin/gosu"
_SHIM = Path(__file__).with_name("gosu.sh")


class MountedFile(Record, frozen=True):
    """A file in a container. ``path``: there. ``key``: in the ConfigMap or Secret. ``binary``: ``text`` is base64."""

    path: str
    key: str
    text: Value
    secret: bool = False
    binary: bool = False


def of(container: ServiceContainer) -> tuple[MountedFile, ...]:
    """The files of a service, by path."""
    found = [
        MountedFile(path, names.key(path), text, not isinstance(text, str)) for path, text in container.files.items()
    ]
    found += [document(path, each) for path, each in documents(container)]
    return tuple(sorted(found, key=lambda each: each.path))


def documents(container: ServiceContainer) -> Iterator[tuple[str, Document]]:
    """The files of the module's folder that a service gets, by their paths in the container."""
    yield from container.scripts.items()
    for job in container.jobs:
        yield from job.files.items()
    offer = container.offer.without_root
    if offer is not None and offer.gosu:
        yield GOSU, shim(container.service.id)


def shim(service: str) -> Document:
    """A ``gosu`` that stays the same user."""
    return Document(f"load/{service}/gosu", _SHIM.read_bytes(), executable=True)


def keys(files: tuple[MountedFile, ...], *, binary: bool = False) -> Mapping[str, Value]:
    """The ``data`` or the ``binary_data`` of a ConfigMap."""
    return {each.key: each.text for each in files if not each.secret and each.binary is binary}


def mounts(files: tuple[MountedFile, ...]) -> Iterator[Block]:
    """The mounts of files, one by one: the folders around them belong to the image."""
    for each in files:
        name = "secrets" if each.secret else "files"
        yield Block("volume_mount", (), body(name=name, mount_path=each.path, sub_path=each.key, read_only=True))


def secrets(files: tuple[MountedFile, ...]) -> Attribute:
    """The ``data`` of the Secret."""
    return Attribute("data", {each.key: each.text for each in files if each.secret})


def document(path: str, found: Document) -> MountedFile:
    """A file of the module's folder in a ConfigMap."""
    here = template(expr("path.module"), f"/{found.path}")
    try:
        found.data.decode()
    except UnicodeDecodeError:
        return MountedFile(path, names.key(path), call("filebase64", here), binary=True)
    return MountedFile(path, names.key(path), call("file", here))
