"""How the image of a runtime is built: the part ``build`` of ``docker.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.catalogue import Product, Version
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.prepared import read_yaml
from camp2iac.record import Record, convert, field
from camp2iac.targets.containers.offers.images import WithoutRoot

PLATFORM = "docker"
FILE = f"{PLATFORM}.yaml"


class PhpExtension(Record, frozen=True):
    """How an extension is compiled. ``packages``: headers. ``pecl``: its name there; empty: it is a part of PHP.

    ``configure``: options for that.
    """

    packages: tuple[str, ...] = ()
    pecl: str = ""
    configure: str = ""


class RuntimeImage(Record, frozen=True):
    """How the image of a runtime is built.

    ``image``: the official image. ``tags``: release to tag, the newest last. ``template``: of the Dockerfile.
    ``module``: in ``images``, prepares the content. Empty: the content stays unchanged, and ``web`` is the command.
    ``images``: other images that the Dockerfile uses, by the template's names for them; ``{release}`` is filled in.
    ``has``: packages of Debian that the image has in another form. ``settings``: the template's own data.
    ``extensions``: what can be compiled in addition. ``linked``: the extensions for a product that a component
    connects to. ``as_of``: the date of all this. ``without_root``: the folders that its processes write to.
    """

    image: str
    tags: Mapping[Version, str]
    template: Path
    as_of: str = ""
    module: str = ""
    web: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, PhpExtension] = field(default_factory=dict)
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without_root: WithoutRoot | None = None

    def based(self, release: Version) -> str:
        """The image of a release: ``python:3.14-slim-trixie``."""
        return f"{self.image}:{self.tags[release]}"

    def others(self, release: Version) -> Mapping[str, str]:
        """The other images of a release."""
        return {name: form.replace("{release}", str(release)) for name, form in self.images.items()}


class BuildData(Record, frozen=True):
    """The part ``build`` of ``docker.yaml``."""

    template: str = "Dockerfile.j2"
    web: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, PhpExtension] = field(default_factory=dict)
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class RuntimeData(Record, frozen=True):
    """What ``docker.yaml`` says about a runtime. A service has no ``build``."""

    as_of: str = ""
    image: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    build: BuildData | None = None
    without_root: WithoutRoot | None = None


def runtime(product: Product) -> RuntimeImage | None:
    """How artifacts on a product become an image. None if they do not."""
    own = product.platforms.get(PLATFORM)
    if own is None:
        return _built_in(product.name)
    return _read(convert(own.plain, RuntimeData), product.folder, "")


@cache
def _built_in(name: str) -> RuntimeImage | None:
    file = BUILT_IN / name / FILE
    return _read(_data(file), file.parent, name) if file.is_file() else None


def _read(data: RuntimeData, folder: Path, module: str) -> RuntimeImage | None:
    build = data.build
    if build is None:
        return None
    tags = {release: data.tags[str(release)] for release in sorted(map(Version, data.tags))}
    template = folder / "templates" / build.template
    return RuntimeImage(
        data.image,
        tags,
        template,
        data.as_of,
        module,
        build.web,
        build.images,
        build.has,
        build.settings,
        build.extensions,
        build.linked,
        data.without_root,
    )


def _data(file: Path) -> RuntimeData:
    return convert(read_yaml(file), RuntimeData)
