"""Content of the plan: requests for it, and its form on an instance."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from camp2iac.camp import never
from camp2iac.camp.model import Content
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Ref, Value
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.programs.contents import known

_ARCHIVE = r"\.(zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$"
LEFT_OUT = Ref("local.left_out")


class Owner(Record, frozen=True):
    """The owner of content: its id, and its name in messages and comments.

    ``folder``: the folder for the files. ``file``: the path of a single file, if it is not in the folder.
    """

    id: str
    title: str
    folder: str
    file: str = ""


class ContentRequest(Record, frozen=True):
    """Content for an instance. ``unpack``: the content must be a folder, so an archive is unpacked."""

    owner: Owner
    content: Content
    unpack: bool = False

    @property
    def title(self) -> str:
        """Its name in messages."""
        return self.content.path or f"the content of {self.owner.title}"

    @property
    def place(self) -> str:
        """The path of a single file, or the folder for it if the plan names no file."""
        return self.owner.file or self.owner.folder


class TrackedContent(Record, frozen=True):
    """Content in the git repository: its path there, its digest, and a regular expression for files that are not
    content.
    """

    path: str
    digest: str
    left_out: str


class ComponentRelease(Record, frozen=True):
    """One release of a component's content (``on_change: rerun``).

    ``component``: its id. ``form``: an archive, a file, or a folder in the repository. ``name``: the name of the file.
    ``sha256``, ``url``: of the download; empty: from the repository. ``tracked``: where in the repository.
    ``announced``: the metadata of the instances names the current release. Otherwise, an object does.
    """

    component: str
    form: str
    name: str
    sha256: Value
    url: Value = ""
    tracked: TrackedContent | None = None
    announced: bool = False


class DeliveredContent(Record, frozen=True):
    """Content on an instance.

    ``form``: one file, files of a folder, an archive to unpack, a repository to clone, an image in a registry (then
    ``url`` is empty and ``path`` is the reference), or a component's releases. ``path``: the path of the file or
    archive, or the folder of the files. ``list``: the file for ``sha256sum --check``, in ``list_folder``. Empty: the
    content is a download. ``names``: the files, if they are known here. ``url``, ``sha256``, ``revision``: of the
    download. ``folder``: where an archive is unpacked. ``url_file``: the file with the URL for curl, if only Terraform
    knows it. ``packed``: an archive that is made here, so that its files can be read. Later releases may have other
    files. ``tracked``: it is in the git repository. ``release``: the component's release when this was generated.
    ``source``: where instances get it, in words for the report; empty: it is in user data, or at the plan's URL.
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
    tracked: TrackedContent | None = None
    release: ComponentRelease | None = None
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether its files are known when compiling."""
        return self.form in ("file", "folder") and not self.url


def fetched(content: Content) -> bool:
    """Whether content is a download: not in the plan or its package."""
    return content.path is None and content.data is None


def suffix(name: str) -> str:
    """Return the suffix of an archive, ``tar.gz``, or an empty string for other files."""
    match = re.search(_ARCHIVE, name, flags=re.IGNORECASE)
    return match[1].lower() if match else ""


def reader(given: MachineInput, content: Content, sent: DeliveredContent) -> Callable[[str], bytes] | None:
    """Return a function that reads a file of the content by its name. None if its files are not known here."""
    package, path = given.context.package, content.path
    if not (sent.known or sent.packed) or path is None:
        return None
    folder = path.rpartition("/")[0] if path and package.is_file(path) else path.rstrip("/")
    return lambda name: known(package, f"{folder}/{name}" if folder else name)


def left_out() -> Attribute:
    """Return the local value with the names that are never content. Each module needs it once."""
    text = f"{never.CONTROL_FILES}|{never.JUNK}"
    return Attribute(LEFT_OUT.address.removeprefix("local."), text, comment="Never content, in any folder.")
