"""What Terraform plans, from `terraform show -json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from camp2iac.record import Record

ACTIONS = ("create", "destroy", "replace", "move", "update")
_NAMES = {"create": "create", "delete": "destroy", "update": "update"}


class Act(Record, frozen=True):
    """One action on one resource instance. ``previous``: the address that moves; of a ``move`` only."""

    action: str
    address: str
    previous: str = ""

    @property
    def shown(self) -> str:
        """``move a.b to a.c``, ``update a.b``."""
        return f"move {self.previous} to {self.address}" if self.previous else f"{self.action} {self.address}"


def acts(plan: Mapping[str, Any]) -> frozenset[Act]:
    """The actions of a plan. Data sources are left out. What moves and changes has two."""
    return frozenset(act for change in plan.get("resource_changes", ()) for act in _acts(change))


def _acts(change: Mapping[str, Any]) -> Iterator[Act]:
    if change["mode"] != "managed":
        return
    address, actions = str(change["address"]), list(change["change"]["actions"])
    if previous := change.get("previous_address"):
        yield Act("move", address, str(previous))
    if sorted(actions) == ["create", "delete"]:
        yield Act("replace", address)
    elif len(actions) == 1 and actions[0] in _NAMES:
        yield Act(_NAMES[actions[0]], address)
    elif actions not in (["no-op"], ["read"]):
        yield Act("+".join(actions), address)  # an action of which nothing is known: a miss
