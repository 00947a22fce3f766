"""Which files of a package are signed or have a digest, and who signed them."""

from __future__ import annotations

from camp2iac.camp.integrity import CERTIFICATE, LONGEST, MOST_BYTES
from camp2iac.camp.manifest import MANIFEST
from camp2iac.camp.package import Package
from camp2iac.camp.reader import Source
from camp2iac.camp.signature import Signer, verify
from camp2iac.camp.tree import PLAN
from camp2iac.record import Record


class VerifiedPackage(Record, frozen=True):
    """A package that the reader accepted. ``listed``: files that match their digests in the manifest; ``unlisted``: the
    others. ``manifest``: whether there is one. ``signer``: who signed the manifest; None if no one did."""

    manifest: bool
    signer: Signer | None
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]


def verified(source: Source) -> VerifiedPackage:
    """What the reader verified of a package. OSError if a file cannot be read any more."""
    package = source.package
    files = sorted(_files(package, source.path) - {MANIFEST, CERTIFICATE})
    return VerifiedPackage(
        package.is_file(MANIFEST),
        _signer(package),
        tuple(path for path in files if package.listed(path)),
        tuple(path for path in files if not package.listed(path)),
    )


def _files(package: Package, plan: str) -> set[str]:
    if package.folder is None:
        return {*package.supplied()} or {PLAN}
    return {plan, *package.held()}


def _signer(package: Package) -> Signer | None:
    if not (package.is_file(MANIFEST) and package.is_file(CERTIFICATE)):
        return None
    found = verify(package.start(CERTIFICATE, LONGEST + 1), package.start(MANIFEST, MOST_BYTES + 1))
    return found if isinstance(found, Signer) else None
