"""``camp.mf`` read line by line, in OVF's form (DMTF DSP0243): ``SHA256(PATH)= DIGEST``."""

from __future__ import annotations

import re

from camp2iac.camp.archive import unsafe_name
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Label, Span
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.record import Record

MANIFEST = "camp.mf"
ALGORITHM = "SHA256"
_HEAD = re.compile(r"\s*([A-Za-z0-9_/-]+)\s*\(\s*")
_DIGITS = re.compile(r"[0-9A-Fa-f]+")
_EXACT = re.compile(r"SHA256\(\S(?:.*\S)?\)= [0-9a-f]{64}")


class ManifestLine(Record, frozen=True):
    """One line of a manifest; ``span`` is that of the path."""

    path: str
    digest: str
    span: Span


class Manifest:
    """A manifest that is read; what is wrong with its lines goes to ``diagnostics``."""

    def __init__(self, file: str, diagnostics: Diagnostics) -> None:
        self.file, self.diagnostics = file, diagnostics
        self.lines: dict[str, ManifestLine] = {}
        self.loose: list[Span] = []

    def read(self, text: str) -> dict[str, ManifestLine]:
        """Lines by path; what is wrong with the others is reported."""
        ended = text.endswith("\n") or not text
        windows = "\r" in text
        for number, line in enumerate(LINE_END.split(text), 1):
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
        found = _written(line) if len(line) < 10_000 else None
        path = found.path.removeprefix("./") if found else ""
        if found is None or unsafe_name(path) or path == MANIFEST:
            itself = path == MANIFEST
            self.diagnostics.add(
                Diagnostic(
                    "CAMP150",
                    f"{MANIFEST} cannot list itself" if itself else f"line {number} of {MANIFEST} lists no file",
                    span=whole,
                    help="take the line out" if itself else f"write  {ALGORITHM}(PATH)= DIGEST",
                    fixes=(Fix("", Span(self.file, number, 1, number + 1, 1)),) if itself else (),
                )
            )
            return
        algorithm = found.algorithm.upper().replace("-", "")
        if algorithm != ALGORITHM or len(found.digest) != 64:
            self._algorithm(found, number)
            return
        span = Span(self.file, number, found.at + 1, number, found.at + len(found.path) + 1)
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
        self.lines[path] = ManifestLine(path, found.digest.lower(), span)

    def _algorithm(self, found: _Written, number: int) -> None:
        named = found.algorithm
        start, end = found.begin, found.begin + len(named)
        wrong_length = named.upper().replace("-", "") == ALGORITHM
        self.diagnostics.add(
            Diagnostic(
                "CAMP152",
                f"the digest of {short(found.path)} is not one of SHA-256"
                if wrong_length
                else f"the digest of {short(found.path)} is one of {short(named, 20)}, not of SHA-256",
                span=Span(self.file, number, start + 1, number, end + 1),
                label=f"{len(found.digest)} digits, where 64 belong" if wrong_length else "CAMP knows SHA-256 alone",
                notes=("SHA-1 proves nothing any more",) if "1" in named and not wrong_length else (),
                help=f"write the line anew, with what  sha256sum {short(found.path)}  prints",
            )
        )


class _Written(Record, frozen=True):
    """A line of a manifest as it is written; ``begin`` and ``at``: where its algorithm and its path begin."""

    algorithm: str
    begin: int
    path: str
    at: int
    digest: str


def _written(line: str) -> _Written | None:
    """``ALGORITHM(PATH)= DIGEST``, with blanks anywhere. The last ``)=`` counts: a path may have one in it."""
    head = _HEAD.match(line)
    before, equals, after = line.rpartition("=")
    before, digest = before.rstrip(), after.strip()
    if head is None or not equals or not before.endswith(")") or len(before) <= head.end():
        return None
    if not _DIGITS.fullmatch(digest):
        return None
    return _Written(head[1], head.start(1), before[head.end() : -1].rstrip(), head.end(), digest)
