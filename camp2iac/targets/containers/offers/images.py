"""Images that run a service."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field
from camp2iac.topology.model import Service


class AttributeUse(Record, frozen=True):
    """How an attribute of a product reaches its image: as one of these.

    ``form``: the name in forms that it sets: ``name``, ``user``, ``password``, or ``configuration``. ``words``: words
    of the command line, with ``{value}``. ``environment``: variables, with ``{value}``.
    """

    form: str = ""
    words: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


class WithoutRoot(Record, frozen=True):
    """What an image needs where containers have no root and cannot write to their own files.

    ``user``: the number of its user; 0: not known. ``writable``: folders that it writes to, beside ``/tmp`` and its
    data. ``environment``: variables with another value. ``gosu``: whether a script calls gosu.
    """

    user: int = 0
    writable: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    gosu: bool = False


class ServiceImage(Record, frozen=True):
    """The image that runs a product. Strings are forms: ``{user}`` and other names are filled in.

    ``tags``: release to tag, oldest first. ``files``: path to content, for files that are in the container before it
    starts. Only they can contain the password. ``scripts``: path to the name of a file in the product's folder
    ``templates``, which is used unchanged. ``command``: replaces the command of the image; empty: it stays.
    ``data``: the folder of the data; empty: it has none. ``health``: the words of a command that exits with 0 as soon
    as clients can connect. ``load``: kind of job to the folder that gets the content (:meth:`folder`).
    ``without_root``: None: nothing is known of that.
    """

    image: str
    tags: Mapping[Version, str]
    as_of: str
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    data: str = ""
    health: tuple[str, ...] = ()
    load: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, AttributeUse] = field(default_factory=dict)
    without_root: WithoutRoot | None = None

    def folder(self, kind: str, number: int, database: str, id_: str) -> str | None:
        """The folder in the container for the content of a job: its file, or its files. None: the image has none.

        ``number``: its place among the jobs of the service, from 1. They are loaded in this order.
        """
        form = self.load.get(kind)
        return None if form is None else form.format(number=f"{number:03}", database=database, id=id_)


def fitting(tags: Mapping[Version, str], service: Service) -> tuple[Version, str] | None:
    """The newest release that the plan accepts, and its tag. None if it accepts none of them."""
    newest = max((version for version in tags if service.accepts(version)), default=None)
    return None if newest is None else (newest, tags[newest])
