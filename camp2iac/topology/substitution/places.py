"""Where substituted values come from, so that messages and the source map show both places.

A value of a parameter has the place of its ``{ parameter: NAME }``, which is unique, and :class:`Places` knows where
the value was given. A value of ``overrides`` has its place in the environment file, and :class:`Places` knows what it
replaces in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from camp2iac.diagnostics import Diagnostic, Fix, Label, Span
from camp2iac.diagnostics.fix import advice
from camp2iac.record import Record, field, replace
from camp2iac.topology.model import Topology

SET = "--set"
_KEY = r"(?<=  )[A-Za-z_][\w.-]*: (?=\S)"  # of the YAML in a help
_MOST = 3  # values that a diagnostic about their type shows


class UsedValue(Record, frozen=True):
    """The use of a parameter's value: the parameter, and the place of the value."""

    parameter: str
    value: Span


class Override(Record, frozen=True):
    """A value or key of an environment file, and what it replaces or extends in the plan."""

    value: Span
    plan: Span
    label: str


class Parts(Record):
    """The places of keys and types in the plan, to those of the values in them that come from elsewhere."""

    keys: dict[Span, tuple[Span, ...]] = field(default_factory=dict)
    types: dict[Span, tuple[Span, ...]] = field(default_factory=dict)

    def add(self, value: Span, *, key: Span | None = None, type_: Span | None = None) -> None:
        """Note that a key, a type or both have a value from elsewhere."""
        if key is not None:
            self.keys[key] = (*self.keys.get(key, ()), value)
        if type_ is not None:
            self.types[type_] = (*self.types.get(type_, ()), value)

    def values(self, place: Span) -> tuple[Span, ...]:
        """The values in a key or a type."""
        return self.keys.get(place) or self.types.get(place, ())


def within(outer: Span, inner: Span) -> bool:
    """Whether a span is inside another one of the same file."""
    return (
        outer.file == inner.file
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )


class Places(Record, frozen=True):
    """The places of one compilation.

    ``uses``: by the place of ``{ parameter: NAME }``. ``parts``: the keys and types in the plan with values from
    elsewhere. ``plan``: the plan's file. ``hidden``: parameters whose values must not be shown, so diagnostics about
    these values are left out; CAMP506 explains why.
    """

    uses: Mapping[Span, UsedValue] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    parts: Parts = field(default_factory=Parts)
    plan: str = ""
    hidden: frozenset[str] = frozenset()

    def without(self, confidential: Iterable[str]) -> Places:
        """The same places, without the values of these parameters."""
        return replace(self, hidden=frozenset(confidential))

    def traced(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The same diagnostics, with both places of a value that was substituted."""
        if not self.uses and not self.overrides:
            return list(diagnostics)
        shown = [each for each in diagnostics if not self._is_hidden(each)]
        return [self._traced(each) for each in self._once(shown)]

    def _once(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The same diagnostics, but one for all uses of a value that is wrong in the same way: the value is the
        mistake. The others are labels of the first one.
        """
        found: dict[object, list[Diagnostic]] = {}
        for each in diagnostics:
            use = self.uses.get(each.span) if each.span is not None else None
            found.setdefault((each.code, use) if use is not None else id(each), []).append(each)
        return [_together(group) for group in found.values()]

    def _is_hidden(self, diagnostic: Diagnostic) -> bool:
        found = self._use(diagnostic.span) if self.hidden and diagnostic.span is not None else None
        return found is not None and found[1].parameter in self.hidden

    def origin(self, span: Span | None) -> Span | None:
        """The place of a value for the source map: where it was given, for ``--set`` where it is used.

        ``span``: of the value in the plan, or of its key. A key whose value is from the environment file has its place.
        """
        if span is None:
            return None
        inside = self.parts.keys.get(span, ())
        place = inside[-1] if inside else span
        use = self.uses.get(place)
        value = use.value if use is not None else place
        return span if value.file.startswith(SET) or (inside and value.file == self.plan) else value

    def statement(self, span: Span | None) -> Span | None:
        """The place of a statement for the source map: in the plan although a parameter gives its value, and in the
        environment file if that overrides it.
        """
        inside = self.parts.keys.get(span, ()) if span is not None else ()
        return span if span in self.uses or any(each in self.uses for each in inside) else self.origin(span)

    def stated(self, topology: Topology) -> Topology:
        """The topology with statements at their places in the plan, in its order, as reports list them."""
        files = {each.value.file for each in self.overrides}
        if not any(statement.span.file in files for statement in topology.statements):
            return topology
        moved = [
            replace(statement, span=found.plan) if (found := self._override(statement.span)) else statement
            for statement in topology.statements
        ]
        return replace(topology, statements=tuple(sorted(moved, key=lambda statement: statement.span)))

    def _override(self, span: Span) -> Override | None:
        return next((each for each in self.overrides if within(each.value, span)), None)

    def _use(self, span: Span) -> tuple[Span, UsedValue] | None:
        found = self.uses.get(span)
        if found is not None:
            return span, found
        return next((item for item in self.uses.items() if within(item[0], span)), None)

    def _with_values(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic about a key or a type, with the places of the values that come from elsewhere."""
        given = self.parts.values(diagnostic.span) if diagnostic.span is not None else ()
        values = [self.uses[each].value if each in self.uses else each for each in given]
        shown = {label.span for label in diagnostic.related} | {diagnostic.span}
        labels = [Label(value, "this value is used") for value in dict.fromkeys(values) if value not in shown]
        return replace(diagnostic, related=(*diagnostic.related, *labels[:_MOST])) if labels else diagnostic

    def _traced(self, diagnostic: Diagnostic) -> Diagnostic:
        span = diagnostic.span
        if span is None:
            return diagnostic
        if (found := self._use(span)) is not None:
            diagnostic = _of_parameter(diagnostic, *found)
            span = found[0]  # the place of the use can be in an override
        diagnostic = self._with_values(diagnostic)
        override = self._override(span)
        if override is None or any(label.span == override.plan for label in diagnostic.related):
            return diagnostic
        context = tuple(line for line in diagnostic.context if line != override.plan)
        label = Label(override.plan, override.label)
        return replace(diagnostic, related=(*diagnostic.related, label), context=context)


def _of_parameter(diagnostic: Diagnostic, place: Span, use: UsedValue) -> Diagnostic:
    """A diagnostic about a parameter's value: at the value, with the place that uses it."""
    fixes = () if use.value.file.startswith(SET) else tuple(_moved(diagnostic.fixes, place, use))
    generated = bool(diagnostic.fixes) and diagnostic.help == advice(diagnostic.fixes)
    return replace(
        diagnostic,
        span=use.value,
        related=(*diagnostic.related, Label(place, f"the value of parameter {use.parameter} is used here")),
        fixes=fixes,
        help=advice(fixes) if generated and fixes else re.sub(_KEY, lambda _: _written(use), diagnostic.help, count=1),
    )


def _written(use: UsedValue) -> str:
    return f"{use.value.file}=" if use.value.file.startswith(SET) else f"{use.parameter}: "


def _moved(fixes: Iterable[Fix], place: Span, use: UsedValue) -> Iterable[Fix]:
    """The fixes that replace the whole value, at the place of the value."""
    for fix in fixes:
        if fix.replaces == place:
            key, colon, value = fix.write.partition(": ")
            write = f"{use.parameter}: {value}" if colon and " " not in key else fix.write
            yield replace(fix, replaces=use.value, write=write)
        elif fix.replaces is None or not within(place, fix.replaces):
            yield fix


def _together(group: list[Diagnostic]) -> Diagnostic:
    """The first diagnostic in the plan's order, with the places of the others."""
    first, *others = sorted(group, key=lambda each: each.span or Span("", 0, 0, 0, 0))
    labels = [Label(each.span, "and here") for each in others if each.span is not None]
    more = len(labels) - _MOST
    notes = (f"the value is wrong in {more} more place{'s' if more > 1 else ''}",) if more > 0 else ()
    return replace(first, related=(*first.related, *labels[:_MOST]), notes=(*first.notes, *notes))
