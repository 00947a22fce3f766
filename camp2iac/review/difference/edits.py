"""What the user changed between two sides: values and statements of the plan, keys of the environment file, content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.secrets import HIDDEN, Masked
from camp2iac.record import Record, replace
from camp2iac.review.difference.model import Cause, SourceLine
from camp2iac.review.difference.renamed import renamed
from camp2iac.review.difference.sides import Location, PlanSide
from camp2iac.review.matrix import Cell, Key, values
from camp2iac.topology.statements import Statement, StatementKey, SubjectKind

_WORD = re.compile(r"[\w-]+")
_SCALE = frozenset({"Scale"})


class PlanEdit(Record, frozen=True, eq=False):
    """One thing that the user changed. ``nodes``: the parts of the plan that it names or is in; empty if it can affect
    all. ``cause``: for people. ``before``, ``after``: its places. ``words``: the names in its key. ``value``: it is one
    value, and not the words of a statement, which can repeat values of its line.
    """

    nodes: frozenset[str]
    cause: Cause
    before: Location | None
    after: Location | None
    words: frozenset[str] = frozenset()
    value: bool = True

    @property
    def lines(self) -> tuple[tuple[str, int] | None, ...]:
        """The lines that it is in, before and after."""
        return tuple(place[:2] if place is not None else None for place in (self.before, self.after))

    def with_(self, other: PlanEdit) -> PlanEdit:
        """The same with the nodes and words of another edit at the same place. A parameter is the better name."""
        nodes = self.nodes | other.nodes if self.nodes and other.nodes else frozenset[str]()
        cause = other.cause if other.cause.what.startswith("parameter ") else self.cause
        return replace(self, nodes=nodes, cause=cause, words=self.words | other.words)

    @property
    def counts(self) -> bool:
        """Whether it only changes how many instances there are."""
        return bool(self.words & _SCALE)


class QuotedLines:
    """The lines of a side, without secrets."""

    def __init__(self, side: PlanSide, cells: Mapping[Key, tuple[str, Cell]]) -> None:
        self._texts = Masked(side.texts)
        self._folder = f"{side.version.folder}/" if side.version.folder else ""
        self._secret = {
            (cell.span.file, number)
            for _, cell in cells.values()
            if cell.span is not None and HIDDEN in cell.text
            for number in range(cell.span.line, cell.span.end_line + 1)
        }

    def line(self, place: Location | None) -> SourceLine | None:
        """The line at a place; None if the place is not known. A file that was not read has no text."""
        if place is None:
            return None
        file, number, _ = place
        return SourceLine(self._folder + file, number, self._text(file, number))

    def text(self, file: str, number: int) -> str:
        """A line as it is, to compare."""
        if file not in self._texts or not 0 < number <= len(self._texts.lines(file)):
            return ""
        return self._texts.lines(file)[number - 1].strip()

    def _text(self, file: str, number: int) -> str:
        if file not in self._texts or not 0 < number <= len(self._texts.lines(file)):
            return ""
        line = self._texts.lines(file)[number - 1]
        if (file, number) in self._secret:
            key = re.match(r"\s*(?:-\s+)?[\w.:-]+:(?=\s)", line)
            return f"{key[0].strip()} {HIDDEN}" if key else HIDDEN
        parts, end = [], 0
        for start, stop in self._texts.hidden(file).get(number, ()):
            parts += [line[end:start], HIDDEN]
            end = stop
        return "".join([*parts, line[end:]]).strip()


class EditFinder:
    """Finds the edits between two sides that both have a compiled plan."""

    def __init__(self, before: PlanSide, after: PlanSide) -> None:
        self._sides = (before, after)
        self._cells = (_cells(before), _cells(after))
        self.quoted = (QuotedLines(before, self._cells[0]), QuotedLines(after, self._cells[1]))
        self._renamed = renamed(before, after)
        self._lone = _lone(before, after)
        self._told: set[tuple[str, str]] = set()  # parts of the plan and titles of requirements with edits of values

    def edits(self) -> list[PlanEdit]:
        """All edits: parts of the plan that come or go, then values, statements, and content."""
        return [*self._parts(), *self._values(), *self._statements(), *self._content()]

    def _edit(
        self,
        nodes: frozenset[str],
        what: str,
        before: Location | None,
        after: Location | None,
        words: frozenset[str] = frozenset(),
    ) -> PlanEdit:
        lines = (self.quoted[0].line(before), self.quoted[1].line(after))
        return PlanEdit(nodes, Cause(what, *lines), before, after, words)

    def _parts(self) -> Iterator[PlanEdit]:
        earlier = {new: old for old, new in self._renamed.names.items()}
        for (kind, name), (id_, before, after) in self._lone.items():
            if self._renamed.names.get(name) in {each for also, each in self._lone if also == kind}:
                continue
            old = earlier.get(name, "")
            if (kind, old) in self._lone:
                old_id, before, _ = self._lone[kind, old]
                nodes = frozenset((name, id_, old, old_id))
                yield self._edit(nodes, f"the {kind} {name}, previously {old}", before, after)
            else:
                yield self._edit(frozenset((name, id_)), f"the {kind} {name}", before, after)

    def _values(self) -> Iterator[PlanEdit]:
        old, new = self._cells
        whole: set[str] = set()
        types = [{_type(key) for key in cells} for cells in self._cells]
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            type_ = _type(key)
            area, _, name = key[0].partition(".")
            if (was is not None and now is not None and was[0] == now[0]) or (area[:-1], name) in self._lone:
                continue
            nodes, what, words = self._named(key)
            self._told.add((key[0].partition(".")[2], key[1].rpartition(":")[2].partition(" ")[0]))
            if all(type_ in each for each in types) or not type_[1]:
                yield self._edit(nodes, what, _place(was), _place(now), words)
            elif (said := what.rpartition(" ")[0]) not in whole:  # a requirement or characteristic with all its values
                whole.add(said)
                yield self._edit(nodes, said, _stated(was), _stated(now), words)

    def _named(self, key: Key) -> tuple[frozenset[str], str, frozenset[str]]:
        """The nodes of a value, its name for people, and the words in it."""
        node, path = key
        area, _, name = node.partition(".")
        short = path.rpartition(":")[2]
        words = frozenset(_WORD.findall(short.replace(".", " ")))
        if area in ("artifacts", "services"):
            return frozenset((name,)), f"{name}, {short}", words
        if area == "parameters":
            return self._users(path), f"parameter {path}", frozenset((path,))
        if area == "environment":
            known = {each for side in self._sides if side.result for each in _nodes(side)}
            return frozenset(_WORD.findall(path.replace(".", " "))) & known, f"environment, {path}", words
        title, (first, _, rest) = node.rpartition(":")[2], short.partition(".")
        named = f"network {first}" if title == "Networks" else f"{title}, {first}"
        return frozenset((first,)), f"{named}, {rest}" if rest else named, words

    def _users(self, parameter: str) -> frozenset[str]:
        """The nodes that use a parameter."""
        found: set[str] = set()
        for cells in self._cells:
            found.update(
                node.partition(".")[2] for (node, _), (_, cell) in cells.items() if cell.parameter == parameter
            )
        return frozenset(found - {""})

    def _statements(self) -> Iterator[PlanEdit]:
        """Statements that come or go, and those whose words change although no value of theirs does."""
        old, new = (_statements(side) for side in self._sides)
        same = {self._said(each) for each in old.values()} & {self._said(each) for each in new.values()}
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            if was is not None and now is not None and was.words == now.words:
                continue
            if self._renamed.names and {self._said(each) for each in (was, now) if each is not None} <= same:
                continue
            subject = key.subject
            title = key.kind.title.partition(":")[0]
            if (subject.kind.value, subject.name) in self._lone or (subject.name, title) in self._told:
                continue
            nodes = frozenset((subject.name, subject.id)) if subject.kind is not SubjectKind.PLAN else frozenset[str]()
            words = (now or was).words  # type: ignore[union-attr]  # one of them is there
            what = f"{subject.name}, {words}" if nodes else words
            made = self._edit(nodes, what, _of(was), _of(now), frozenset(_WORD.findall(words)))
            yield replace(made, value=False)

    def _said(self, statement: Statement[object]) -> tuple[str, str, str]:
        """What a statement says, with the new names."""
        subject, words = self._renamed.words(statement.subject.name), self._renamed.words(statement.words)
        return subject, statement.kind.name, words

    def _content(self) -> Iterator[PlanEdit]:
        before, after = self._sides
        old, new = (side.inputs for side in self._sides)
        changed = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
        texts = before.texts.keys() | after.texts.keys()
        paths = [path for path in changed if path not in texts]
        for node, content in _contents(after, before).items():
            there = [
                path for path in paths if path == content or not content or path.startswith(f"{content.rstrip('/')}/")
            ]
            if not there:
                continue
            more = f" and {len(there) - 1} more files" if len(there) > 1 else ""
            yield self._edit(frozenset((node,)), f"the content of {node}, {there[0]}{more}", None, None)


def _cells(side: PlanSide) -> Mapping[Key, tuple[str, Cell]]:
    reading = side.version.reading
    if side.result is None or reading is None or reading.source is None:
        return {}
    return {key: (plain, cell) for key, plain, cell in values(reading.source.plan, side.result)}


def _type(key: Key) -> Key:
    """The requirement or characteristic that a value of an artifact or a service is in; without a name elsewhere."""
    node, path = key
    lead = path.rpartition(" ")[0] if node.startswith(("artifacts.", "services.")) else ""
    return node, lead


_Lone = Mapping[tuple[str, str], tuple[str, "Location | None", "Location | None"]]


def _lone(before: PlanSide, after: PlanSide) -> _Lone:
    """The artifacts and services that only one side has: kind and name to id and places."""
    old, new = (_named_parts(side) for side in (before, after))
    found: dict[tuple[str, str], tuple[str, Location | None, Location | None]] = {}
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            id_, place = old[key]
            found[key] = (id_, place, None)
        elif key not in old:
            id_, place = new[key]
            found[key] = (id_, None, place)
    return found


def _named_parts(side: PlanSide) -> Mapping[tuple[str, str], tuple[str, Location]]:
    if side.result is None:
        return {}
    topology = side.result.topology
    found = {("artifact", each.name): (each.id, _at(each.span)) for each in topology.components.values()}
    return {("service", each.name): (each.id, _at(each.span)) for each in topology.services.values()} | found


def _at(span: Span) -> Location:
    return span.file, span.line, span.column


def _place(found: tuple[str, Cell] | None) -> Location | None:
    span = found[1].span if found is not None else None
    return _at(span) if span is not None else None


def _stated(found: tuple[str, Cell] | None) -> Location | None:
    """The place in the plan of a value that comes or goes with its statement: a parameter's value can be elsewhere."""
    used = found[1].used if found is not None else None
    return _at(used) if used is not None else _place(found)


def _statements(side: PlanSide) -> Mapping[StatementKey, Statement[object]]:
    return {each.statement.key: each.statement for each in side.result.statements} if side.result is not None else {}


def _of(statement: Statement[object] | None) -> Location | None:
    return _at(statement.span) if statement is not None else None


def _nodes(side: PlanSide) -> frozenset[str]:
    """The names of all parts of a plan."""
    assert side.result is not None  # noqa: S101 - the caller knows
    topology = side.result.topology
    return frozenset((*topology.components, *topology.services, *topology.tiers, *topology.networks))


def _contents(*sides: PlanSide) -> Mapping[str, str]:
    """The paths of the content of components and jobs, by their ids."""
    found: dict[str, str] = {}
    for side in sides:
        if side.result is not None:
            topology = side.result.topology
            parts = [(each.id, each.content.path) for each in topology.components.values()]
            parts += [(job.id, job.content.path) for each in topology.services.values() for job in each.jobs]
            for id_, path in parts:
                if path is not None:
                    found.setdefault(id_, path)
    return found
