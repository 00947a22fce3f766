"""From what Terraform or a scanner reports about an output to the lines of the plan."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.record import Record, replace
from camp2iac.review.trace import comments
from camp2iac.review.trace.finding import ReportedFinding
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.synth.addresses import configured


class TracedFinding(Record, frozen=True):
    """A finding and its places.

    ``asked``: the statement of the plan or the environment file; None if there is none. ``added``: that statement does
    not ask for the resource, but camp2iac adds it for what the statement asks for. ``name``: the block or argument of
    the output; empty if unknown. ``written``: where that is, with the file's shown name; None if the file is unknown.
    ``why``: why there is no statement.
    """

    finding: ReportedFinding
    asked: PlanPlace | None = None
    added: bool = False
    name: str = ""
    written: Span | None = None
    why: str = ""


_Place = tuple[GeneratedOutput, str]  # an output and a path in it
_LONGEST_PATH = 4096  # characters of a path that a system opens
_KNOWN_FOLDERS = 2  # folders of the output that are compared


def discreet(traced: TracedFinding, secrets: ReportedSecrets) -> TracedFinding:
    """The finding without the secrets that other programs quote."""
    finding, clean = traced.finding, secrets.clean
    lines = clean("\n".join([finding.message, *finding.details])).split("\n")  # a value can go on below its key
    head = finding.message.count("\n") + 1
    return replace(
        traced,
        name=clean(traced.name),
        why=clean(traced.why),
        finding=replace(
            finding,
            message="\n".join(lines[:head]),
            rule=clean(finding.rule),
            details=tuple(lines[head:]),
            address=clean(finding.address),
            file=clean(finding.file),
        ),
    )


class Tracer:
    """Leads findings about some outputs to the plan."""

    def __init__(self, outputs: Sequence[GeneratedOutput]) -> None:
        self._outputs = outputs
        self._by_file: dict[str, list[_Place]] = {}
        self._found: dict[tuple[str, str, int, int, int], TracedFinding] = {}

    def trace(self, finding: ReportedFinding) -> TracedFinding:
        """A finding with its places. A place in a file is more exact than an address."""
        key = (finding.address, finding.file, finding.line, finding.column, finding.end_line)
        if key not in self._found:
            self._found[key] = self._trace(finding)
        known = self._found[key]
        return TracedFinding(finding, known.asked, known.added, known.name, known.written, known.why)

    def _trace(self, finding: ReportedFinding) -> TracedFinding:
        if finding.file:
            if finding.file not in self._by_file:
                self._by_file[finding.file] = list(self._places(finding.file))
            places = self._by_file[finding.file]
            if len(places) > 1:
                return TracedFinding(finding, why=f"several outputs have {finding.file}: name one with -o DIR")
            if places:
                found = _in_file(*places[0], finding)
                if found.asked is not None or not finding.address:
                    return found
        if finding.address:
            return self._by_address(finding)
        why = (
            f"{finding.file} is not a file of the output" if finding.file else "it names neither a file nor a resource"
        )
        return TracedFinding(finding, why=why)

    def _by_address(self, finding: ReportedFinding) -> TracedFinding:
        name = configured(finding.address)
        outputs = [each for each in self._outputs if each.block_of(name)]
        if len(outputs) != 1:
            why = "several outputs have it: name one with -o DIR" if outputs else "the output does not have it"
            return TracedFinding(finding, name=name, why=f"{finding.address}: {why}")
        (output,) = outputs
        block = output.block_of(name)
        written = output.written.get(block)
        return _asked(output, finding, block, _shown(output, written) if written is not None else None)

    def _places(self, file: str) -> Iterable[_Place]:
        """The outputs that a file can be in, with its path there."""
        exact = [(each, path) for each in self._outputs if (path := _relative(file, each))]
        return exact or [(each, path) for each in self._outputs if (path := _ending(file, each)) and path in each.paths]


def _relative(file: str, output: GeneratedOutput) -> str:
    """The path of an existing file in an output; empty if it is not there."""
    real = os.path.realpath(output.folder)
    if len(file) > _LONGEST_PATH or "\0" in file or not file.isprintable():
        return ""
    for candidate in (Path(file), Path(real) / file):
        with suppress(OSError):  # a name can be too long
            if not candidate.is_file() and not Path(os.path.normpath(candidate)).is_file():
                continue  # os.path.realpath would look at each of its folders
            path = os.path.realpath(candidate)
            if path.startswith(f"{real}{os.sep}") and Path(path).is_file():
                return Path(os.path.relpath(path, real)).as_posix()
    return ""


def _ending(file: str, output: GeneratedOutput) -> str:
    """The path of a file in an output, if the scanner ran in another folder or on another computer.

    The folders before it must be those of the output, as far as both are known.
    """
    parts = [part for part in PurePosixPath(file.replace("\\", "/")).parts if part not in ("/", ".", "..")]
    folder = Path(os.path.realpath(output.folder)).parts[-_KNOWN_FOLDERS:]
    for count in range(max(len(parts) - output.deepest, 0), len(parts)):
        before, rest = parts[max(count - _KNOWN_FOLDERS, 0) : count], "/".join(parts[count:])
        if rest not in output.paths:
            continue
        common = min(len(before), len(folder))
        if not common or tuple(before[-common:]) == folder[-common:]:
            return rest
    return ""


def _in_file(output: GeneratedOutput, path: str, finding: ReportedFinding) -> TracedFinding:
    line = finding.line or 1
    written = Span(output.shown(path), line, finding.column or 1, max(finding.end_line, line), finding.column or 1)
    if not output.items(path):
        return _asked(output, finding, path, written)
    item = output.at(path, line, finding.column or None, finding.end_line or None) if finding.line else None
    if item is None:
        return TracedFinding(finding, written=written, why=f"no block is on line {line} of {output.shown(path)}")
    return _asked(output, finding, item.name, written)


def _asked(output: GeneratedOutput, finding: ReportedFinding, name: str, written: Span | None) -> TracedFinding:
    asked = output.asked(name)
    if asked is not None:
        return TracedFinding(finding, asked, name=name, written=written)
    block = output.block_of(name) or name
    for named in comments.of(output, name, block):
        return TracedFinding(finding, named, name=name, written=written)
    needed = output.needed(block)
    if needed:
        return TracedFinding(finding, needed[0], True, name, written)
    return TracedFinding(finding, None, False, name, written, f"neither the plan nor the environment asks for {name}")


def _shown(output: GeneratedOutput, span: Span) -> Span:
    return Span(output.shown(span.file), span.line, span.column, span.end_line, span.end_column)
