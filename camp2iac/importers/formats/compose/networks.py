"""``networks``: networks of the plan, if the project has others than the default one."""

from __future__ import annotations

import re

from camp2iac.importers.draft import DraftValue
from camp2iac.importers.formats.compose.layers import Layers
from camp2iac.importers.formats.compose.links import named
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.topology.addresses import network
from camp2iac.topology.ids import slug

_KEY = "org.camp2iac:Networks"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


def declare(state: ComposeState) -> dict[str, str]:
    """Declare the networks. Returns the names in the plan of those that services can have."""
    used = _used(state)
    found: dict[str, str] = {}
    for name, layers in state.project.sections["networks"].items():
        external = layers.get("external")
        plain = external.last.plain if external is not None else False
        if plain not in (False, None, "false", "no"):
            layers.left_out(
                "it is a network of your container engine",
                "name a network of the cloud as  existing  in org.camp2iac:Networks",
            )
            continue
        if name == "default" or name not in used:
            if name == "default":
                layers.left_out("services without a network share that of the application")
            else:
                layers.left_out("no service has it")
            continue
        plan_name = slug(name)[:31].rstrip("-")
        values = _values(layers)
        state.plan.keys.setdefault(_KEY, {})[plan_name] = values
        found[name] = plan_name
        layers.kept(f"network {plan_name}") if layers.last.empty else layers.left_out(
            "the driver and its options belong to a container engine"
        )
    return found


def _used(state: ComposeState) -> set[str]:
    found: set[str] = set()
    for made in state.services.values():
        layers = made.layers.get("networks")
        for part in layers.parts if layers is not None else ():
            if part.is_list:
                found |= {item.text() for item in part.items() if item.is_scalar}
            elif part.is_mapping:
                found |= {name for name, _ in part.entries()}
    return found


def _values(layers: Layers) -> dict[str, DraftValue]:
    values: dict[str, DraftValue] = {}
    config = layers.get("ipam")
    config = config.get("config") if config is not None else None
    for part in config.parts if config is not None else ():
        for item in part.items("a list of subnets"):
            subnet = item.get("subnet")
            cidr = network(subnet.text()) if subnet is not None else None
            if subnet is None or cidr is None or ":" in cidr or "cidr" in values:
                continue
            values["cidr"] = cidr
            subnet.kept("the network: cidr")
    return values


def place(state: ComposeState, made: ComposedService, declared: dict[str, str]) -> None:
    """The networks of a service: Placement."""
    layers = made.layers.get("networks")
    if layers is None:
        return
    chosen: list[DraftValue] = []
    for part in layers.parts:
        for name, entry in named(part):
            if name in declared:
                if declared[name] not in chosen:
                    chosen.append(declared[name])
                if entry.empty or entry.is_scalar:
                    entry.kept(f"service {made.id}: Placement, network {declared[name]}")
                else:
                    aliases = entry.get("aliases")
                    if aliases is not None:
                        aliases.left_out("links have variables with the address", "use the variable, such as API_HOST")
                    entry.left_out("the platform gives addresses to instances")
            elif name == "default":
                entry.kept("the network of the application")
            elif name in state.project.sections["networks"]:
                entry.left_out("it is a network of your container engine")
            else:
                entry.refused(f"{entry.path} names a network that does not exist: {name}", "no such network")
    if chosen:
        made.service.characteristic("org.camp2iac:Placement").values["networks"] = chosen
