"""Make a package of a plan and its content, and check it with the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from camp2iac.camp.integrity import CERTIFICATE
from camp2iac.camp.manifest import MANIFEST
from camp2iac.camp.packing.formats import archived
from camp2iac.camp.packing.packed import PackedFile, collect, content_of, manifest
from camp2iac.camp.reader import Source, read
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.record import Record

Sign = Callable[[bytes], "bytes | Diagnostic"]  # from the manifest to camp.cert


class PackedPackage(Record, frozen=True):
    """The files of a package, sorted by path, with the manifest and the certificate."""

    files: tuple[PackedFile, ...]

    @property
    def signed(self) -> bool:
        """Whether it has a certificate."""
        return any(file.path == CERTIFICATE for file in self.files)

    def pieces(self, kind: str) -> Iterable[bytes]:
        """The archive; ``kind``: ``zip``, ``tar`` or ``gzip``. OSError if a file changed since it was read."""
        return archived(self.files, kind)


def pack(source: Source, sign: Sign | None = None) -> PackedPackage | Diagnostic:
    """The package of a plan that was read without errors. OSError if a file cannot be read."""
    files = collect(source)
    if isinstance(files, Diagnostic):
        return files
    listing = manifest(files)
    files.append(PackedFile.made(MANIFEST, listing))
    if sign is not None:
        signed = sign(listing)
        if isinstance(signed, Diagnostic):
            return signed
        files.append(PackedFile.made(CERTIFICATE, signed))
    return PackedPackage(tuple(sorted(files, key=lambda file: file.path)))


def check(source: Source, made: Path, name: str) -> list[Diagnostic]:
    """Why the reader would reject the archive ``made``, or read other content from it; empty if it does not.

    ``name``: the name to show for the archive.
    """
    found = Diagnostics()
    again = read(made, name=name, diagnostics=found, strict=True)
    wrong = [item for item in found.ordered() if item.level is Severity.ERROR]
    if again is None or wrong:
        return wrong
    before, after = content_of(source.plan, source.package), content_of(again.plan, again.package)
    for path in before:
        missing = sorted(set(before[path]) ^ set(after.get(path, ())))
        if missing:
            return [_other_content(path, missing)]
    return []


def _other_content(path: str, files: list[str]) -> Diagnostic:
    shown = listed([*map(short, files[:3]), *([f"{len(files) - 3} more"] if len(files) > 3 else [])])
    where = short(path) if path else "the package itself"
    return Diagnostic(
        "CAMP742",
        f"the content {where} would be different in a package: {shown}",
        notes=("a rule excludes these files here, but another artifact has them as content",),
        help="move the files out of the folder, or remove the rule that excludes them",
    )
