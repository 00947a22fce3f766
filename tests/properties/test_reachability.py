"""Who reaches whom, by the rules that are emitted, is who should by the plan: no more and no less.

Each example draws an application, writes it down as a plan, and compiles that. Both sides are computed from scratch:
what should be, from what was drawn; what is, by asking the rules of the emitted module as Neutron would, by groups.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import phases

from camp2iac.diagnostics.formats import render
from camp2iac.synth.module import Block, Module, Ref, walk

EVERYBODY = "0.0.0.0/0"
OUT = {("tcp", 53), ("udp", 53), ("tcp", 80), ("tcp", 443), ("udp", 123)}  # docs/targets/openstack.md
PORTS = {"redis": 6379, "postgresql": 5432, "python": 8080}
TYPES = {
    "redis": "Redis",
    "postgresql": "PostgreSQL",
    "python": "org.python:runtime",
    "machine": "Machine",
    "haproxy": "HAProxy",
}
CIDRS = ("192.0.2.0/24", "198.51.100.0/25", "198.51.100.64/26", "203.0.113.9/32")
STRANGER, INSIDE = "233.252.0.1", "10.255.255.254"  # of no CIDR that a plan names


@dataclass(frozen=True)
class Opened:
    """A statement of Ports. ``source``: a tier, a CIDR, ``anywhere``."""

    tcp: tuple[tuple[int, int], ...]
    udp: tuple[tuple[int, int], ...]
    source: str


@dataclass(frozen=True)
class Exposed:
    """A statement of Expose."""

    port: int
    outside: int
    public: bool
    protocol: str


@dataclass
class Service:
    """A service; a component runs on it where it is Python's. ``address``: it is elsewhere, on that port."""

    id: str
    kind: str
    tier: str = ""
    most: int = 1
    balanced: bool = False
    opened: list[Opened] = field(default_factory=list)
    exposed: list[Exposed] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    members: str = ""
    address: int = 0


@dataclass
class Application:
    """What was drawn."""

    services: dict[str, Service]
    ssh: str | None

    @property
    def tiers(self) -> list[str]:
        return sorted({each.tier for each in self.services.values() if not each.address})

    def of(self, tier: str) -> list[Service]:
        return [each for each in self.services.values() if each.tier == tier and not each.address]

    # ---- as a plan ------------------------------------------------------------------------------

    def plan(self) -> dict[str, Any]:
        mine = [each for each in self.services.values() if each.kind == "python"]
        return {
            "camp_version": "CAMP 1.1",
            "name": "drawn",
            "artifacts": [self._artifact(each) for each in mine],
            "services": [self._service(each) for each in self.services.values()],
        }

    def _artifact(self, service: Service) -> dict[str, Any]:
        runs = {"requirement_type": "com.python:wsgi", "com.python.wsgi.application": "app/app"}
        requirements: list[dict[str, Any]] = [{**runs, "fulfillment": f"id:{service.id}"}]
        requirements += [{"requirement_type": "ConnectTo", "fulfillment": f"id:{other}"} for other in service.links]
        for each in service.exposed:
            outside = {"as": each.outside} if service.balanced else {}
            said = {"port": each.port, "public": each.public, "protocol": each.protocol, **outside}
            requirements.append({"requirement_type": "org.camp2iac:Expose", **said})
        named = {"name": f"of-{service.id}", "artifact_type": "org.python:src"}
        return {**named, "content": {"href": "app/"}, "requirements": requirements}

    def _service(self, service: Service) -> dict[str, Any]:
        says: list[dict[str, Any]] = [{"characteristic_type": TYPES[service.kind]}]
        if service.address:
            href = f"redis://elsewhere.example.org:{service.address}"
            return {"id": service.id, "href": href, "characteristics": says}
        if service.tier != service.id:
            says.append({"characteristic_type": "org.camp2iac:Placement", "tier": service.tier})
        if service.most > 1:
            says.append({"characteristic_type": "org.camp2iac:Scale", "min": 1, "max": service.most})
        if service.balanced:
            says.append({"characteristic_type": "org.camp2iac:Balance"})
        if service.members:
            members = {"members": f"IPALL({service.members})"}
            says.append({"characteristic_type": "org.camp2iac:Attributes", **members})
        for each in service.opened:
            ranges = {"tcp": [_text(one) for one in each.tcp], "udp": [_text(one) for one in each.udp]}
            given = {name: value for name, value in ranges.items() if value}
            says.append({"characteristic_type": "org.camp2iac:Ports", **given, "from": each.source})
        return {"id": service.id, "characteristics": says}

    # ---- what should be -------------------------------------------------------------------------

    def pairs(self) -> Iterator[tuple[str, str, str, int, int]]:
        """Which tier may connect to which, by which protocol, from port to port."""
        for service in self.services.values():
            for name in service.links:
                other = self.services[name]
                if not other.address and other.tier != service.tier:
                    yield service.tier, other.tier, "tcp", PORTS[other.kind], PORTS[other.kind]
            if service.members and service.members != service.tier:
                yield service.tier, service.members, "tcp", 8080, 8080
            for each in service.opened:
                for protocol, ranges in (("tcp", each.tcp), ("udp", each.udp)):
                    for first, last in ranges:
                        if each.source in self.tiers:
                            yield each.source, service.tier, protocol, first, last

    def entrances(self) -> Iterator[tuple[str, str, str, int, int]]:
        """From which addresses outside a tier is open: a CIDR, or ``balancer``."""
        for tier in self.tiers:
            if self.ssh:
                yield tier, self.ssh, "tcp", 22, 22
            balanced = any(each.balanced for each in self.of(tier))
            for service in self.of(tier):
                for port, public, protocol in self._exposed(service):
                    if balanced:
                        yield tier, "balancer", protocol, port, port
                    elif public:
                        yield tier, EVERYBODY, protocol, port, port
                for each in service.opened:
                    for protocol, ranges in (("tcp", each.tcp), ("udp", each.udp)):
                        for first, last in ranges:
                            if each.source not in self.tiers:
                                source = EVERYBODY if each.source == "anywhere" else each.source
                                yield tier, source, protocol, first, last

    def _exposed(self, service: Service) -> Iterator[tuple[int, bool, str]]:
        for each in service.exposed:
            yield each.port, each.public, "udp" if each.protocol == "udp" else "tcp"
        silent = not any(each.exposed or each.opened for each in self.services.values())
        if silent and service.kind == "python":  # a plan that says nothing of who may come is public
            yield PORTS["python"], True, "tcp"

    def exits(self) -> Iterator[tuple[str, str, int]]:
        """Which ports of anybody a tier may ask."""
        for tier in self.tiers:
            yield from ((tier, protocol, port) for protocol, port in OUT)
            linked = (self.services[name] for each in self.of(tier) for name in each.links)
            yield from ((tier, "tcp", other.address) for other in linked if other.address)

    def reach(self) -> frozenset[tuple[str, str, str, int]]:
        """Everything that should be: from, to, protocol, port, for each port that means something."""
        pairs, entrances, exits = [*self.pairs()], [*self.entrances()], {*self.exits()}
        found = set()
        for protocol, port in self.probes():
            inside = {(user, other) for user, other, p, low, high in pairs if p == protocol and low <= port <= high}
            into = {(tier, source) for tier, source, p, low, high in entrances if p == protocol and low <= port <= high}
            for user, other in product(self.tiers, self.tiers):
                asks = (user, other) in inside or (user, protocol, port) in exits
                hears = (user, other) in inside or (other, EVERYBODY) in into
                if asks and hears:
                    found.add((user, other, protocol, port))
            for tier, (name, address) in product(self.tiers, self.places()):
                if any(t == tier and s != "balancer" and ip_address(address) in ip_network(s) for t, s in into):
                    found.add((name, tier, protocol, port))
                if (tier, protocol, port) in exits:
                    found.add((tier, name, protocol, port))
                if (tier, "balancer") in into or (tier, EVERYBODY) in into:
                    found.add((f"balancer of {tier}", tier, protocol, port))
        return frozenset(found)

    def places(self) -> list[tuple[str, str]]:
        """Addresses of every kind outside."""
        named = [str(next(iter(ip_network(cidr)))) for cidr in CIDRS]
        return [*((address, address) for address in named), ("stranger", STRANGER)]

    def probes(self) -> list[tuple[str, int]]:
        """Ports at all boundaries, on both of their sides."""
        edges = {22, *(port for _protocol, port in OUT), *PORTS.values(), 1, 65535}
        for service in self.services.values():
            edges |= {port for one in service.opened for range_ in (*one.tcp, *one.udp) for port in range_}
            edges |= {each.port for each in service.exposed} | {each.outside for each in service.exposed}
            edges.add(service.address or 1)
        near = {port + step for port in edges for step in (-1, 0, 1)}
        return [(protocol, port) for protocol in ("tcp", "udp") for port in sorted(near) if 1 <= port <= 65535]


# ---- what is ------------------------------------------------------------------------------------

RULE, GROUP = "openstack_networking_secgroup_rule_v2", "openstack_networking_secgroup_v2"


@dataclass(frozen=True)
class Rule:
    """A rule as Neutron has it; ``peer``: the address of a group, or of a subnet, or a CIDR."""

    group: str
    direction: str
    protocol: str
    first: int
    last: int
    peer: str


class Firewall:
    """The groups of an emitted module, asked."""

    def __init__(self, module: Module) -> None:
        blocks = {block.address: block for block in module.blocks() if block.address}
        self.rules = [rule for each in blocks.values() if each.labels[:1] == (RULE,) for rule in _rules(each)]
        for block in blocks.values():
            if block.labels[:1] == (GROUP,):
                assert block.get("delete_default_rules") is True, "Neutron's own rules let everything out"
        self.groups: dict[str, frozenset[str]] = {}
        for block in blocks.values():
            if block.labels[:1] == ("openstack_compute_instance_v2",):
                nics = [item for item in block.body if isinstance(item, Block) and item.type == "network"]
                ports = [blocks[each.address] for nic in nics for each in walk(nic)]
                assert ports
                (mine,) = {frozenset(each.address for each in walk(port.get("security_group_ids"))) for port in ports}
                self.groups[block.labels[1]] = mine

    def lets(
        self, groups: frozenset[str], direction: str, protocol: str, port: int, peer: frozenset[str], at: str
    ) -> bool:
        """Whether a machine with those groups may speak with a peer: by its groups (or its subnet), or its address."""
        return any(
            rule.peer in peer or ("/" in rule.peer and ip_address(at) in ip_network(rule.peer))
            for rule in self.rules
            if rule.group in groups
            and (rule.direction, rule.protocol) == (direction, protocol)
            and rule.first <= port <= rule.last
        )

    def reach(self, application: Application) -> frozenset[tuple[str, str, str, int]]:
        """The same question as to the application."""
        found = set()
        nothing: frozenset[str] = frozenset()
        for protocol, port in application.probes():
            for user, other in product(self.groups, self.groups):
                if self.lets(self.groups[user], "egress", protocol, port, self.groups[other], INSIDE) and self.lets(
                    self.groups[other], "ingress", protocol, port, self.groups[user], INSIDE
                ):
                    found.add((user, other, protocol, port))
            for tier, (name, address) in product(self.groups, application.places()):
                if self.lets(self.groups[tier], "ingress", protocol, port, nothing, address):
                    found.add((name, tier, protocol, port))
                if self.lets(self.groups[tier], "egress", protocol, port, nothing, address):
                    found.add((tier, name, protocol, port))
                subnet = frozenset({f"openstack_networking_subnet_v2.{tier}_balancer"})
                if self.lets(self.groups[tier], "ingress", protocol, port, subnet, INSIDE):
                    found.add((f"balancer of {tier}", tier, protocol, port))
        return frozenset(found)


def _rules(block: Block) -> Iterator[Rule]:
    group, direction = block.get("security_group_id"), block.get("direction")
    assert isinstance(group, Ref)
    assert direction in ("ingress", "egress")
    peer = block.get("remote_group_id") or block.get("remote_ip_prefix")
    end = peer.address if isinstance(peer, Ref) else peer
    assert isinstance(end, str)
    several = block.get("for_each")
    if isinstance(several, Mapping):
        for each in several.values():
            assert isinstance(each, Mapping)
            port = each["port"]
            assert isinstance(port, int)
            yield Rule(group.address, str(direction), str(each["protocol"]), port, port, end)
        return
    first, last = block.get("port_range_min"), block.get("port_range_max")
    assert isinstance(first, int)
    assert isinstance(last, int)
    yield Rule(group.address, str(direction), str(block.get("protocol")), first, last, end)


# ---- drawing ------------------------------------------------------------------------------------


def _text(ports: tuple[int, int]) -> int | str:
    first, last = ports
    return first if first == last else f"{first}-{last}"


RANGE = st.builds(
    lambda first, length: (first, min(65535, first + length)),
    st.sampled_from([53, 79, 80, 81, 443, 6379, 8080, 9000, 9005, 65530]),
    st.sampled_from([0, 0, 1, 10]),
)


@st.composite
def applications(draw: st.DrawFn) -> Application:
    """Two to five services, alone or together on their tiers, and all that may connect them."""
    services: dict[str, Service] = {}
    kinds = st.sampled_from(["python", "python", "redis", "postgresql", "machine", "haproxy"])
    for n in range(draw(st.integers(2, 5))):
        service = Service(f"s{n}", draw(kinds), f"s{n}")
        homes = [s.tier for s in services.values() if not s.address and s.kind not in ("haproxy", "machine")]
        homes = [t for t in homes if service.kind not in {s.kind for s in services.values() if s.tier == t}]
        if service.kind == "redis" and draw(st.booleans()):
            service.tier, service.address = "", draw(st.sampled_from([6379, 6380]))
        elif homes and service.kind in ("python", "redis", "postgresql") and draw(st.booleans()):
            service.tier = draw(st.sampled_from(homes))
        services[service.id] = service
    here = {name: each for name, each in services.items() if not each.address}
    tiers = sorted({each.tier for each in here.values()})
    for service in here.values():
        alone = sum(each.tier == service.tier for each in here.values()) == 1
        if alone and service.kind in ("python", "machine"):
            service.most = draw(st.sampled_from([1, 1, 3]))
        if service.kind == "python":
            targets = [name for name, each in services.items() if each.kind in ("redis", "postgresql")]
            service.links = draw(st.lists(st.sampled_from(targets), unique=True, max_size=2)) if targets else []
            service.balanced = alone and draw(st.booleans())
            if draw(st.booleans()):
                spoken = st.sampled_from(["http", "tcp"] if service.balanced else ["http", "tcp", "udp"])
                outside = draw(st.sampled_from([80, 8080]))
                service.exposed = [Exposed(8080, outside, draw(st.booleans()), draw(spoken))]
        if service.kind == "haproxy":
            targets = [tier for tier in tiers if tier != service.tier]
            service.members = draw(st.sampled_from(targets)) if targets else ""
        ranges = st.lists(RANGE, max_size=3).map(tuple)
        sources = st.sampled_from([*tiers, *CIDRS, "anywhere"])
        opened = st.builds(Opened, ranges, ranges, sources).filter(lambda one: bool(one.tcp or one.udp))
        service.opened = draw(st.lists(opened, max_size=2))
    return Application(services, draw(st.sampled_from([None, "192.0.2.0/24"])))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "app").mkdir()
    (folder / "app" / "app.py").write_text("app = None\n")
    return folder


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(applications())
def test_the_rules_are_the_graph(package: Path, application: Application) -> None:
    if not application.tiers:
        return
    (package / "camp.yaml").write_text(json.dumps(application.plan()))
    (package / "prod.yaml").write_text(
        "target: openstack\nimage: debian-12\nexternal_network: public\n"
        + (f"ssh_from: {application.ssh}\n" if application.ssh else "")
    )
    loaded = phases.load(package / "camp.yaml")
    compiled = phases.compile(loaded, environment=package / "prod.yaml")
    assert compiled.result.lowered, render("plain", list(compiled.diagnostics), compiled.texts)
    seen, wanted = Firewall(compiled.result.lowered.module).reach(application), application.reach()
    assert not (more := sorted(seen - wanted)), f"open and should not be: {more[:10]}"
    assert not (less := sorted(wanted - seen)), f"closed and should not be: {less[:10]}"


def test_a_hole_is_seen() -> None:
    """The comparison itself: one rule more, or less, is another graph."""
    web, cache = Service("s0", "python", "s0", links=["s1"]), Service("s1", "redis", "s1")
    application = Application({"s0": web, "s1": cache}, None)
    assert ("s0", "s1", "tcp", 6379) in application.reach()
    assert ("s1", "s0", "tcp", 8080) not in application.reach()
    web.links.clear()
    assert ("s0", "s1", "tcp", 6379) not in application.reach()
