"""Read the keys of a part of the plan, and report those that are missing, misspelt or of the wrong type."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from camp2iac.camp import edits
from camp2iac.camp.model import Labels, LocatedText
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Severity, Span
from camp2iac.diagnostics.suggest import nearest, short
from camp2iac.record import Record

LABELS = ("name", "description", "tags")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ordinal(index: int) -> str:
    """``first`` for 0; ``11th`` for 10."""
    if index < len(_ORDINALS):
        return _ORDINALS[index]
    number = index + 1
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def kind(node: Node) -> str:
    """The type of a value in messages: ``a list``, ``a number``, ``a date``."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    if node.value is None:
        return "empty"
    if isinstance(node.value, bool):
        return "a boolean"
    if isinstance(node.value, (int, float)):
        return "a number"
    return "a date" if isinstance(node.value, datetime.date) else "a string"


def empty(node: Node | None) -> bool:
    """Whether a key is absent or has no value."""
    return node is None or (isinstance(node, Scalar) and node.value is None)


class Fields(Record, frozen=True):
    """The keys of one part of a plan.

    ``owner``: the name of the part in messages (``web``, ``the second artifact``). ``what``: its kind
    (``an artifact``).
    ``grammar``: the keys that CAMP defines for it.
    """

    node: Mapping
    owner: str
    what: str
    grammar: tuple[str, ...]
    diagnostics: Diagnostics

    @property
    def place(self) -> Span:
        """Where the part begins: its first key."""
        return next((entry.key.span for entry in self.node.entries.values()), self.node.span.start)

    def extensions(self) -> Mapping:
        """The keys that CAMP does not define. Those that are similar to one of CAMP's are reported (CAMP128)."""
        rest = self.node.without(*self.grammar)
        missing = [key for key in self.grammar if key not in self.node]
        meanings = {key: nearest(_plain(key), missing) for key in rest.entries}
        for key, meant in meanings.items():
            if meant is not None and not self._taken(meant):
                self._misspelt(key, meant, alone=list(meanings.values()).count(meant) == 1)
        return rest

    def misspelt(self, meant: str) -> bool:
        """Whether a key is missing, and a key that CAMP does not define is similar to it."""
        rest = (_plain(key) for key in self.node.without(*self.grammar).entries)
        return meant not in self.node and nearest(meant, rest) is not None

    def _taken(self, meant: str) -> bool:
        """Whether :meth:`required` reports that this key is missing."""
        return meant in _REQUIRED

    def _misspelt(self, key: str, meant: str, alone: bool) -> None:
        self.diagnostics.add(
            Diagnostic(
                "CAMP128",
                f"CAMP does not define {short(key)}, but {self.what} can have {meant}",
                span=self.node.key(key).span,
                label=f"did you mean {meant}?",
                context=() if self.node.key(key).span == self.place else (self.place,),
                notes=("a key that CAMP does not define is an extension, which a platform can ignore",),
                fixes=edits.key(self.node.key(key).span, key, meant, sure=alone),
            )
        )

    def required(self, key: str, example: str) -> Node | None:
        """The value of a required key; None after CAMP123."""
        value = self.node.get(key)
        if not empty(value):
            return value
        near = nearest(key, (_plain(name) for name in self.node.entries if name not in self.grammar))
        place, label, help_ = self.place, f"{self.what} requires {key}", f"add for example  {key}: {example}"
        fixes: tuple[Fix, ...] = ()
        if value is not None:
            place, label, help_ = self.node.key(key).span, "no value", f"write for example  {key}: {example}"
        elif near is not None:
            written = next(name for name in self.node.entries if _plain(name) == near)
            place, label, help_ = self.node.key(written).span, f"did you mean {key}?", ""
            fixes = edits.key(place, written, key)
        self.diagnostics.add(
            Diagnostic(
                "CAMP123",
                f"{self.owner} has no {key}",
                span=place,
                label=label,
                context=() if place == self.place else (self.place,),
                help=help_,
                fixes=fixes,
            )
        )
        return None

    def wrong(self, key: str, value: Node, wanted: str, help_: str, fixes: tuple[Fix, ...] = ()) -> None:
        """Report a value of the wrong type (CAMP124)."""
        self.diagnostics.add(
            Diagnostic(
                "CAMP124",
                f"the {key} of {self.owner} {'are' if key.endswith('s') else 'is'} not {wanted}",
                span=value.span if isinstance(value, Scalar) else self.node.key(key).span,
                label=f"this is {kind(value)}",
                context=(self.place,),
                help=help_,
                fixes=fixes,
            )
        )

    def blank(self, key: str) -> bool:
        """Whether an optional key is absent. A key without a value counts as absent, with a warning (CAMP124)."""
        value = self.node.get(key)
        if value is not None and empty(value):
            self.diagnostics.add(
                Diagnostic(
                    "CAMP124",
                    f"the {key} of {self.owner} {'have' if key.endswith('s') else 'has'} no value",
                    span=self.node.key(key).span,
                    label="no value",
                    context=() if self.node.key(key).span == self.place else (self.place,),
                    help=f"remove  {key}:  or indent its items",
                    fixes=edits.without(self.node, key, sure=False),
                    severity=Severity.WARNING,
                )
            )
        return empty(value)

    def text(self, key: str) -> LocatedText | None:
        """An optional string; None if it is absent, or after CAMP124."""
        return None if self.blank(key) else self.as_text(key, self.node[key])

    def as_text(self, key: str, value: Node | None) -> LocatedText | None:
        """A value that must be a string."""
        if value is None:
            return None
        if isinstance(value, Scalar) and isinstance(value.value, str):
            return LocatedText(value.value, value.span)
        example = short(value.text, 40) if isinstance(value, Scalar) else "..."
        self.wrong(key, value, "a string", f'write  {key}: "{example}"', edits.quoted(value, f'{key}: "{example}"'))
        return None

    def items(self, key: str, wanted: str, help_: str) -> tuple[Node, ...]:
        """An optional list; empty if it is absent, or after CAMP124."""
        if self.blank(key):
            return ()
        value = self.node[key]
        if isinstance(value, Sequence):
            return value.items
        self.wrong(key, value, wanted, help_)
        return ()

    def groups(self, key: str, each: str, first: str) -> tuple[Mapping, ...]:
        """An optional list of mappings, such as ``artifacts``; ``first``: the key that each begins with."""
        found = []
        for value in self.items(key, f"a list of {each}", f"write each item with a dash:  - {first}: ..."):
            if isinstance(value, Mapping):
                found.append(value)
                continue
            self.diagnostics.add(
                Diagnostic(
                    "CAMP124",
                    f"one of the {each} of {self.owner} is not a mapping",
                    span=value.span,
                    label="no value" if empty(value) else f"this is {kind(value)}",
                    context=(self.node.key(key).span,),
                    help=f"write  - {first}: " + (short(value.text, 40) if isinstance(value, Scalar) else "..."),
                    fixes=_begun(value, first),
                )
            )
        return tuple(found)

    def labels(self) -> Labels:
        """Name, description and tags."""
        return Labels(self.text("name"), self.text("description"), tuple(self._tags()))

    def _tags(self) -> Iterable[LocatedText]:
        value = self.node.get("tags")
        example = f"[ {short(value.text, 40)} ]" if isinstance(value, Scalar) else "[ one, two ]"
        for tag in self.items("tags", "a list of strings", f"write  tags: {example}"):
            text = LocatedText(tag.value, tag.span) if isinstance(tag, Scalar) and isinstance(tag.value, str) else None
            if text is not None:
                yield text
                continue
            shown = short(tag.text, 40) if isinstance(tag, Scalar) else ""
            self.diagnostics.add(
                Diagnostic(
                    "CAMP124",
                    f"a tag of {self.owner} is not a string",
                    span=tag.span,
                    label="no value" if empty(tag) else f"this is {kind(tag)}",
                    help="" if shown else "remove it",
                    fixes=edits.quoted(tag, f'"{shown}"') if shown else (),
                )
            )


def _begun(value: Node, first: str) -> tuple[Fix, ...]:
    """Turns ``- org.python:src`` into ``- artifact_type: org.python:src``."""
    if not isinstance(value, Scalar) or not value.text or value.span.line != value.span.end_line:
        return ()
    return (Fix(f"- {first}: {short(value.text, 40)}", value.span.start, f"{first}: "),)


_REQUIRED = frozenset(("camp_version", "artifact_type", "content", "requirement_type", "characteristic_type"))


def _plain(key: str) -> str:
    """A key in snake case: ``artifactType`` and ``artifact-type`` become ``artifact_type``."""
    spread = "".join(f"_{c.lower()}" if c.isupper() and i and key[i - 1].islower() else c for i, c in enumerate(key))
    return spread.replace("-", "_")
