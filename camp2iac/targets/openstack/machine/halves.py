"""The two halves of an instance's software: ``install`` and ``configure``.

The install half is the same in every environment, so an image can contain it. Its records hold plain strings only: no
type of theirs has a place for a value of Terraform. The configure half holds addresses, secrets, volumes and units. See
docs/adr/0016-two-halves.md.
"""

from __future__ import annotations

from camp2iac.record import Record
from camp2iac.synth.cloudinit import AptSource, FileLoop, WriteFile
from camp2iac.synth.module import Template

INSTALL = "install"
CONFIGURE = "configure"


class InstanceScript(Record, frozen=True):
    """A script on an instance.

    ``file``: its name in ``cloud-init/``. ``path``: where the instance has it. ``text``: its text. ``packed``: the
    document has it compressed.
    """

    file: str
    path: str
    text: str
    packed: bool = False


class ContentFile(Record, frozen=True):
    """A file of the plan's content.

    ``path``: where the instance has it. ``source``: its path from the module's folder. ``sha256``: its digest.
    """

    path: str
    source: str
    sha256: str
    executable: bool = False


class InstallContent(Record, frozen=True):
    """The content of one owner, which the install script checks.

    ``checksums``: the file on the instance that ``sha256sum --check`` reads, with names below ``folder``. It is empty
    for an archive: the install script names its digest.
    """

    files: tuple[ContentFile, ...]
    checksums: str = ""
    folder: str = ""


class InstallHalf(Record, frozen=True):
    """Packages, repositories, content and scripts: everything that an image of the tier can contain.

    ``releases``: the products that packages install, with their releases. They are part of the user data, so that
    another operating system with another release replaces instances, and a range that it satisfies does not.
    ``scripts``: those of services and those that instances share. ``commands``: the paths of the scripts to run, in
    order.
    """

    packages: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    repositories: tuple[AptSource, ...] = ()
    content: tuple[InstallContent, ...] = ()
    scripts: tuple[InstanceScript, ...] = ()
    commands: tuple[str, ...] = ()


class ConfigureHalf(Record, frozen=True):
    """Files with values of Terraform, and the scripts and commands that configure and start the software.

    ``files``: in paragraphs. ``first``: commands that run before the install half, for the network.
    """

    files: tuple[tuple[WriteFile | FileLoop, ...], ...]
    scripts: tuple[InstanceScript, ...]
    first: tuple[str | Template, ...]
    commands: tuple[str | Template, ...]


class UploadedFile(Record, frozen=True):
    """A file for the image. ``source``: its path from the module's folder. ``path``: its place. ``mode``: octal."""

    source: str
    path: str
    mode: str
    sha256: str


class ImageRecipe(Record, frozen=True):
    """How a tier's image is made. ``digest``: of its install half. ``script``: installs it. ``files``: in its order."""

    digest: str
    script: str
    files: tuple[UploadedFile, ...]
