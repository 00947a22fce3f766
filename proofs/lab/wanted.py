"""What must exist, derived from the topology and the environment file without any code of the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from urllib.parse import urlsplit

from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Tier
from lab.decided import Decided, gibibytes
from lab.state import Machine, Network, State, at, listener, rule

ANYWHERE = "0.0.0.0/0"
#: what every instance can connect to, by docs/targets/openstack.md
OUT = (("tcp", 53), ("udp", 53), ("tcp", 80), ("tcp", 443), ("udp", 123))

#: the lab's object store listens there
SWIFT = 8080
#: products whose components can change their code while they run, by docs/targets/openstack.md
RELEASED = ("python", "nodejs", "php", "static", "tomcat")
#: content that is too large for user data: application to component or job, and its tier
STORED = {"notes": {"sample": "database"}}


class Wanted(Decided):
    """What must exist. ``environment``: the environment file as plain YAML."""

    def state(self, counts: Mapping[str, int] | None = None) -> State:
        """Everything, with this number of instances in these tiers."""
        self.now = {id_: (counts or {}).get(id_, self.count(id_)) for id_ in self.tiers}
        found = {id_: self.machines(id_, count) for id_, count in self.now.items()}
        return State(
            machines={name: self._machine(tier, name) for tier, names in found.items() for name in names},
            networks=self._networks(),
            routers=self._routers(),
            rules=frozenset(self._everywhere(self._rules())),
            listeners=frozenset(self._listeners()),
            members=frozenset(self._members(found)),
            monitors=dict(self._pools(_health)),
            pools=dict(self._pools(_distributes)),
            public=frozenset(self._public(found)) | frozenset(self._known_outside(found)),
            together={
                f"{self.app}-{slug(id_)}": (policy, frozenset(found[id_]))
                for id_, tier in self.tiers.items()
                if (policy := _policy(tier))
            },
            waiting=frozenset(self._waiting(found)),
            objects=frozenset(self._objects()),
            records=self._records(found),
            key_pairs=frozenset(
                at(key, self.region(tier)) for tier in self.tiers if (key := self.made_key(tier)) is not None
            ),
        )

    def told(self, tier: str) -> Iterator[tuple[str, str | None, bool]]:
        """The addresses in the user data of a tier: a tier, its network (None: the first), all addresses or one.

        Also of machines yet to come.
        """
        yield from ((behind, None, True) for behind, front in self.before.items() if front == tier)
        components = [each for each in self.topology.components.values() if each.tier == tier]
        for component in components:
            for link in component.links:
                other = self.topology.services[link.service]
                if not other.href and other.tier != tier and not self.by_balancer(tier, other.tier):
                    yield self.front(tier, other.tier) or other.tier, None, False
        said = [variable.value for each in components for variable in each.variables]
        said += [a.value for id_ in self.tiers[tier].services for a in self.topology.services[id_].attributes.values()]
        for reference in (each for text in said for each in text.references):
            if reference.kind in ("IP", "IPALL"):
                service = self.topology.services.get(reference.name)
                yield service.tier if service else reference.name, reference.network, reference.kind == "IPALL"

    def balancers_abroad(self, tier: str) -> set[str]:
        """The tiers whose load balancers in another region the tier connects to."""
        links = (link for each in self.topology.components.values() if each.tier == tier for link in each.links)
        others = {self.topology.services[link.service].tier for link in links}
        return {other for other in others if self.crosses(tier, other) and self.by_balancer(tier, other)}

    def shares_user_data(self, tier: str) -> bool:
        """Whether all of its instances have the same user data.

        Those with volumes of their own are not, nor those with a server that listens at the machine's own address.
        """
        served = any(self.topology.services[id_].product.role == "service" for id_ in self.tiers[tier].services)
        return not self.tiers[tier].volumes and not served

    # ---- its parts ------------------------------------------------------------------------------

    def _machine(self, tier: str, name: str) -> Machine:
        said = self.tiers[tier]
        os = said.compute.value.os if said.compute else None
        boot = self.decided(tier, "boot_volume")
        disk = (said.compute.value.disk or 0) // 1024 if said.compute else 0
        zone = self.of_tier(tier, "zone") or (said.zone.value if said.zone else "nova")
        return Machine(
            tier=tier,
            image=self.of_tier(tier, "image") or (None if os else self.decided(tier, "image")),
            networks=tuple(self._network(net, self.region(tier)) for net in self.networks(tier)),
            groups=frozenset({f"{self.app}-machine", self._group(tier), *self.groups_there(tier)}),
            volumes={f"{name}-{each.value.name}": each.value.size for each in said.volumes},
            region=self.region(tier),
            zone=str(zone),
            key_pair=self.key_pair(tier),
            boot_volume=max(gibibytes(boot["size"]), disk) if boot else None,
            metadata={str(key): str(value) for key, value in self.environment.get("metadata", {}).items()},
        )

    def _crossings(self) -> set[tuple[str, str]]:
        found = {(user, other) for user in self.tiers for other, _network, _all in self.told(user)}
        found |= {(each.source, id_) for id_, tier in self.tiers.items() for said in tier.ports for each in said.value}
        return {(user, other) for user, other in found if self.crosses(user, other)}

    def _known(self) -> set[str]:
        """Tiers whose instances' floating IPs are used in other regions."""
        found = {each for pair in self._crossings() for each in pair}
        found |= {tier for tier in self.tiers if self.balancers_abroad(tier)}
        return {tier for tier in found if self.floats(tier)}

    def _known_outside(self, found: Mapping[str, list[str]]) -> Iterator[str]:
        """Floating IPs of instances that scaling will add, because other regions use them."""
        for tier in self._known():
            for name in self.machines(tier, self.scale(tier).maximum):
                if name not in found[tier]:
                    yield f"waiting {name}-{self.networks(tier)[0]}"

    def _waiting(self, found: Mapping[str, list[str]]) -> Iterator[str]:
        known = {other for user in self.tiers for other, _network, _all in self.told(user)}
        for tier in (known | self._known()) & self.tiers.keys():
            for name in self.machines(tier, self.scale(tier).maximum):
                if name not in found[tier]:
                    yield from (f"{name}-{net}" for net in self.networks(tier))

    def _everywhere(self, rules: Iterator[str]) -> Iterator[str]:
        """Security groups in the regions of their tiers, and those of all instances in each region."""
        where = {self._group(tier): self.region(tier) for tier in self.tiers}
        for line in rules:
            group = line.partition(" ")[0]
            for region in [where[group]] if group in where else sorted(set(where.values())):
                yield at(line, region)

    def _networks(self) -> dict[str, Network]:
        used = [(net, self.region(id_)) for id_ in self.tiers for net in self.networks(id_)]
        used += [(f"{id_}-balancer", self.region(id_)) for id_, tier in self.tiers.items() if tier.balance]
        home = str(self.environment.get("region", "RegionOne"))
        used += [(net, home) for net in self.topology.networks if net not in dict(used)]
        return {
            at(self._network(net, region), region): self._made(net, region)
            for net, region in used
            if not self.existing(net, region)
        }

    def _routers(self) -> dict[str, str]:
        found = {}
        for tier in self.tiers:
            region = self.region(tier)
            ours = [net for net in self.networks(tier) if not self.existing(net, region)]
            if (ours or self.tiers[tier].balance) and not self.of_region(region, "router"):
                found[at(self.app, region)] = str(self.of_region(region, "external_network") or "public")
        return found

    def _pools(self, what: Callable[[Tier, bool], str]) -> Iterator[tuple[str, str]]:
        for id_, _listen, outside, _public, protocol in self._endpoints():
            if self.tiers[id_].balance:
                name = f"{self.app}-{id_}" + ("" if outside == 80 else f"-{outside}")
                yield name, what(self.tiers[id_], protocol == "http")
        for id_, port in self._doors():
            yield f"{self.app}-{id_}-{port}", what(self.tiers[id_], False)

    def _rules(self) -> Iterator[str]:
        everybody = f"{self.app}-machine"
        ssh = self.environment.get("ssh_from") or ()
        listed = [ssh] if isinstance(ssh, str) else () if isinstance(ssh, Mapping) else ssh
        for operators in {str(ip_network(each)) for each in listed}:
            yield rule(everybody, "ingress", "tcp", 22, 22, operators)
        for protocol, port in OUT:
            yield rule(everybody, "egress", protocol, port, port, ANYWHERE)
        for tier, listen, outside, public, spoken in self._endpoints():
            protocol = "udp" if spoken == "udp" else "tcp"
            if front := self.before.get(tier):
                yield from self._both_ends(front, tier, protocol, listen, listen)
                first = self.tiers[front].networks
                inside = [self.topology.networks[net].cidr or "" for net in (first.value if first else ())]
                for source in [ANYWHERE] if public else inside:
                    yield rule(self._group(front), "ingress", protocol, outside, outside, source)
            elif self.tiers[tier].balance:
                yield rule(self._group(tier), "ingress", protocol, listen, listen, f"{self.app}-{tier}-balancer")
            elif public:
                yield rule(self._group(tier), "ingress", protocol, listen, listen, ANYWHERE)
        stored = STORED.get(self.app, {}) if self.environment.get("object_store") else {}
        for tier in {*(component.tier for component in self._released()), *stored.values()}:
            yield rule(self._group(tier), "egress", "tcp", SWIFT, SWIFT, ANYWHERE)
        for component in self.topology.components.values():
            for link in component.links:
                service = self.topology.services[link.service]
                port = service.product.port or 0
                if service.href:
                    there = urlsplit(service.href.value)
                    port, host = there.port or port, there.hostname or ""
                    cidr = f"{host}/32" if host.replace(".", "").isdigit() else ANYWHERE
                    yield rule(self._group(component.tier), "egress", "tcp", port, port, cidr)
                elif front := self.front(component.tier, service.tier):
                    yield from self._both_ends(component.tier, front, "tcp", port, port)
                    yield from self._both_ends(front, service.tier, "tcp", port, port)
                elif self.by_balancer(component.tier, service.tier):
                    source = f"{self.app}-{service.tier}-balancer"
                    abroad = self.crosses(component.tier, service.tier)
                    door = f"outside of balancer {self.app}-{service.tier}" if abroad else source
                    yield rule(self._group(component.tier), "egress", "tcp", port, port, door)
                    yield rule(self._group(service.tier), "ingress", "tcp", port, port, source)
                elif service.tier != component.tier and port:
                    yield from self._both_ends(component.tier, service.tier, "tcp", port, port)
        for service in self.topology.services.values():
            if service.product.role == "balancer":
                said = service.attributes.get("member_port")
                port = int((said.value.literal if said else None) or service.product.attributes["member_port"].default)
                named = [ref for each in service.attributes.values() for ref in each.value.references]
                for tier in {ref.name for ref in named if ref.kind in ("IP", "IPALL")}:
                    yield from self._both_ends(service.tier, tier, "tcp", port, port)
        for id_, tier in self.tiers.items():
            for (protocol, source), ports in self._opened(tier).items():
                for first, last in _runs(ports):
                    if source in self.tiers:
                        yield from self._both_ends(source, id_, protocol, first, last)
                    else:
                        cidr = ANYWHERE if source == "anywhere" else source
                        yield rule(self._group(id_), "ingress", protocol, first, last, cidr)

    def _opened(self, tier: Tier) -> dict[tuple[str, str], list[range]]:
        """Protocol and source to the ports that are open."""
        found: dict[tuple[str, str], list[range]] = {}
        for each in (one for said in tier.ports for one in said.value):
            source = str(self.topology.parameters[each.source].default) if each.asked else each.source
            if source[0].isdigit() or ":" in source:  # in Neutron's form
                source = str(ip_network(source, strict=False))
            found.setdefault((each.protocol, source), []).append(range(each.first, each.last + 1))
        return found

    def _doors(self) -> set[tuple[str, int]]:
        """The ports of load balancers that links use, with their tiers."""
        links = (
            (c, self.topology.services[link.service]) for c in self.topology.components.values() for link in c.links
        )
        return {
            (service.tier, service.product.port or 0)
            for component, service in links
            if self.by_balancer(component.tier, service.tier)
        }

    def _released(self) -> Iterator[Component]:
        """The components that are delivered through the object store."""
        for component in self.topology.components.values():
            changes = self.decided(component.tier, "on_change") or "rerun"
            product = self.topology.services[component.host].product.name
            if self.environment.get("object_store") and changes == "rerun" and product in RELEASED:
                yield component

    def _objects(self) -> Iterator[str]:
        yield from (f"{self.app}-content/{name}/SHA256" for name in STORED.get(self.app, ()))
        for component in self._released():
            yield from (f"{self.app}-content/{component.id}{end}" for end in (".release", "/SHA256.tar"))

    def _both_ends(self, user: str, other: str, protocol: str, first: int, last: int) -> Iterator[str]:
        if self.crosses(user, other):
            yield from (rule(self._group(other), "ingress", protocol, first, last, end) for end in self._outside(user))
            yield from (rule(self._group(user), "egress", protocol, first, last, end) for end in self._outside(other))
            return
        yield rule(self._group(other), "ingress", protocol, first, last, self._group(user))
        yield rule(self._group(user), "egress", protocol, first, last, self._group(other))

    def _outside(self, tier: str) -> list[str]:
        """The addresses by which other regions reach a tier: those of its instances, or of its router."""
        if not self.floats(tier):
            return [f"outside of router {at(self.app, self.region(tier))}"]
        count, most = self.now[tier], self.scale(tier).maximum
        here, all_ = self.machines(tier, count), self.machines(tier, most)
        return [
            f"outside of {name}" if name in here else f"outside of {name}-{self.networks(tier)[0]}" for name in all_
        ]

    def _listeners(self) -> Iterator[str]:
        ends = {
            (each.tier, exposure.outside.value if exposure.outside else 443): found
            for each in self.topology.components.values()
            for exposure in each.exposures
            if (found := self._certificate(each, exposure))
        }
        balanced = [each for each in self._endpoints() if self.tiers[each[0]].balance]
        for tier, _listen, port, public, protocol in balanced:
            certificate = ends.get((tier, port))
            kind = "TERMINATED_HTTPS" if certificate else protocol.upper()
            open_ = public or not any(each[0] == tier and each[3] for each in balanced)
            inside = () if open_ else [self._network(net, self.region(tier)) for net in self.networks(tier)]
            yield listener(f"{self.app}-{tier}", port, kind, certificate, inside)
        for tier, port in self._doors():
            users = {
                component.tier
                for component in self.topology.components.values()
                for link in component.links
                if self.topology.services[link.service].tier == tier and self.by_balancer(component.tier, tier)
            }
            here = {user for user in users if not self.crosses(user, tier)}
            inside = {self._network(net, self.region(tier)) for user in here for net in self.networks(user)}
            inside |= {each for user in users - here for each in self._outside(user)}
            yield listener(f"{self.app}-{tier}", port, "TCP", None, inside)

    def _records(self, found: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
        """In the environment's zone: names of public endpoints, to the load balancer or to all instances."""
        zone, names = self.environment.get("dns"), dict[str, frozenset[str]]()
        for each in self.topology.components.values():
            own = found[self.before.get(each.tier, each.tier)]
            leads = (
                {f"outside of balancer {self.app}-{each.tier}"}
                if self.tiers[each.tier].balance
                else {f"outside of {name}" for name in own}
            )
            for exposure in each.exposures:
                hosts = exposure.hosts.value if exposure.hosts and exposure.public and exposure.public.value else ()
                inside = [host for host in hosts if zone and f".{host}".endswith(f".{zone}")]
                names |= {f"{host}. A": frozenset(leads) for host in inside}
        return names

    def _members(self, found: Mapping[str, list[str]]) -> Iterator[str]:
        for tier, listen, outside, _public, _protocol in self._endpoints():
            if self.tiers[tier].balance:
                for name in found[tier]:
                    yield f"{self.app}-{tier} {outside} {name} {listen}"
        for tier, port in self._doors():
            yield from (f"{self.app}-{tier} {port} {name} {port}" for name in found[tier])

    def _public(self, found: Mapping[str, list[str]]) -> Iterator[str]:
        for tier, _listen, _outside, public, _protocol in self._endpoints():
            if public:
                own = found[self.before.get(tier, tier)]
                yield from [f"balancer {self.app}-{tier}"] if self.tiers[tier].balance else own
        for id_, tier in self.tiers.items():
            if tier.floating and tier.floating.value:
                yield from found[id_]
            yield from (f"balancer {self.app}-{other}" for other in self.balancers_abroad(id_))
        for _user, other in self._crossings():
            yield from found[other] if other in self.before.values() else ()


def _runs(ranges: list[range]) -> Iterator[tuple[int, int]]:
    """First and last port of each range. Overlapping ranges are merged."""
    left = list(ranges)
    while left:
        ports = set(left.pop())
        while more := [each for each in left if ports.intersection(each)]:
            ports = ports.union(*more)
            left = [each for each in left if each not in more]
        yield min(ports), max(ports)


def _distributes(tier: Tier, http: bool) -> str:
    methods = {"round-robin": "ROUND_ROBIN", "least-connections": "LEAST_CONNECTIONS", "source": "SOURCE_IP"}
    assert tier.balance
    sticky = ("HTTP_COOKIE" if http else "SOURCE_IP") if tier.balance.value.sticky else ""
    return f"{methods[tier.balance.value.algorithm]} {sticky}".strip()


def _health(tier: Tier, http: bool) -> str:
    assert tier.balance
    return (tier.balance.value.health if http else None) or "connection"


def _policy(tier: Tier) -> str:
    if tier.spread:
        return "anti-affinity" if tier.spread.value == "hard" else "soft-anti-affinity"
    return {"hard": "affinity", "soft": "soft-affinity"}.get(tier.together.value, "") if tier.together else ""
