"""Content of the plan: what is asked for, and as what a machine finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from camp2iac.camp import never
from camp2iac.camp.model import Content
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Ref, Value
from camp2iac.targets.openstack.machine.document import MachineInput

_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$", re.IGNORECASE)
LEFT_OUT = Ref("local.left_out")


class Owner(Record, frozen=True):
    """Whose content it is: id, its name in messages, what the content's comments say, and where it belongs.

    ``folder``: where a folder's files, or one file, are to be. ``file``: where a single file is to be, if elsewhere.
    """

    id: str
    title: str
    folder: str
    file: str = ""


class ContentRequest(Record, frozen=True):
    """Content that a machine is to have. ``unpack``: an archive is unpacked there, as the content is to be a folder."""

    owner: Owner
    content: Content
    unpack: bool = False

    @property
    def title(self) -> str:
        """What messages call it."""
        return self.content.path or f"the content of {self.owner.title}"

    @property
    def place(self) -> str:
        """Where a single file is to be; the folder that it belongs into, where the plan names no file."""
        return self.owner.file or self.owner.folder


class ComponentRelease(Record, frozen=True):
    """One state of a component's content, as its machines are told of it (``on_change: rerun``).

    ``component``: its id. ``form``: an archive or a file. ``name``: that file's. ``sha256``, ``url``: what is fetched.
    """

    component: str
    form: str
    name: str
    sha256: Value
    url: Value


class DeliveredContent(Record, frozen=True):
    """Content as a machine finds it.

    ``form``: one file, files of a folder, an archive to unpack, a repository to clone, an image that a registry has
    (then ``url`` is empty, and ``path`` its reference), or a component's releases. ``path``: of the file or archive as
    sent or fetched; of the folder that the files are in, or shall be. ``list``: the file that sha256sum checks it by,
    in ``list_folder``; empty where it is fetched. ``names``: the files, as far as known here. ``url``, ``sha256``,
    ``revision``: of what is fetched. ``folder``: where an archive is unpacked. ``url_file``: holds the URL for curl,
    where Terraform alone knows it. ``packed``: an archive that is made here, so that its files can be read; they may be
    others when the machine has it, where it is a release. ``release``: the component's, when this was generated.
    """

    form: Literal["file", "folder", "archive", "git", "image", "release"]
    path: str
    list: str = ""
    list_folder: str = ""
    names: tuple[str, ...] = ()
    url: str = ""
    sha256: str = ""
    revision: str = ""
    folder: str = ""
    url_file: str = ""
    packed: bool = False
    release: ComponentRelease | None = None

    @property
    def known(self) -> bool:
        """Whether what is in it is known when compiling."""
        return self.form in ("file", "folder") and not self.url


def fetched(content: Content) -> bool:
    """Whether content is elsewhere: neither the plan nor its package holds it."""
    return content.path is None and content.data is None


def suffix(name: str) -> str:
    """What tells that a file is an archive, ``tar.gz``; empty: it is none."""
    match = _ARCHIVE.search(name)
    return match[1].lower() if match else ""


def reader(given: MachineInput, content: Content, sent: DeliveredContent) -> Callable[[str], bytes] | None:
    """What reads a file of content by its name on the machine; None where what is in it is not known here."""
    package, path = given.context.package, content.path
    if not (sent.known or sent.packed) or path is None:
        return None
    folder = path.rpartition("/")[0] if path and package.is_file(path) else path.rstrip("/")
    return lambda name: package.read(f"{folder}/{name}" if folder else name)


def left_out() -> Attribute:
    """The local value for what is never content, once a module."""
    text = f"{never.CONTROL_FILES}|{never.JUNK}"
    return Attribute(LEFT_OUT.address.removeprefix("local."), text, comment="What is never content, in any folder.")
