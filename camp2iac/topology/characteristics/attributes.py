"""Attributes: the settings of a product."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology import values
from camp2iac.topology.characteristics.reading import ServiceReading


def read(reading: ServiceReading, given: Mapping, _span: Span) -> None:
    """Record each attribute."""
    for key, entry in given.entries.items():
        value = values.text(entry.value)
        reading.say(kinds.ATTRIBUTE, value, f"{key}: {values.words(value)}", entry.key.span, name=key)
