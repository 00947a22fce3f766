"""What plan and environment decide about tiers, without any code of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from camp2iac.record import replace
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Exposure, Scale, Topology
from lab.state import Network


def gibibytes(amount: str) -> int:
    """An amount in the environment file, such as ``4 GiB``."""
    number, unit = amount.split()
    assert unit == "GiB", f"no case says {unit} yet"
    return int(number)


class Decided:
    """``environment``: the environment file as plain YAML."""

    def __init__(self, topology: Topology, environment: Mapping[str, Any]) -> None:
        self.topology = topology
        self.environment = environment
        self.app = slug(topology.name)
        self.now: dict[str, int] = {}
        self.tiers = {
            id_: tier
            for id_, tier in topology.tiers.items()
            if any(topology.services[service].href is None for service in tier.services)
        }
        #: without Octavia: tier to the tier of the machine that stands before it
        self.before = {
            id_: f"{id_}-balancer"
            for id_, tier in self.tiers.items()
            if tier.balance and environment.get("balancer") == "haproxy"
        }
        for id_, front in self.before.items():
            tier = self.tiers[id_]
            first = tier.networks and replace(tier.networks, value=tier.networks.value[:1])
            alone = replace(tier, id=front, services=(), scale=None, compute=None, networks=first, volumes=(), ports=())
            self.tiers[front] = replace(alone, floating=None, spread=None, together=None, balance=None)
            self.tiers[id_] = replace(tier, balance=None)

    def scale(self, tier: str) -> Scale:
        """The minimum and maximum number of instances."""
        said = self.tiers[tier].scale
        return said.value if said else Scale(1, 1, 1)

    def count(self, tier: str) -> int:
        """The initial number of instances."""
        return int(self.environment.get("scale", {}).get(tier, self.scale(tier).initial))

    def machines(self, tier: str, count: int | None = None) -> list[str]:
        """The names of its instances."""
        return [f"{self.app}-{slug(tier)}-{n}" for n in range(1, (self.count(tier) if count is None else count) + 1)]

    def networks(self, tier: str) -> tuple[str, ...]:
        """The ids of a tier's networks, in order."""
        said = self.tiers[tier].networks
        return said.value if said else ("main",)

    def of_region(self, region: str, key: str) -> Any:
        """The environment's value for a region, else the general one."""
        found = (self.environment.get("regions") or {}).get(region) or {}
        return found[key] if key in found else self.environment.get(key)

    def of_tier(self, tier: str, key: str) -> Any:
        """The environment's value for a tier. An HAProxy instance has the values of its tier, except the size."""
        said = self.environment.get("tiers") or {}
        behind = [id_ for id_, front in self.before.items() if front == tier]
        return next((said[id_][key] for id_ in (tier, *behind) if key in (said.get(id_) or {})), None)

    def decided(self, tier: str, key: str) -> Any:
        """The environment's value for a tier, else for its region, else the general one."""
        found = self.of_tier(tier, key)
        return found if found is not None else self.of_region(self.region(tier), key)

    def region(self, tier: str) -> str:
        """The region of its instances. RegionOne is the region of the credentials."""
        said = self.tiers[tier].region if tier in self.tiers else None
        return str(
            self.of_tier(tier, "region") or (said.value if said else self.environment.get("region", "RegionOne"))
        )

    def key_pair(self, tier: str) -> str | None:
        """The key pair of its instances."""
        said = self.tiers[tier].key_pair
        named = self.of_tier(tier, "key_pair") or (said.value if said else None)
        return named or self.made_key(tier) or self.of_region(self.region(tier), "key_pair")

    def made_key(self, tier: str) -> str | None:
        """The key pair that is created in its region."""
        region = self.region(tier)
        public = self.of_region(region, "public_key")
        return str(self.of_region(region, "key_pair") or self.app) if public else None

    def groups_there(self, tier: str) -> set[str]:
        """Existing security groups that the operator names."""
        said = self.tiers[tier].security_groups
        found = {*(said.value if said else ()), *(self.of_tier(tier, "security_groups") or ())}
        return found | {*(self.of_region(self.region(tier), "security_groups") or ())}

    def crosses(self, user: str, other: str) -> bool:
        """Whether they are in two regions."""
        return user in self.tiers and other in self.tiers and self.region(user) != self.region(other)

    def public(self, tier: str) -> bool:
        """Whether it has a public endpoint."""
        return any(public for id_, _listen, _outside, public, _ in self._endpoints() if id_ == tier)

    def floats(self, tier: str) -> bool:
        """Whether each of its instances has a floating IP. For an HAProxy instance: whether it can have one."""
        for behind, front in self.before.items():
            if front == tier:
                return self.known(behind)
        said = self.tiers[tier].floating
        alone = not self.tiers[tier].balance and tier not in self.before
        return bool(said and said.value) or (self.public(tier) and alone)

    def known(self, tier: str) -> bool:
        """Whether other regions use the address of its load balancer."""
        said = self.tiers[tier].floating
        return bool(said and said.value) or self.public(tier)

    def by_balancer(self, user: str, tier: str) -> bool:
        """Whether links between the tiers go through a load balancer of the cloud."""
        if tier not in self.tiers or tier == user or not self.tiers[tier].balance:
            return False
        return not self.crosses(user, tier) or self.known(tier)

    def front(self, user: str, tier: str) -> str | None:
        """The HAProxy instance that links between the tiers go through."""
        balanced = tier != user and tier in self.before
        return self.before[tier] if balanced and (not self.crosses(user, tier) or self.known(tier)) else None

    def existing(self, net: str, region: str) -> str | None:
        """The name of a network that must exist."""
        declared = self.topology.networks.get(net)
        named = (self.of_region(region, "existing") or {}).get(net)
        return named or (declared.existing if declared else None)

    def _network(self, id_: str, region: str) -> str:
        declared = self.topology.networks.get(id_)
        if named := self.existing(id_, region):
            return named
        return self.app if id_ == "main" and not declared else f"{self.app}-{id_}"

    def _made(self, net: str, region: str) -> Network:
        declared = self.topology.networks.get(net)
        cidrs = {**self.environment.get("cidrs", {}), **(self.of_region(region, "cidrs") or {})}
        servers = (declared.dns if declared else ()) or self.of_region(region, "dns_servers") or ()
        return Network((declared.cidr if declared else None) or cidrs.get(net), tuple(dict.fromkeys(servers)))

    def _group(self, tier: str) -> str:
        # ``machine`` is the group of all machines, and ``machine-tier`` that of a tier with this name
        apart = re.fullmatch("machine(-tier)*", slug(tier))
        return f"{self.app}-{slug(tier)}" + ("-tier" if apart else "")

    def _listens(self, component: Component) -> int:
        option = component.options.get("port")
        if option and option.value.literal:
            return int(option.value.literal)
        return self.topology.services[component.host].product.port or 80

    def _certificate(self, component: Component, exposure: Exposure) -> str | None:
        """What terminates TLS at the tier's load balancer."""
        asked = exposure.tls and exposure.tls.value and self.tiers[component.tier].balance
        found = (self.environment.get("certificates") or {}).get(component.id) if asked else None
        return str(found) if found else None

    def _endpoints(self) -> Iterator[tuple[str, int, int, bool, str]]:
        """Tier, the process's port, the users' port, public or not, protocol (http, tcp, udp)."""
        components = self.topology.components.values()
        silent = not any(c.exposures for c in components) and not any(
            t.ports or t.floating for t in self.tiers.values()
        )
        for each in components:
            balanced = self.tiers[each.tier].balance or each.tier in self.before
            for exposure in each.exposures:
                listen = exposure.port.value if exposure.port else self._listens(each)
                usual = 443 if self._certificate(each, exposure) else listen
                outside = exposure.outside.value if balanced and exposure.outside else usual
                public = bool(exposure.public and exposure.public.value)
                yield each.tier, listen, outside, public, exposure.protocol
            served = self.topology.services[each.host].product.port and not self.topology.users(each.host)
            if silent and served:
                yield each.tier, self._listens(each), 80 if balanced else self._listens(each), True, "http"
