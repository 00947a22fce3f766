"""Values of the plan: strings, and references to what only Terraform knows."""

from __future__ import annotations

from typing import Literal

from camp2iac.diagnostics import Span
from camp2iac.record import Record


class Reference(Record, frozen=True):
    """A part of a value that is known only when Terraform applies the module.

    ``parameter``, ``secret``: the value of that name. ``IP``, ``IPALL``: the first address or all addresses (separated
    by commas) of the tier with that id, on ``network`` or on its first network. ``PORT``, ``PASSWORD``: of the service
    (or component) with that id.
    """

    kind: Literal["parameter", "secret", "IP", "IPALL", "PORT", "PASSWORD"]
    name: str
    span: Span
    network: str | None = None


class TextValue(Record, frozen=True):
    """A value: strings and references. Strings are data."""

    parts: tuple[str | Reference, ...]
    span: Span

    @property
    def literal(self) -> str | None:
        """The whole string if the value has no references, else None."""
        return "".join(str(p) for p in self.parts) if not any(isinstance(p, Reference) for p in self.parts) else None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references."""
        return tuple(part for part in self.parts if isinstance(part, Reference))
