"""What a cloud holds of an application, in words that topology and cloud have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Machine:
    """A machine. ``networks``: in the order of its ports; ``groups``: its security groups; ``volumes``: name to GiB."""

    tier: str
    image: str | None
    networks: tuple[str, ...]
    groups: frozenset[str]
    volumes: Mapping[str, int]
    large_enough: bool = True


@dataclass(frozen=True)
class State:
    """Everything by its name in the cloud, without what differs from one apply to the next (ids, addresses).

    ``networks``: to their CIDR, None: any. ``rules``: ``group direction protocol ports peer``. ``members``: balancer,
    its port, machine, port. ``public``: the machines and balancers with a floating address. ``together``: server group
    to its policy and members.
    """

    machines: Mapping[str, Machine]
    networks: Mapping[str, str | None]
    rules: frozenset[str]
    members: frozenset[str]
    monitors: Mapping[str, str]
    public: frozenset[str]
    together: Mapping[str, tuple[str, frozenset[str]]]

    def given(self, seen: State) -> State:
        """The same, with what nobody decides (CIDRs, images) as it was seen."""
        networks = {name: cidr or seen.networks.get(name) for name, cidr in self.networks.items()}
        machines = {
            name: replace(each, image=each.image or (seen.machines[name].image if name in seen.machines else None))
            for name, each in self.machines.items()
        }
        return replace(self, networks=networks, machines=machines)


def rule(group: str, direction: str, protocol: str, first: int, last: int, peer: str) -> str:
    """A rule in words; ``peer``: a CIDR, or the name of another group or of a network."""
    return f"{group} {direction} {protocol} {first if first == last else f'{first}-{last}'} {peer}"
