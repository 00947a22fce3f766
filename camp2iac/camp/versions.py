"""``camp_version``, and versions that YAML reads as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.camp.fields import Fields, empty
from camp2iac.camp.model import LocatedText
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest, short

# CAMP 1.2 is read with the grammar of 1.1: no source that we found describes a change.
SUPPORTED = ("CAMP 1.1", "CAMP 1.2")


def camp_version(fields: Fields) -> LocatedText | None:
    """The plan's ``camp_version``; None after CAMP121 (missing) or CAMP122 (not supported)."""
    value = fields.node.get("camp_version")
    if value is None or empty(value):
        near = nearest("camp_version", (key.replace("-", "_") for key in fields.node.entries))
        written = next((key for key in fields.node.entries if key.replace("-", "_") == near), None)
        fields.diagnostics.add(
            Diagnostic(
                "CAMP121",
                f"{fields.owner} has no camp_version",
                span=fields.node.key(written).span if written else fields.place,
                label="did you mean camp_version?" if written else "a plan begins with camp_version",
                help=f"begin the plan with  camp_version: {SUPPORTED[0]}",
                fixes=edits.key(fields.node.key(written).span, written, "camp_version")
                if written
                else edits.before(fields.place, f"camp_version: {SUPPORTED[0]}"),
            )
        )
        return None
    if isinstance(value, Scalar) and value.value in SUPPORTED:
        return LocatedText(value.text, value.span)
    shown = short(value.text) if isinstance(value, Scalar) else "a list" if isinstance(value, Sequence) else "a mapping"
    digits = re.search(r"1\.[0-9]+", shown)
    meant = f"CAMP {digits[0]}" if digits else ""
    older = meant == "CAMP 1.0"
    fields.diagnostics.add(
        Diagnostic(
            "CAMP122",
            f"this camp_version is not supported: {shown}",
            span=value.span,
            label="a number"
            if isinstance(value, Scalar) and isinstance(value.value, (int, float))
            else f"camp2iac reads {SUPPORTED[0]} and {SUPPORTED[1]}",
            notes=("CAMP 1.0 is an industry draft with another grammar",) if older else (),
            fixes=edits.either(
                value.span,
                "camp_version",
                [meant] if meant in SUPPORTED else SUPPORTED,
                sure=meant in SUPPORTED and isinstance(value, Scalar),
            ),
        )
    )
    return None


def suspicious(extensions: Mapping) -> Iterator[Diagnostic]:
    """Versions without quotes that YAML reads as another value (CAMP129): ``1.10`` is the number 1.1."""
    for key, entry in extensions.entries.items():
        if "version" in key.casefold():
            values: tuple[Node, ...] = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
            for value in values:
                if isinstance(value, Scalar) and _changed(value):
                    yield _number(key, value)


def _changed(value: Scalar) -> bool:
    if isinstance(value.value, (str, bool)) or value.value is None:
        return False
    return isinstance(value.value, float) or str(value.value) != value.text


def _number(key: str, value: Scalar) -> Diagnostic:
    same = str(value.value) == value.text
    return Diagnostic(
        "CAMP129",
        f"{short(key)} is not in quotes: {short(value.text)}",
        span=value.span,
        label=f"YAML reads a {_what(value)}" if same else f"YAML reads the {_what(value)} {value.value}",
        notes=(f"camp2iac uses {short(value.text)} as it is written; other CAMP platforms may use another version",),
        fixes=edits.quoted(value, f'{short(key)}: "{short(value.text)}"'),
        help=f'write  {short(key)}: "{short(value.text)}"',
    )


def _what(value: Scalar) -> str:
    return "number" if isinstance(value.value, (int, float)) else "date"
