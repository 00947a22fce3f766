"""Read ``camp.mf`` line by line, in OVF's format (DMTF DSP0243): ``SHA256(PATH)= DIGEST``."""

from __future__ import annotations

import re

from camp2iac.camp.archive import unsafe_name
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Label, Span
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.record import Record

MANIFEST = "camp.mf"
ALGORITHM = "SHA256"
_HEAD = r"\s*([A-Za-z0-9_/-]+)\s*\(\s*"
_DIGITS = r"[0-9A-Fa-f]+"
_EXACT = r"SHA256\(\S(?:.*\S)?\)= [0-9a-f]{64}"


class ManifestLine(Record, frozen=True):
    """One line of a manifest; ``span`` is the path."""

    path: str
    digest: str
    span: Span


class Manifest:
    """Reads a manifest; errors in its lines go to ``diagnostics``."""

    def __init__(self, file: str, diagnostics: Diagnostics) -> None:
        self.file, self.diagnostics = file, diagnostics
        self.lines: dict[str, ManifestLine] = {}
        self.loose: list[Span] = []

    def read(self, text: str) -> dict[str, ManifestLine]:
        """The lines by their paths; errors in other lines are reported."""
        ended = text.endswith("\n") or not text
        windows = "\r" in text
        for number, line in enumerate(LINE_END.split(text), 1):
            if line.strip():
                self._line(line, number)
        if self.loose or windows or not ended:
            what = [
                *(["spacing or upper case"] if self.loose else []),
                *(["CR LF line breaks"] if windows else []),
                *(["no line break at the end"] if not ended else []),
            ]
            self.diagnostics.add(
                Diagnostic(
                    "CAMP151",
                    f"{MANIFEST} does not follow the standard's format: {listed(what)}",
                    span=self.loose[0] if self.loose else None,
                    label="the standard has another spacing or case" if self.loose else "",
                    notes=("camp2iac reads it anyway; other CAMP platforms may reject it",),
                    help=f"write each line as  {ALGORITHM}(PATH)= DIGEST  with 64 lowercase hexadecimal digits",
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
                    f"{MANIFEST} lists itself" if itself else f"line {number} of {MANIFEST} is malformed",
                    span=whole,
                    label="no file can contain its own digest" if itself else f"expected {ALGORITHM}(PATH)= DIGEST",
                    help="remove the line" if itself else f"write  {ALGORITHM}(PATH)= DIGEST",
                    fixes=(Fix("", Span(self.file, number, 1, number + 1, 1)),) if itself else (),
                )
            )
            return
        algorithm = found.algorithm.upper().replace("-", "")
        if algorithm != ALGORITHM or len(found.digest) != 64:
            self._algorithm(found, number)
            return
        span = Span(self.file, number, found.at + 1, number, found.at + len(found.path) + 1)
        if not re.fullmatch(_EXACT, line):
            self.loose.append(whole)
        first = self.lines.get(path)
        if first is not None:
            self.diagnostics.add(
                Diagnostic(
                    "CAMP153",
                    f"{MANIFEST} lists {short(path)} twice",
                    span=span,
                    label="again here",
                    related=(Label(first.span, "first here"),),
                    help=f"keep the line with the digest that  sha256sum {short(path)}  prints",
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
                f"the digest of {short(found.path)} does not have the length of SHA-256"
                if wrong_length
                else f"the digest of {short(found.path)} is {short(named, 20)}, not SHA-256",
                span=Span(self.file, number, start + 1, number, end + 1),
                label=f"{len(found.digest)} digits instead of 64" if wrong_length else "CAMP accepts only SHA-256",
                notes=("SHA-1 is broken: two files can have the same digest",)
                if "1" in named and not wrong_length
                else (),
                help=f"write  {ALGORITHM}({short(found.path)})= DIGEST  with the output of  "
                f"sha256sum {short(found.path)}",
            )
        )


class _Written(Record, frozen=True):
    """A line of a manifest as written; ``begin`` and ``at``: where its algorithm and its path begin."""

    algorithm: str
    begin: int
    path: str
    at: int
    digest: str


def _written(line: str) -> _Written | None:
    """``ALGORITHM(PATH)= DIGEST``, with spaces anywhere. The last ``)=`` counts, because a path can contain one."""
    head = re.match(_HEAD, line)
    before, equals, after = line.rpartition("=")
    before, digest = before.rstrip(), after.strip()
    if head is None or not equals or not before.endswith(")") or len(before) <= head.end():
        return None
    if not re.fullmatch(_DIGITS, digest):
        return None
    return _Written(head[1], head.start(1), before[head.end() : -1].rstrip(), head.end(), digest)
