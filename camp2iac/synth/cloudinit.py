"""A cloud-config document as data; :func:`camp2iac.synth.cloudinit_writer.write` makes a template of it.

The document is written as a template for Terraform's ``templatefile``. Values are those of
:mod:`camp2iac.synth.module`: a ``str`` is data and arrives literally, whatever it holds; a variable of the template is
``expr("name")``, code over such variables ``expr("base64encode(", ..., ")")`` or ``call(...)``. A ``Ref`` has no place
here: the template sees only its variables.

Keys and what they mean: https://cloudinit.readthedocs.io/en/latest/reference/modules.html
"""

from __future__ import annotations

from typing import TypeAlias

from camp2iac.record import Record
from camp2iac.synth.module import Template, Value


class JsonString(Record, frozen=True):
    """A Terraform string of printable characters, as a JSON string: ``content: ${jsonencode(password)}``.

    YAML takes no others, not even in quotes: what may hold any is for :class:`Encoded`.
    """

    value: Value


class Encoded(Record, frozen=True):
    """Any Terraform string, in base64: ``encoding: b64``, ``content: "${base64encode(environment)}"``."""

    value: Value


class FromFile(Record, frozen=True):
    """A file's bytes; ``path`` is its path, as a value: ``encoding: b64``, ``content: "${filebase64(schema)}"``."""

    path: Value


class Script(Record, frozen=True):
    """A text file beside the template, which the document contains: ``${indent(6, chomp(file("${scripts}/web.sh")))}``.

    ``file``: its name in the folder that the template's variable ``folder`` holds. The file must be UTF-8 that a YAML
    block can hold (:func:`block_safe`) and end with one newline.
    """

    file: str
    folder: str = "scripts"


class Checksums(Record, frozen=True):
    """The list that ``sha256sum --check`` reads, of the template's variable ``content``: a map, file name to SHA-256.

    ``plain``: every name is :func:`block_safe`, of one line and without a backslash. False writes the list in base64
    and the names as ``sha256sum`` escapes them.
    """

    content: str = "content"
    plain: bool = True


# A text (data, with values in a Template), or one of the kinds above. Values within a Template stand in a YAML block:
# they must be of one line (addresses, ids, digests, numbers); JsonString and Encoded take any string.
Body: TypeAlias = "str | Template | JsonString | Encoded | FromFile | Script | Checksums"


class WriteFile(Record, frozen=True):
    """A file to write. ``permissions``: octal, written unless cloud-init's default. ``owner``: ``user:group``.

    ``defer``: write it after packages are installed and users made. ``comment`` is above it, one ``#`` a line.
    """

    path: str
    body: Body
    permissions: str = "0644"
    comment: str = ""
    owner: str = ""
    defer: bool = False


class FileLoop(Record, frozen=True):
    """A file for each key of a map: a loop of the template.

    ``folder``: absolute, on the machine. ``content``: the template's variable that holds the map, file name (relative,
    ``/`` between) to anything. ``root``: the variable that holds the folder they are read from. ``executables``: the
    variable that holds the list of names which get 0755; empty: none does.
    """

    folder: str
    content: str = "content"
    root: str = "content_root"
    executables: str = ""
    comment: str = ""


class AptSource(Record, frozen=True):
    """A repository for apt. ``source``: the line of sources.list, ``deb [signed-by=$KEY_FILE] https://... main``.

    ``name``: of its file, without ``.list``. ``key``: the armoured public key; or ``keyid``: its fingerprint, fetched
    from ``keyserver``.
    """

    name: str
    source: str
    key: str = ""
    keyid: str = ""
    keyserver: str = ""
    comment: str = ""


class YumRepo(Record, frozen=True):
    """A repository for dnf and yum. ``gpgkey``: where its public key is; packages are always checked."""

    id: str
    name: str
    baseurl: str
    gpgkey: str
    comment: str = ""


Command: TypeAlias = "str | Template | tuple[str, ...]"


class Section(Record, frozen=True):
    """A part of a document that readers see as one.

    ``comment`` is above its files, ``runcmd_comment`` above its commands. ``files``: in paragraphs, with a blank
    line between them. ``runcmd``: see :class:`CloudConfig`.
    """

    comment: str = ""
    files: tuple[tuple[WriteFile | FileLoop, ...], ...] = ()
    runcmd: tuple[Command, ...] = ()
    runcmd_comment: str = ""


class CloudConfig(Record, frozen=True):
    """A document for the instances of a tier.

    ``comment``: what it is, below ``#cloud-config``, one ``#`` a line. ``packages_comment`` is above repositories
    and packages. ``sections``: files and commands, in order. ``runcmd``: commands before those of the sections. A
    command is a shell line. A tuple is an argument vector, which runs without a shell. ``set -e`` is put first: the
    last exit status is cloud-init's. ``runcmd_comment`` is above it.
    """

    comment: str
    packages: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    runcmd: tuple[Command, ...] = ()
    runcmd_comment: str = ""
    apt_sources: tuple[AptSource, ...] = ()
    yum_repos: tuple[YumRepo, ...] = ()
    package_update: bool = True
    packages_comment: str = ""

    @property
    def files(self) -> tuple[tuple[WriteFile | FileLoop, ...], ...]:
        """The files of all sections."""
        return tuple(paragraph for section in self.sections for paragraph in section.files)


def block_safe(text: str) -> bool:
    """Whether a YAML literal block can hold the text and give it back as it is.

    It cannot hold what YAML does not call printable, nor line breaks other than ``\\n`` (YAML 1.1, 5.1 and 5.4; PyYAML
    is what cloud-init reads with). A string without a visible character has no block either.
    """
    if not text.strip(" \n"):
        return False
    return (text.isascii() and text.translate(_BREAKS).isprintable()) or all(map(is_printable, text))


_BREAKS = {ord("\n"): None, ord("\t"): None}


def is_printable(c: str) -> bool:
    """Whether a YAML document may hold a character, and a literal block give it back."""
    return (
        c in "\t\n"
        or " " <= c <= "~"
        or ("\xa0" <= c <= "\ud7ff" and c not in "\u2028\u2029")
        or ("\ue000" <= c <= "\ufffd" and c != "\ufeff")
        or c >= "\U00010000"
    )
