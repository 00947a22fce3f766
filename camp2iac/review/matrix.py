"""Environments of one plan side by side: each value, and the file and line that it comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from camp2iac.camp.asked import asked
from camp2iac.camp.model import PlanDocument, ServiceSpecification
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Node, Scalar
from camp2iac.compiler import Result
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.diagnostics.secrets import HIDDEN, discreet, holds_secret, is_secret
from camp2iac.record import Record, replace
from camp2iac.topology.ids import artifact_name
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.substitution.given import Given
from camp2iac.topology.substitution.places import SET, Places
from camp2iac.topology.substitution.values import Values, read

Origin: TypeAlias = Literal["plan", "default", "parameters", "overrides", "environment", "--set"]
Key: TypeAlias = "tuple[str, str]"  # the node and the key, as they are shown

_NAMING = {f"{PROFILE}Volume": ("name", "data"), f"{PROFILE}Expose": ("port", "")}
_LIST = ", "
_STATE_PATH = re.compile(r"backend\.\w+\.key")  # the path of the state in a bucket


class Cell(Record, frozen=True):
    """A value in one environment, without its secrets.

    ``parameter``: the parameter whose value it is. ``span``: None if only the operator gives the value to Terraform.
    ``used``: where the plan uses the parameter; None for another value.
    """

    text: str
    span: Span | None
    origin: Origin
    parameter: str | None = None
    used: Span | None = None


class MatrixRow(Record, frozen=True):
    """A value: its node (``services.web``), its key, and its cell in each environment that has it."""

    node: str
    key: str
    cells: Mapping[str, Cell]
    differs: bool


class Matrix(Record, frozen=True):
    """``title``: of the application. ``file``: the plan. ``environments``: name to target. ``rows``: in plan order."""

    title: str
    file: str
    environments: Mapping[str, str]
    rows: tuple[MatrixRow, ...]

    def by_node(self) -> dict[str, list[MatrixRow]]:
        """The rows by their nodes."""
        found: dict[str, list[MatrixRow]] = {}
        for row in self.rows:
            found.setdefault(row.node, []).append(row)
        return found


def matrix(plan: PlanDocument, results: Mapping[str, Result], *, every: bool = False) -> Matrix:
    """Compare the environments of a plan. ``results``: by the name of the environment. ``every``: also equal values."""
    found: dict[Key, dict[str, tuple[str, Cell]]] = {}
    for name, result in results.items():
        for place, plain, cell in _MatrixReader(plan, result).values():
            found.setdefault(place, {})[name] = (plain, cell)
    rows = []
    for (node, key), cells in found.items():
        differs = _lacks(node, cells, results) or len({plain for plain, _ in cells.values()}) > 1
        if differs or every:
            rows.append(MatrixRow(node, key, {name: cell for name, (_, cell) in cells.items()}, differs))
    order = {node: place for place, node in enumerate(dict.fromkeys(node for node, _ in found))}
    first = next(iter(results.values())).topology
    return Matrix(
        first.title or first.name,
        first.file,
        {name: result.target.name for name, result in results.items()},
        tuple(sorted(rows, key=lambda row: order[row.node])),
    )


def values(plan: PlanDocument, result: Result) -> Iterator[tuple[Key, str, Cell]]:
    """Each value of a plan in one environment: its node and key, the value as it is compared, and as it is shown."""
    return _MatrixReader(plan, result).values()


def _lacks(node: str, names: Iterable[str], results: Mapping[str, Result]) -> bool:
    """Whether an environment does not have a value. Environment files of another platform have other keys."""
    having = {results[name].target.name for name in names}
    others = {name for name, result in results.items() if node != "environment" or result.target.name in having}
    return bool(others - set(names))


class _MatrixReader:
    """The values of one environment."""

    def __init__(self, plan: PlanDocument, result: Result) -> None:
        made = result.substituted
        self.plan = made.plan if made is not None else plan
        self.file = plan.file
        self.places: Places = result.places
        self.given: Given = result.given
        self.environment = result.environment
        self.known: Values = read(self.plan, self.given, Diagnostics())
        topology = result.topology
        self.hidden = {id_ for id_, parameter in topology.parameters.items() if parameter.confidential}
        self.secret = {
            (service.name, name)
            for service in topology.services.values()
            for name, form in service.product.attributes.items()
            if form.secret
        }

    def values(self) -> Iterator[tuple[Key, str, Cell]]:
        """Each value: its key, the value as it is compared, and as it is shown."""
        for artifact in self.plan.artifacts:
            node = f"artifacts.{artifact_name(artifact)}"
            parts = [(each.requirement_type.value, each.extensions) for each in artifact.requirements]
            yield from self._parts(node, parts)
        for service in self.plan.all_services():
            yield from self._service(service)
        for key, entry in self.plan.extensions.entries.items():
            if key.startswith(PROFILE) and key != f"{PROFILE}Parameters" and isinstance(entry.value, YamlMapping):
                yield from self._keys(f"{key}", "", entry.value)
        for name in sorted(self.known.declared):
            yield self._row("parameters", name, self._parameter(name))
        for key, entry in self.environment.values.entries.items():
            if key not in ("parameters", "overrides"):
                yield from self._value("environment", key, entry.value)

    def _service(self, service: ServiceSpecification) -> Iterator[tuple[Key, str, Cell]]:
        label = service.id or service.labels.name
        name = label.value if label else f"line {service.span.line}"
        node = f"services.{name}"
        if service.href is not None:
            yield from self._value(node, "href", Scalar(service.href.value, service.href.value, service.href.span))
        parts = [(each.characteristic_type.value, each.extensions) for each in service.characteristics]
        yield from self._parts(node, parts)

    def _parts(self, node: str, parts: Sequence[tuple[str, YamlMapping]]) -> Iterator[tuple[Key, str, Cell]]:
        """The keys of characteristics or requirements, each with its type."""
        counts = Counter(type_ for type_, _ in parts)
        seen: Counter[str] = Counter()
        for type_, given in parts:
            seen[type_] += 1
            key = type_
            if counts[type_] > 1:
                named, default = _NAMING.get(type_, ("", ""))
                value = given.get(named)
                word = value.text if isinstance(value, Scalar) else default
                key = f"{type_} {word or seen[type_]}"
            yield from self._keys(node, key, given)

    def _keys(self, node: str, lead: str, given: YamlMapping) -> Iterator[tuple[Key, str, Cell]]:
        for key, entry in given.entries.items():
            yield from self._value(node, f"{lead} {key}".strip(), entry.value)

    def _value(self, node: str, key: str, value: Node) -> Iterator[tuple[Key, str, Cell]]:
        """One row for a scalar, a list of scalars or a reference; one for each key of another mapping."""
        if isinstance(value, Scalar):
            yield self._row(node, key, self._placed(value.text, value.span))
        elif (kind := asked(value)) and isinstance(value, YamlMapping) and isinstance(name := value[kind], Scalar):
            if kind == "parameter":
                yield self._row(node, key, replace(self._parameter(name.text), used=value.span))
            else:
                yield (node, key), f"secret {name.text}", self._placed(f"secret {name.text}", value.span)
        elif isinstance(value, YamlMapping):
            for name_, entry in value.entries.items():
                yield from self._value(node, f"{key}.{name_}", entry.value)
        else:
            yield self._row(node, key, self._placed(_LIST.join(self._items(value)), _first(value)))

    def _items(self, value: Iterable[Node]) -> Iterator[str]:
        for item in value:
            if isinstance(item, Scalar):
                yield item.text
            elif isinstance(item, YamlMapping):
                name = item.get("parameter")
                yield self._parameter(name.text).text if isinstance(name, Scalar) else str(item.plain)

    def _row(self, node: str, key: str, cell: Cell) -> tuple[Key, str, Cell]:
        """A row: its text, by which environments are compared, and the cell without secrets."""
        plain, parameter = cell.text, cell.parameter
        last = key.rpartition(" ")[2].rpartition(".")[2]
        owner = node.partition(".")[2]
        named = is_secret(last) and not _STATE_PATH.fullmatch(key)
        secret = named or holds_secret(plain) or (owner, last) in self.secret or parameter in self.hidden
        secret = secret or (node == "parameters" and key in self.hidden)
        shown = HIDDEN if secret and cell.span is not None else discreet(plain)
        return (node, key), plain, replace(cell, text=shown)

    def _placed(self, text: str, span: Span) -> Cell:
        """What the plan has at a place. If it is a parameter's value, its place is that of the parameter."""
        use = self.places.uses.get(span)
        if use is None:
            return Cell(text, span, "plan" if span.file == self.file else self._of_file(span))
        return Cell(text, *self._of_parameter(use.value), use.parameter, span)

    def _of_file(self, span: Span) -> Origin:
        overrides = self.environment.values.get("overrides")
        if span.file.startswith(SET):
            return "--set"
        inside = isinstance(overrides, YamlMapping) and overrides.span.line <= span.line <= overrides.span.end_line
        return "overrides" if inside else "environment"

    def _of_parameter(self, span: Span) -> tuple[Span, Origin]:
        if span.file.startswith(SET):
            return span, "--set"
        return span, "default" if span.file == self.file else "parameters"

    def _parameter(self, name: str) -> Cell:
        if name in self.given.encrypted:  # compared by its ciphertext
            value = self.given.encrypted[name].value
            return Cell(str(value.plain), value.span, "parameters", name)
        found = self.known.find(name)
        if found is None:
            return Cell("given to Terraform", None, "plan", name)
        return Cell(found.text, *self._of_parameter(found.span), name)


def _first(value: Node) -> Span:
    """The place of a list: that of its first item, because items can come from the environment."""
    items = () if isinstance(value, Scalar | YamlMapping) else value.items
    return items[0].span if items else value.span
