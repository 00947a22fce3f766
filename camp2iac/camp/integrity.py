"""A package's manifest: ``camp.mf``, with the SHA-256 digests of its files, in OVF's format (DMTF DSP0243).

A manifest protects against accidents: anyone who can change a file can change the manifest too. For ``camp.cert``,
which signs the manifest, see signature.py.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.camp.manifest import ALGORITHM, MANIFEST, Manifest, ManifestLine
from camp2iac.camp.opening import Opened
from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity
from camp2iac.diagnostics.suggest import listed, nearest, short
from camp2iac.record import Record, field

CERTIFICATE = "camp.cert"
MOST_LINES = 50_000
LONGEST = 1_000_000  # bytes of a certificate
MOST_REPORTED = 200  # diagnostics about the lines of a manifest
MOST_SUGGESTED = 50  # diagnostics after which there are no suggestions
MOST_BYTES = 8 * 1024 * 1024  # of a manifest


class Proof(Record, frozen=True):
    """The lines of a package's manifest, and whether a certificate signs it. Without a manifest, no file is listed."""

    file: str = ""  # the name to show for the manifest; empty if there is none
    listed: Mapping[str, ManifestLine] = field(default_factory=dict)
    signed: bool = False


def check(
    opened: Opened,
    strict: bool,
    diagnostics: Diagnostics,
    *,
    signer: str | None = None,
    texts: dict[str, str] | None = None,
) -> Proof | None:
    """Check a package against its manifest and certificate, before anything else is read. None if they do not match.

    ``strict``: a file that the manifest does not list is an error. ``signer``: the SHA-256 of the only certificate
    whose signature is accepted. ``texts``: as for :func:`camp2iac.camp.read`. Reports CAMP133 and CAMP150 to CAMP162.
    """
    package = opened.package
    occupied = [path for path in (MANIFEST, CERTIFICATE) if package.occupied(path)]
    if occupied:
        diagnostics.extend(map(_no_file, occupied))
        return None
    certificate = package.start(CERTIFICATE, LONGEST + 1) if package.is_file(CERTIFICATE) else None
    if not package.is_file(MANIFEST):
        return _without(package, certificate, signer, diagnostics)
    before = len(diagnostics.items)
    shown = posixpath.join(posixpath.dirname(opened.file), MANIFEST)
    data = package.start(MANIFEST, MOST_BYTES + 1)
    if len(data) > MOST_BYTES or data.count(b"\n") > MOST_LINES:
        diagnostics.add(_too_long(shown))
        return None
    text = data.decode("utf-8", "replace")
    if texts is not None:
        texts[shown] = text
    found = Diagnostics()
    lines = Manifest(shown, found).read(text)
    package.restore(lines)
    for line in lines.values():
        _verify(line, opened, found)
    diagnostics.extend(_first(found))
    if certificate is not None:
        _signature(certificate, data, signer, diagnostics)
        if opened.path not in lines:
            message = f"{CERTIFICATE} does not cover {short(opened.path)}: {MANIFEST} does not list it"
            diagnostics.add(_unlisted(message, opened.path, Severity.ERROR))
    elif signer is not None:
        diagnostics.add(_other_signer(package.name, "it has no certificate"))
    package.keep(lines)
    unlisted = _held(opened, lines) - lines.keys() - ({opened.path} if certificate is not None else set())
    if strict:
        beyond = _all_of(opened, lines) - lines.keys() - {MANIFEST, CERTIFICATE}
        _report(sorted(beyond - ({opened.path} if certificate is not None else set())), Severity.ERROR, diagnostics)
    if all(item.level is not Severity.ERROR for item in diagnostics.items[before:]):
        return Proof(shown, lines, certificate is not None)
    if not strict:
        _report(sorted(unlisted), Severity.NOTE, diagnostics)
    return None


def check_content(opened: Opened, proof: Proof, content: Iterable[str], strict: bool, diagnostics: Diagnostics) -> bool:
    """Whether the manifest lists all content of the plan (CAMP156), after the plan was read.

    ``content``: the files of all artifacts. If a certificate signs the manifest, or under ``strict``, a file that is
    not listed is an error. In all other cases there is a note.
    """
    if not proof.file:
        return True
    unlisted = sorted(set(content) - proof.listed.keys() - {MANIFEST, CERTIFICATE})
    if unlisted and (strict or proof.signed):
        _report(unlisted, Severity.ERROR, diagnostics)
        return False
    if strict:  # every file is listed
        return True
    _report(sorted({*unlisted, *_held(opened, proof.listed)} - proof.listed.keys()), Severity.NOTE, diagnostics)
    return True


def _first(found: Diagnostics) -> Iterator[Diagnostic]:
    """The first diagnostics about a manifest, and how many errors follow: a hostile one can have 50,000."""
    yield from found.items[:MOST_REPORTED]
    more = [item for item in found.items[MOST_REPORTED:] if item.level is Severity.ERROR]
    if more:
        yield Diagnostic(
            more[0].code,
            f"{MANIFEST} has {len(more):,} more lines that are malformed or do not match the package",
            help="get the package again, or create its manifest again",
        )


def _without(package: Package, certificate: bytes | None, signer: str | None, diagnostics: Diagnostics) -> Proof | None:
    if certificate is not None:
        diagnostics.add(
            Diagnostic(
                "CAMP157",
                f"the package has {CERTIFICATE} but no {MANIFEST}",
                notes=(f"{CERTIFICATE} signs {MANIFEST}; without it, nothing is signed",),
                help=f"add the {MANIFEST} that was signed, or remove {CERTIFICATE}",
            )
        )
    if signer is not None:
        diagnostics.add(_other_signer(package.name, f"it has no {MANIFEST}"))
        return None
    return Proof()


def _signature(certificate: bytes, manifest: bytes, signer: str | None, diagnostics: Diagnostics) -> None:
    from camp2iac.camp.signature import verify

    found = verify(certificate, manifest)
    if isinstance(found, Diagnostic):
        diagnostics.add(found)
        return
    if signer is not None and signer != found.fingerprint:
        diagnostics.add(_other_signer("the package", f"it is signed by {found.fingerprint}, {short(found.subject)}"))
        return
    diagnostics.add(
        Diagnostic(
            "CAMP161",
            f"the package is signed by {short(found.subject, 100)}",
            notes=(f"the SHA-256 of the certificate is {found.fingerprint}",),
        )
    )


def _verify(line: ManifestLine, opened: Opened, diagnostics: Diagnostics) -> None:
    package = opened.package
    if not package.is_file(line.path):
        few = len(diagnostics.items) < MOST_SUGGESTED
        near = nearest(line.path, package.files()) if few else None
        diagnostics.add(
            Diagnostic(
                "CAMP154",
                f"{MANIFEST} lists a file that is not in the package: {short(line.path)}",
                span=line.span,
                label="no such file",
                notes=(f"a file with a similar name exists: {short(near)}",) if near is not None else (),
                help="restore the file, or remove this line and sign the manifest again if it is signed",
            )
        )
        return
    # The plan was read before: check the bytes that were read, not those in the file now.
    digest = hashlib.sha256(opened.plan).hexdigest() if line.path == opened.path else package.sha256(line.path)
    if digest != line.digest:
        diagnostics.add(
            Diagnostic(
                "CAMP155",
                f"{short(line.path)} does not match its digest in {MANIFEST}",
                span=line.span,
                label="the file has another SHA-256",
                notes=(f"the SHA-256 of the file is {digest}",),
                help="get the package again, or if you changed the file, write  "
                f"{ALGORITHM}({short(line.path)})= {digest}",
            )
        )


def _all_of(opened: Opened, lines: Mapping[str, ManifestLine]) -> set[str]:
    """The files that must be listed under ``--strict``: all files of the folder or archive, content or not. If the user
    named the plan and not its folder: the files in the folders that the manifest names."""
    package = opened.package
    if package.bare:
        folders = {path.partition("/")[0] for path in lines if "/" in path}
        return {opened.path}.union(*(package.held(folder) for folder in folders if package.is_folder(folder)))
    return {opened.path, *package.held()}


def _held(opened: Opened, lines: Mapping[str, ManifestLine]) -> set[str]:
    """The files of the package. If the user named the plan and not its folder: those in the folders of the manifest."""
    package = opened.package
    if package.bare:
        folders = {path.partition("/")[0] for path in lines if "/" in path}
        return {opened.path}.union(*(package.files(folder) for folder in folders if package.is_folder(folder)))
    held = {opened.path, *package.supplied()}
    return held - {MANIFEST, CERTIFICATE} if package.folder is None else held


def _report(unlisted: Sequence[str], severity: Severity, diagnostics: Diagnostics) -> None:
    if unlisted:
        shown = listed([*map(short, unlisted[:3]), *([f"{len(unlisted) - 3} more"] if len(unlisted) > 3 else [])])
        diagnostics.add(_unlisted(f"{MANIFEST} does not list {shown}", unlisted[0], severity))


def _unlisted(message: str, path: str, severity: Severity) -> Diagnostic:
    return Diagnostic(
        "CAMP156",
        message,
        notes=(f"camp2iac cannot notice changes to files that {MANIFEST} does not list",),
        help=f"add a line for each file:  {ALGORITHM}({short(path)})= DIGEST",
        severity=severity,
    )


def _other_signer(name: str, what: str) -> Diagnostic:
    return Diagnostic(
        "CAMP162",
        f"{short(name)} is not signed by the signer in --signer: {what}",
        help="get the package from that signer, or write the certificate that you trust after  --signer",
    )


def _no_file(path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP133",
        f"{path} is not a plain file of the package",
        notes=("if it were ignored, a signed package would look like an unsigned one",),
        help=f"replace {path} with the file itself, or remove it",
    )


def _too_long(shown: str) -> Diagnostic:
    return Diagnostic(
        "CAMP135",
        f"{short(shown)} is too large",
        notes=(f"a manifest can have up to {MOST_BYTES // 2**20} MiB and {MOST_LINES:,} lines",),
        help="write one line for each file of the package, and remove files that the application does not need",
    )
