"""A package's own proof: ``camp.mf``, SHA-256 digests of its files, in OVF's form (DMTF DSP0243).

A manifest protects against accidents: who can change a file can change the manifest beside it. For ``camp.cert``, which
signs the manifest, see signature.py.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from camp2iac.camp.archive import unsafe_name
from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.memory import MemoryPackage
from camp2iac.camp.text import LINE_END
from camp2iac.camp.tree import PLAN, Tree
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Severity, Span
from camp2iac.diagnostics.suggest import listed, nearest, short

MANIFEST, CERTIFICATE = "camp.mf", "camp.cert"
ALGORITHM = "SHA256"
MOST_LINES = 50_000
MOST_SUGGESTED = 50  # mistakes after which no near names are looked for
_LINE = re.compile(r"\s*(?P<algorithm>[A-Za-z0-9_/-]+)\s*\(\s*(?P<path>.*?)\s*\)\s*=\s*(?P<digest>[0-9A-Fa-f]+)\s*")
_EXACT = re.compile(r"SHA256\(\S(?:.*\S)?\)= [0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest; ``span`` is that of the path."""

    path: str
    digest: str
    span: Span


def check(
    package: Tree, strict: bool, diagnostics: Diagnostics, *, file: str = PLAN, texts: dict[str, str] | None = None
) -> bool:
    """Whether a package is what its manifest and certificate say; one without them is.

    ``strict``: files that the manifest does not list are refused, too, and the plan must be listed where there is a
    certificate. ``file``: the name to show for the plan, ``texts``: as for :func:`camp2iac.camp.read`. Reports CAMP150
    to CAMP159.
    """
    has_manifest, has_certificate = package.is_file(MANIFEST), package.is_file(CERTIFICATE)
    before = len(diagnostics.items)
    if not has_manifest:
        if has_certificate:
            diagnostics.add(
                Diagnostic(
                    "CAMP157",
                    f"{CERTIFICATE} proves nothing: there is no {MANIFEST} that it could sign",
                    help=f"add the {MANIFEST} that it belongs to, or take {CERTIFICATE} out",
                )
            )
        return True
    shown = posixpath.join(posixpath.dirname(file), MANIFEST)
    data = package.read(MANIFEST)
    text = data.decode("utf-8", "replace")
    if texts is not None:
        texts[shown] = text
    lines = _Manifest(shown, diagnostics).read(text)
    for line in lines.values():
        _verify(line, package, diagnostics)
    _report_unlisted(package, lines, strict, diagnostics)
    if has_certificate:
        from camp2iac.camp.signature import verify

        diagnostics.extend(verify(package.read(CERTIFICATE), data))
        if PLAN not in lines:
            diagnostics.add(
                Diagnostic(
                    "CAMP156",
                    f"{CERTIFICATE} does not protect {PLAN}: the manifest does not list it",
                    help=f"list it:  {ALGORITHM}({PLAN})= DIGEST",
                    severity=Severity.ERROR if strict else Severity.WARNING,
                )
            )
    return all(item.level is not Severity.ERROR for item in diagnostics.items[before:])


class _Manifest:
    def __init__(self, file: str, diagnostics: Diagnostics) -> None:
        self.file, self.diagnostics = file, diagnostics
        self.lines: dict[str, Line] = {}
        self.loose: list[Span] = []

    def read(self, text: str) -> dict[str, Line]:
        """Lines by path; what is wrong with the others is reported."""
        ended = text.endswith("\n") or not text
        windows = "\r" in text
        for number, line in enumerate(LINE_END.split(text)[:MOST_LINES], 1):
            if line.strip():
                self._line(line, number)
        if self.loose or windows or not ended:
            what = [
                *(["another spacing or upper case"] if self.loose else []),
                *(["line ends of Windows"] if windows else []),
                *(["no end of the last line"] if not ended else []),
            ]
            self.diagnostics.add(
                Diagnostic(
                    "CAMP151",
                    f"{MANIFEST} is not written as the standard has it: {listed(what)}",
                    span=self.loose[0] if self.loose else None,
                    notes=("it is read all the same; other CAMP platforms may refuse it",),
                    help=f"write  {ALGORITHM}(PATH)= DIGEST  with 64 small hexadecimal digits, one line a file",
                )
            )
        return self.lines

    def _line(self, line: str, number: int) -> None:
        whole = Span(self.file, number, 1, number, len(line.rstrip()) + 1)
        found = _LINE.fullmatch(line) if len(line) < 10_000 else None
        path = found["path"].removeprefix("./") if found else ""
        if found is None or unsafe_name(path) or path == MANIFEST:
            itself = path == MANIFEST
            self.diagnostics.add(
                Diagnostic(
                    "CAMP150",
                    f"{MANIFEST} cannot list itself" if itself else f"line {number} of {MANIFEST} lists no file",
                    span=whole,
                    help="take the line out" if itself else f"write  {ALGORITHM}(PATH)= DIGEST",
                )
            )
            return
        algorithm = found["algorithm"].upper().replace("-", "")
        if algorithm != ALGORITHM or len(found["digest"]) != 64:
            self._algorithm(found, number)
            return
        span = Span(self.file, number, found.start("path") + 1, number, found.end("path") + 1)
        if not _EXACT.fullmatch(line):
            self.loose.append(whole)
        first = self.lines.get(path)
        if first is not None:
            self.diagnostics.add(
                Diagnostic(
                    "CAMP153",
                    f"{MANIFEST} lists {short(path)} twice",
                    span=span,
                    related=(Label(first.span, "first here"),),
                    help="keep the line whose digest is that of the file",
                )
            )
        self.lines[path] = Line(path, found["digest"].lower(), span)

    def _algorithm(self, found: re.Match[str], number: int) -> None:
        start, end = found.span("algorithm")
        named = found["algorithm"]
        wrong_length = named.upper().replace("-", "") == ALGORITHM
        self.diagnostics.add(
            Diagnostic(
                "CAMP152",
                f"the digest of {short(found['path'])} is not one of SHA-256"
                if wrong_length
                else f"the digest of {short(found['path'])} is one of {short(named, 20)}, not of SHA-256",
                span=Span(self.file, number, start + 1, number, end + 1),
                label=f"{len(found['digest'])} digits, where 64 belong" if wrong_length else "CAMP knows SHA-256 alone",
                notes=("SHA-1 proves nothing any more",) if "1" in named and not wrong_length else (),
                help=f"write the line anew, with what  sha256sum {short(found['path'])}  prints",
            )
        )


def _verify(line: Line, package: Tree, diagnostics: Diagnostics) -> None:
    if not package.is_file(line.path):
        few = len(diagnostics.items) < MOST_SUGGESTED
        near = nearest(line.path, package.files()) if few else None
        diagnostics.add(
            Diagnostic(
                "CAMP154",
                f"{MANIFEST} lists a file that is not in the package: {short(line.path)}",
                span=line.span,
                notes=(f"{short(near)} is there",) if near is not None else (),
                help="put the file back, or take the line out and sign anew",
            )
        )
    elif package.sha256(line.path) != line.digest:
        diagnostics.add(
            Diagnostic(
                "CAMP155",
                f"{short(line.path)} is not the file that {MANIFEST} lists: its digest differs",
                span=line.span,
                label="of another content",
                notes=(f"its SHA-256 is {package.sha256(line.path)}",),
                help="get the package anew; if the change was meant, write the manifest anew",
            )
        )


def _held(package: Tree, lines: dict[str, Line]) -> set[str]:
    """What the package holds; of a folder that was not named itself, what the folders in the manifest do."""
    if isinstance(package, MemoryPackage):
        return set(package.all_files())
    if isinstance(package, FolderPackage) and package.bare:
        folders = {path.partition("/")[0] for path in lines if "/" in path}
        return {PLAN}.union(*(package.files(folder) for folder in folders if package.is_folder(folder)))
    return {PLAN, *package.files()}


def _report_unlisted(package: Tree, lines: dict[str, Line], strict: bool, diagnostics: Diagnostics) -> None:
    unlisted = sorted({path for path in _held(package, lines) if path not in lines} - {MANIFEST, CERTIFICATE})
    if not unlisted:
        return
    shown = listed([*map(short, unlisted[:3]), *([f"{len(unlisted) - 3} more"] if len(unlisted) > 3 else [])])
    diagnostics.add(
        Diagnostic(
            "CAMP156",
            f"{MANIFEST} does not list {shown}",
            notes=("what it does not list may have been changed",),
            help=f"add a line for each:  {ALGORITHM}({short(unlisted[0])})= DIGEST",
            severity=Severity.ERROR if strict else Severity.NOTE,
        )
    )
