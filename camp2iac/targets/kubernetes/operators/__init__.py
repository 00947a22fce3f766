"""Operators that run products in a cluster: a file for each, whose name the environment file lists (``operators``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.record import Record, convert, field
from camp2iac.targets.kit.product_files import read

_FOLDER = Path(__file__).parent
_SHARED = b"  # plain FILE"


class OperatorSecret(Record, frozen=True):
    """The secret that the operator reads. ``user``, ``password``: its keys."""

    name: str
    type: str
    user: str
    password: str
    labels: Mapping[str, str] = field(default_factory=dict)


class Operator(Record, frozen=True):
    """A file ``NAME.yaml``: strings have ``{id}``, that of the service, and ``image`` has ``{release}``.

    ``service``: the name of the Service for clients, with its ``port``. ``selector``: the labels of the pods.
    ``operator``: those of the pods of the operator itself. ``contacts``: the ports that the ``operator`` and the pods
    ``itself`` reach. ``ready``: the condition that says that clients can connect. ``spec``: of the object; a string
    such as ``{size}`` is replaced by a value, and left out with its key if there is none. ``load``: the beginning of
    the script that loads artifacts, in this folder; ``user``: the number of the image's user.
    """

    title: str
    as_of: str
    product: str
    api_version: str
    kind: str
    image: str
    service: str
    port: int
    secret: OperatorSecret
    selector: Mapping[str, str]
    operator: Mapping[str, str]
    contacts: Mapping[str, tuple[int, ...]]
    ready: str
    load: str
    user: int
    spec: Mapping[str, object]


@cache
def known() -> Mapping[str, Operator]:
    """All operators, by the name that an environment file lists."""
    return {file.stem: convert(read(file), Operator) for file in sorted(_FOLDER.glob("*.yaml"))}


def script(operator: Operator) -> bytes:
    """The script that loads artifacts. From :data:`_SHARED` on, it is that of the product's container."""
    own = (BUILT_IN / operator.product / "templates" / "docker-setup.sh").read_bytes()
    return (_FOLDER / operator.load).read_bytes() + own[own.index(_SHARED) :]


def titled() -> Mapping[str, str]:
    """The operators' titles, by name."""
    return {name: each.title for name, each in known().items()}
