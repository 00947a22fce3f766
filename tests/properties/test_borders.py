"""Who reaches whom over the border of a region, and by what balances, is who should by the plan: no more and no less.

As in test_reachability.py, both sides are computed from scratch. Here tiers are in two regions, and are balanced by
Octavia or, where the cloud has none, by machines with HAProxy; what is asked is who can open a connection to a tier's
machines or to its front (the balancer, or the machine with HAProxy), by all rules on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import phases

from camp2iac.diagnostics.formats import render
from camp2iac.synth.module import Block, Module, Ref, walk

WEB, DOOR, REDIS, OPENED = 8080, 80, 6379, 9000
PROBES = (WEB, DOOR, REDIS, OPENED, 22, 443)
EVERYBODY, STRANGER = "0.0.0.0/0", "a stranger"
Reach = tuple[str, str, int]


# ---- what is drawn, and what should be ----------------------------------------------------------


@dataclass
class Tier:
    """A tier. ``python``, ``redis``: what is on it; ``public`` None: not exposed. ``links``: to tiers with Redis.

    ``opened``: the tiers that may ask its port 9000.
    """

    id: str
    far: bool
    python: bool
    redis: bool
    most: int
    balanced: bool
    floating: bool
    public: bool | None = None
    links: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def service(self) -> str:
        """The id of its Redis."""
        return f"{self.id}r" if self.python else self.id


@dataclass
class Drawn:
    """An application; ``octavia``: whether the cloud has it."""

    tiers: dict[str, Tier]
    octavia: bool

    def silent(self) -> bool:
        """Whether the plan says nothing of who may come: then its processes are public."""
        return not any(each.public is not None or each.opened or each.floating for each in self.tiers.values())

    def exposed(self, tier: Tier) -> bool | None:
        """Whether its process is exposed to the public, to those inside, or to nobody (None)."""
        return (tier.public or self.silent()) if tier.python and (tier.public is not None or self.silent()) else None

    def by_front(self, tier: Tier, user: Tier) -> bool:
        """Whether links go by what balances."""
        known = tier.floating or bool(self.exposed(tier))
        return tier.balanced and (user.far == tier.far or known)

    def reach(self) -> set[Reach]:
        """Everything that should be: from, to, port; ``front of TIER`` is what balances it."""
        found: set[Reach] = set()
        machines = {id_: tier.far for id_, tier in self.tiers.items()}
        if not self.octavia:
            machines |= {f"front of {id_}": tier.far for id_, tier in self.tiers.items() if tier.balanced}
        for id_, tier in self.tiers.items():
            exposed, front = self.exposed(tier), f"front of {id_}"
            if exposed is not None and tier.balanced:
                found.add((front, id_, WEB))
                found |= {(each, front, DOOR) for each, far in machines.items() if exposed or far == tier.far}
            if exposed:
                found.add((STRANGER, front, DOOR) if tier.balanced else (STRANGER, id_, WEB))
            for name in tier.links:
                other = self.tiers[name]
                if self.by_front(other, tier):
                    found |= {(id_, f"front of {name}", REDIS), (f"front of {name}", name, REDIS)}
                else:
                    found.add((id_, name, REDIS))
            found |= {(user, id_, OPENED) for user in tier.opened}
        return {each for each in found if each[0] != each[1]}

    # ---- as a plan ------------------------------------------------------------------------------

    def plan(self) -> dict[str, Any]:
        services = [each for tier in self.tiers.values() for each in self._services(tier)]
        artifacts = [self._artifact(tier) for tier in self.tiers.values() if tier.python]
        return {"camp_version": "CAMP 1.1", "name": "drawn", "artifacts": artifacts, "services": services}

    def _artifact(self, tier: Tier) -> dict[str, Any]:
        runs = {"requirement_type": "com.python:wsgi", "com.python.wsgi.application": "app/app"}
        says: list[dict[str, Any]] = [{**runs, "fulfillment": f"id:{tier.id}"}]
        says += [
            {"requirement_type": "ConnectTo", "fulfillment": f"id:{self.tiers[each].service()}"} for each in tier.links
        ]
        if tier.public is not None:
            outside = {"as": DOOR} if tier.balanced else {}
            said = {"requirement_type": "org.camp2iac:Expose", "port": WEB, "public": tier.public}
            says.append({**said, **outside})
        named = {"name": f"of-{tier.id}", "artifact_type": "org.python:src"}
        return {**named, "content": {"href": "app/"}, "requirements": says}

    def _services(self, tier: Tier) -> Iterator[dict[str, Any]]:
        says: list[dict[str, Any]] = []
        if tier.most > 1:
            says.append({"characteristic_type": "org.camp2iac:Scale", "min": 1, "max": tier.most})
        place = {"region": "R2" if tier.far else "R1", **({"floating": True} if tier.floating else {})}
        says.append({"characteristic_type": "org.camp2iac:Placement", **place})
        if tier.balanced:
            says.append({"characteristic_type": "org.camp2iac:Balance"})
        says += [{"characteristic_type": "org.camp2iac:Ports", "tcp": OPENED, "from": each} for each in tier.opened]
        kind = "org.python:runtime" if tier.python else "Redis"
        yield {"id": tier.id, "characteristics": [{"characteristic_type": kind}, *says]}
        if tier.python and tier.redis:
            there = {"characteristic_type": "org.camp2iac:Placement", "tier": tier.id}
            yield {"id": tier.service(), "characteristics": [{"characteristic_type": "Redis"}, there]}

    def environment(self) -> str:
        return (
            "target: openstack\nregion: R1\nimage: debian-12\nexternal_network: public\n"
            f"balancer: {'octavia' if self.octavia else 'haproxy'}\n"
        )


@st.composite
def applications(draw: st.DrawFn) -> Drawn:
    """Two to four tiers in two regions; what another region speaks with has an address that it may know."""
    tiers: dict[str, Tier] = {}
    yes = st.booleans()
    for n in range(draw(st.integers(2, 4))):
        python = draw(yes)
        tier = Tier(
            f"t{n}",
            draw(yes),
            python,
            not python or draw(yes),
            draw(st.sampled_from([1, 3])),
            draw(yes),
            draw(st.sampled_from([False, False, True])),
        )
        tier.public = draw(st.sampled_from([None, False, True])) if python else None
        tiers[tier.id] = tier
    for tier in tiers.values():
        others = [each for each in tiers if each != tier.id]
        if tier.python:
            with_redis = [each for each in others if tiers[each].redis]
            tier.links = draw(st.lists(st.sampled_from(with_redis), unique=True, max_size=2)) if with_redis else []
        tier.opened = draw(st.lists(st.sampled_from(others), unique=True, max_size=1))
    linked = {name for tier in tiers.values() for name in tier.links}
    for tier in tiers.values():  # a balancer has something to do
        tier.balanced &= tier.public is not None or tier.id in linked
    for tier in tiers.values():
        for other in (tiers[name] for name in tier.links if tiers[name].far != tier.far):
            other.floating |= not (other.balanced and bool(other.public))
        tier.floating |= any(tiers[user].far != tier.far for user in tier.opened)
    return Drawn(tiers, draw(yes))


# ---- what is ------------------------------------------------------------------------------------

MACHINE, BALANCER = "openstack_compute_instance_v2", "openstack_lb_loadbalancer_v2"
FLOATING, ROUTER = "openstack_networking_floatingip_v2", "openstack_networking_router_v2"
RULE, LISTENER = "openstack_networking_secgroup_rule_v2", "openstack_lb_listener_v2"


@dataclass(frozen=True)
class Rule:
    """A rule; ``peers``: the addresses of resources that it names, or a CIDR."""

    group: str
    direction: str
    first: int
    last: int
    peers: frozenset[str]


@dataclass(frozen=True)
class Node:
    """A tier's machines, or its balancer. ``outside``: the floating addresses that lead to it."""

    name: str
    region: str
    groups: frozenset[str]
    subnets: frozenset[str]
    outside: frozenset[str]
    balancer: str = ""


class Cloud:
    """An emitted module, asked as Neutron and Octavia would."""

    def __init__(self, module: Module) -> None:
        self.blocks = {block.address: block for block in module.blocks() if block.address}
        self.rules = [rule for each in self._of(RULE) for rule in _rules(each)]
        self.routers = {_region(each): str(each.address) for each in self._of(ROUTER)}
        self.nodes = [*map(self._machine, self._of(MACHINE)), *map(self._balancer, self._of(BALANCER))]

    def _of(self, type_: str) -> list[Block]:
        return [each for each in self.blocks.values() if each.labels[:1] == (type_,)]

    def _outside(self, ports: frozenset[str]) -> frozenset[str]:
        return frozenset(str(each.address) for each in self._of(FLOATING) if _named(each.get("port_id")) & ports)

    def _machine(self, block: Block) -> Node:
        label = block.labels[1]
        name = f"front of {label.removesuffix('_balancer')}" if label.endswith("_balancer") else label
        nics = [item for item in block.body if isinstance(item, Block) and item.type == "network"]
        ports = [self.blocks[each.address] for nic in nics for each in walk(nic) if each.address in self.blocks]
        fixed = [item for port in ports for item in port.body if isinstance(item, Block) and item.type == "fixed_ip"]
        return Node(
            name,
            _region(block),
            frozenset().union(*(_named(port.get("security_group_ids")) for port in ports)),
            frozenset().union(*(_named(item.get("subnet_id")) for item in fixed)),
            self._outside(frozenset(str(port.address) for port in ports)),
        )

    def _balancer(self, block: Block) -> Node:
        mine, name = str(block.address), f"front of {block.labels[1]}"
        subnets, outside = _named(block.get("vip_subnet_id")), self._outside(frozenset({mine}))
        return Node(name, _region(block), frozenset(), subnets, outside, mine)

    # ---- asked ----------------------------------------------------------------------------------

    def lets(self, node: Node, direction: str, port: int, peers: frozenset[str]) -> bool:
        """Whether a machine's groups let it speak with somebody who is known as one of those."""
        return any(
            rule.group in node.groups
            and rule.direction == direction
            and rule.first <= port <= rule.last
            and rule.peers & (peers | {EVERYBODY})
            for rule in self.rules
        )

    def open(self, source: Node | None, to: Node, port: int) -> bool:
        """Whether a connection comes about; ``source`` None: a stranger's."""
        near = source is not None and source.region == to.region
        address = to.groups | to.subnets if near else to.outside
        if not address or (source and not source.balancer and not self.lets(source, "egress", port, address)):
            return False
        asks = frozenset[str]()
        if source is not None:
            behind = frozenset({self.routers.get(source.region, "")})
            asks = source.groups | source.subnets if near else source.outside or behind
        if to.balancer:
            return any(asks & (allowed or asks) or not allowed for allowed in self._allowed(to, port))
        return self.lets(to, "ingress", port, asks)

    def _allowed(self, balancer: Node, port: int) -> Iterator[frozenset[str]]:
        """Who may ask each of its listeners on a port; nobody is named where everybody may."""
        for each in self._of(LISTENER):
            if _named(each.get("loadbalancer_id")) == {balancer.balancer} and each.get("protocol_port") == port:
                yield _named(each.get("allowed_cidrs"))

    def reach(self) -> set[Reach]:
        """The same question as to what was drawn. A balancer speaks with its own tier alone."""
        found = set()
        for to in self.nodes:
            sources = [each for each in self.nodes if each is not to and not each.balancer]
            for port in PROBES:
                found |= {(each.name, to.name, port) for each in sources if self.open(each, to, port)}
                if self.open(None, to, port):
                    found.add((STRANGER, to.name, port))
        for balancer in (each for each in self.nodes if each.balancer):
            for to in (each for each in self.nodes if each.groups):
                for port in PROBES:
                    closed = not self.lets(to, "ingress", port, frozenset())
                    if closed and self.lets(to, "ingress", port, balancer.subnets):
                        found.add((balancer.name, to.name, port))
        return found


def _named(value: Any) -> frozenset[str]:
    """The resources that a value names."""
    return frozenset(each.address for each in walk(value)) if value is not None else frozenset()


def _region(block: Block) -> str:
    provider = block.get("provider")
    return provider.address if isinstance(provider, Ref) else "openstack"


def _rules(block: Block) -> Iterator[Rule]:
    (group,) = _named(block.get("security_group_id"))
    direction, several = str(block.get("direction")), block.get("for_each")
    cidr = block.get("remote_ip_prefix")
    peers = frozenset({cidr}) if isinstance(cidr, str) else _named(block.get("remote_group_id")) | _named(cidr)
    if isinstance(several, Mapping):  # of all machines: out to everybody
        ports = [(each["port"], each["port"]) for each in several.values() if each["protocol"] == "tcp"]  # type: ignore[index,call-overload]
    else:
        ports = [(block.get("port_range_min"), block.get("port_range_max"))]
    for first, last in ports:
        assert isinstance(first, int)
        assert isinstance(last, int)
        yield Rule(group, direction, first, last, peers)


# ---- compared -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "app").mkdir()
    (folder / "app" / "app.py").write_text("app = None\n")
    return folder


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(applications())
def test_the_rules_are_the_graph(package: Path, application: Drawn) -> None:
    (package / "camp.yaml").write_text(json.dumps(application.plan()))
    (package / "prod.yaml").write_text(application.environment())
    loaded = phases.load(package / "camp.yaml")
    compiled = phases.compile(loaded, environment=package / "prod.yaml")
    assert compiled.result.lowered, render("plain", list(compiled.diagnostics), compiled.texts)
    seen, wanted = Cloud(compiled.result.lowered.module).reach(), application.reach()
    assert not (more := sorted(seen - wanted)), f"open and should not be: {more[:10]}"
    assert not (less := sorted(wanted - seen)), f"closed and should not be: {less[:10]}"
