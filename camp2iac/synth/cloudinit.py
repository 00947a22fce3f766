"""A cloud-config document as data.

:func:`camp2iac.synth.cloudinit_writer.write` writes it as a template for Terraform's ``templatefile``. Values are those
of :mod:`camp2iac.synth.module`. A ``str`` is data: the instance gets it unchanged. A variable of the template is
``expr("name")``. Code with such variables is ``expr("base64encode(", ..., ")")`` or ``call(...)``. A ``Ref`` is an
error, because the template has only its own variables.

The keys: https://cloudinit.readthedocs.io/en/latest/reference/modules.html
"""

from __future__ import annotations

from typing import TypeAlias

from camp2iac.record import Record
from camp2iac.synth.module import Template, Value
from camp2iac.synth.remarks import Remark


class JsonString(Record, frozen=True):
    """A Terraform string of printable characters, as a JSON string: ``content: ${jsonencode(password)}``.

    YAML allows only printable characters, even in quotes. If the string can have others, use :class:`Encoded`.
    """

    value: Value


class Encoded(Record, frozen=True):
    """Any Terraform string, in base64: ``encoding: b64``, ``content: "${base64encode(environment)}"``."""

    value: Value


class FromFile(Record, frozen=True):
    """The bytes of the file at ``path``, a value: ``encoding: b64``, ``content: "${filebase64(schema)}"``.

    ``compressed``: it is a gzip file, and the instance writes what is in it: ``encoding: gz+b64``.
    """

    path: Value
    compressed: bool = False


class Script(Record, frozen=True):
    """A file beside the template, for a YAML block in the document: ``${indent(6, chomp(file("${scripts}/web.sh")))}``.

    ``file``: its name in the folder. ``folder``: the variable of the template with the path of that folder. The file
    must be UTF-8, safe in a YAML block (:func:`block_safe`), and end with one newline.
    """

    file: str
    folder: str = "scripts"


class PackedScript(Record, frozen=True):
    """The same, compressed: ``encoding: gz+b64``, ``content: "${filebase64("${scripts}/web.sh.gz")}"``."""

    file: str
    folder: str = "scripts"


class Checksums(Record, frozen=True):
    """A list for ``sha256sum --check``. ``content``: the variable of the template with a map, file name to SHA-256.

    ``plain``: every name is :func:`block_safe`, has one line and no backslash. False writes the list in base64, with
    the names escaped as by ``sha256sum``.
    """

    content: str
    plain: bool


# A string (data, or a Template with values), or one of the classes above. A Template becomes a YAML block, so its
# values must have one line (addresses, ids, digests, numbers). JsonString and Encoded allow more.
Body: TypeAlias = "str | Template | JsonString | Encoded | FromFile | Script | PackedScript | Checksums"


class WriteFile(Record, frozen=True):
    """A file to write. ``permissions``: octal. The default of cloud-init is left out. ``owner``: ``user:group``.

    ``defer``: write it after packages are installed and users exist. ``comment``: above it, with a ``#`` on each line.
    """

    path: str
    body: Body
    permissions: str = "0644"
    comment: Remark = ""
    owner: str = ""
    defer: bool = False


class FileLoop(Record, frozen=True):
    """A file for each key of a map: a loop of the template.

    ``folder``: absolute, on the instance. The others are variables of the template. ``content``: the map, from file
    names (relative, with ``/``) to anything. ``root``: the folder with the files. ``executables``: the list of names
    with permissions 0755. Empty: none.
    """

    folder: str
    content: str = "content"
    root: str = "content_root"
    executables: str = ""
    comment: Remark = ""


class AptSource(Record, frozen=True):
    """A repository for apt. ``source``: the line of sources.list, ``deb [signed-by=$KEY_FILE] https://... main``.

    ``name``: the name of its file, without ``.list``. ``key``: the armoured public key. Or ``keyid``: the fingerprint
    of the key, which is fetched from ``keyserver``.
    """

    name: str
    source: str
    key: str = ""
    keyid: str = ""
    keyserver: str = ""
    comment: Remark = ""


class YumRepo(Record, frozen=True):
    """A repository for dnf and yum. ``gpgkey``: the URL of its public key. Signatures are always checked."""

    id: str
    name: str
    baseurl: str
    gpgkey: str
    comment: Remark = ""


Command: TypeAlias = "str | Template | tuple[str, ...]"


class Section(Record, frozen=True):
    """A part of a document.

    ``comment`` is above its files, ``runcmd_comment`` above its commands. ``files``: in paragraphs, with a blank
    line between them. ``runcmd``: see :class:`CloudConfig`.
    """

    comment: Remark = ""
    files: tuple[tuple[WriteFile | FileLoop, ...], ...] = ()
    runcmd: tuple[Command, ...] = ()
    runcmd_comment: Remark = ""


class CloudConfig(Record, frozen=True):
    """A document for the instances of a tier.

    ``comment``: below ``#cloud-config``, with a ``#`` on each line. ``packages_comment``: above repositories and
    packages. ``sections``: files and commands, in order. ``runcmd``: commands before those of the sections. A command
    is a shell line. A tuple is an argument vector, which runs without a shell. ``set -e`` comes first, because
    cloud-init uses the last exit status. ``runcmd_comment``: above the commands.
    """

    comment: Remark
    packages: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    runcmd: tuple[Command, ...] = ()
    runcmd_comment: Remark = ""
    apt_sources: tuple[AptSource, ...] = ()
    yum_repos: tuple[YumRepo, ...] = ()
    package_update: bool = True
    packages_comment: Remark = ""

    @property
    def files(self) -> tuple[tuple[WriteFile | FileLoop, ...], ...]:
        """The files of all sections."""
        return tuple(paragraph for section in self.sections for paragraph in section.files)


def block_safe(text: str) -> bool:
    """Whether a YAML literal block can contain the text unchanged.

    It cannot contain characters that YAML does not call printable, or line breaks other than ``\\n`` (YAML 1.1, 5.1 and
    5.4, which PyYAML in cloud-init implements). Nor can it be a string without a visible character.
    """
    if not text.strip(" \n"):
        return False
    return (text.isascii() and text.translate(_BREAKS).isprintable()) or all(map(is_printable, text))


_BREAKS = {ord("\n"): None, ord("\t"): None}


def is_printable(c: str) -> bool:
    """Whether a YAML document can contain a character, and a literal block keeps it unchanged."""
    return (
        c in "\t\n"
        or " " <= c <= "~"
        or ("\xa0" <= c <= "\ud7ff" and c not in "\u2028\u2029")
        or ("\ue000" <= c <= "\ufffd" and c != "\ufeff")
        or c >= "\U00010000"
    )
