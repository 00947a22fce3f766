"""What the operator allows the processes of a component, beside what their sandbox allows (docs/sandbox.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.record import Record


class Allowance(Record, frozen=True):
    """A component's part of ``sandbox`` in the environment file.

    ``reason``: why the application needs it. ``writable``: folders. ``capabilities``: in addition to those of the unit.
    ``system_calls``: calls and groups of them (``@mount``). ``address_families``: of sockets (``AF_PACKET``).
    """

    reason: str
    writable: tuple[str, ...] = ()
    writable_executable_memory: bool = False
    capabilities: tuple[str, ...] = ()
    system_calls: tuple[str, ...] = ()
    address_families: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it allows, for the port report."""
        written = [f"writes {', '.join(self.writable)}"] if self.writable else []
        memory = ["native code"] if self.writable_executable_memory else []
        return "; ".join((*written, *memory, *self.capabilities, *self.system_calls, *self.address_families))


def read(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Allowance]:
    """The allowances by component. Lists are sorted: their order has no meaning."""
    return {component: _allowance(given) for component, given in raw.items()}


def _allowance(given: Mapping[str, Any]) -> Allowance:
    def several(key: str) -> tuple[str, ...]:
        return tuple(sorted(given.get(key, ())))

    return Allowance(
        reason=given["reason"],
        writable=several("writable"),
        writable_executable_memory=given.get("writable_executable_memory", False),
        capabilities=several("capabilities"),
        system_calls=several("system_calls"),
        address_families=several("address_families"),
    )
