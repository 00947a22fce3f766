"""The resources of an application, in a form that can be compared between topology and cloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class Machine:
    """An instance. ``networks``: in the order of its ports. ``groups``: its security groups. ``volumes``: name to GiB.

    ``boot_volume``: GiB, where it boots from one.
    """

    tier: str
    image: str | None
    networks: tuple[str, ...]
    groups: frozenset[str]
    volumes: Mapping[str, int]
    region: str = "RegionOne"
    zone: str = "nova"
    key_pair: str | None = None
    boot_volume: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    large_enough: bool = True


@dataclass(frozen=True)
class Network:
    """A network of the application. ``cidr`` None: any. ``router``: whether it has one to the external network."""

    cidr: str | None
    dns: tuple[str, ...] = ()
    router: bool = True


@dataclass(frozen=True)
class State:
    """Everything by its name in the cloud, without what differs between two applies (ids, addresses).

    ``rules``: ``group direction protocol ports peer``. ``listeners``: balancer, port, protocol, certificate, and the
    networks that may ask. ``members``: balancer, its port, machine, port. ``monitors``: pool to what it asks;
    ``pools``: to algorithm and stickiness. ``public``: the machines and balancers with a floating address.
    ``together``: server group to its policy and members. ``waiting``: ports of machines that are yet to come.
    ``routers``: to the network outside. ``objects``: container and name, digests in it as ``SHA256``. ``records``:
    names in a zone, with their type, to what they lead to.
    """

    machines: Mapping[str, Machine] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    routers: Mapping[str, str] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    monitors: Mapping[str, str] = field(default_factory=dict)
    pools: Mapping[str, str] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    together: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    key_pairs: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def given(self, seen: State) -> State:
        """The same, with the values that are not decided (CIDRs, images) as they were seen."""
        networks = {
            name: replace(each, cidr=each.cidr or (seen.networks[name].cidr if name in seen.networks else None))
            for name, each in self.networks.items()
        }
        machines = {
            name: _given(each, seen.machines[name]) if name in seen.machines else each
            for name, each in self.machines.items()
        }
        return replace(self, networks=networks, machines=machines)

    def with_all(self, other: State) -> State:
        """Both together. A name must be unique."""
        found: dict[str, Any] = {}
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            twice = set(mine) & set(theirs)
            assert not twice, f"{each.name} of two regions have the same names: {sorted(twice)}"
            found[each.name] = mine | theirs if isinstance(mine, frozenset) else {**mine, **theirs}
        return State(**found)


def _given(wanted: Machine, seen: Machine) -> Machine:
    """Allow differences that are not specified: an image, more metadata."""
    return replace(wanted, image=wanted.image or seen.image, metadata={**seen.metadata, **wanted.metadata})


def at(name: str, region: str) -> str:
    """Distinguish resources of several regions that have one name."""
    return name if region == "RegionOne" else f"{name} in {region}"


def listener(balancer: str, port: int, protocol: str, certificate: str | None, networks: Iterable[str]) -> str:
    """A listener as a string. ``networks``: the allowed sources; empty if everyone can connect."""
    ends = f" with {certificate}" if certificate else ""
    return f"{balancer} {port} {protocol}{ends} for {', '.join(sorted(networks)) or 'anybody'}"


def rule(group: str, direction: str, protocol: str, first: int, last: int, peer: str) -> str:
    """A rule as a string. ``peer``: a CIDR, or the name of another security group or of a network."""
    return f"{group} {direction} {protocol} {first if first == last else f'{first}-{last}'} {peer}"
