"""Balance: a load balancer for a tier."""

from __future__ import annotations

from typing import Literal, cast

from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading, text
from camp2iac.topology.model import Balance


def read(reading: ServiceReading, given: Mapping, span: Span) -> None:
    """Record the Balance."""
    algorithm, health = text(given, "algorithm"), text(given, "health")
    sticky = given.get("sticky")
    yes = isinstance(sticky, Scalar) and bool(sticky.value)
    balance = Balance(
        cast(Literal["round-robin", "least-connections", "source"], algorithm or "round-robin"), yes, health
    )
    parts = [algorithm or "", "sticky" if yes else "", f"health {health}" if health else ""]
    where = given.key("health").span if health else span
    reading.say(kinds.BALANCE, balance, f"Balance: {', '.join(p for p in parts if p)}".removesuffix(": "), where)
