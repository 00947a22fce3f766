"""A region of the control plane, read through its APIs with openstacksdk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

from lab.state import Machine, Network, State, at, listener, rule


@dataclass(frozen=True)
class Held:
    """An instance in the APIs. ``addresses``: network to address. ``volumes``: their ids."""

    id: str
    user_data: str
    addresses: dict[str, str]
    volumes: frozenset[str]
    metadata: dict[str, str]


class Region:
    """A region, with a connection as a user and one as administrator. ``cloud``: its name in clouds.yaml.

    ``run``: the folder with the ids of its processes.
    """

    def __init__(self, cloud: str, name: str, run: Path) -> None:
        import openstack

        self.name = name
        self.run = run
        self.user = openstack.connect(cloud=cloud)
        self.admin = openstack.connect(cloud=f"{cloud}-admin")

    @property
    def me(self) -> str:
        """The project's id."""
        return str(self.user.current_project_id)

    def runs(self, process: str) -> bool:
        """Whether an optional service runs, by one of its processes."""
        return (self.run / f"{process}.pid").exists()

    def machines(self) -> dict[str, Held]:
        """Every instance of the project, by name."""
        networks = {network.id: network.name for network in self.user.network.networks()}
        return {
            server.name: Held(
                id=server.id,
                user_data=self.admin.compute.get_server(server.id).user_data or "",  # users do not get it back
                addresses={
                    networks[port.network_id]: port.fixed_ips[0]["ip_address"]
                    for port in self.user.network.ports(device_id=server.id)
                },
                volumes=frozenset(volume.id for volume in self._volumes(server) if not volume.is_bootable),
                metadata=dict(server.metadata),
            )
            for server in self.user.compute.servers()
        }

    def ports(self) -> dict[str, str]:
        """The address of every port that has a name."""
        found = self.user.network.ports(project_id=self.me)
        return {port.name: port.fixed_ips[0]["ip_address"] for port in found if port.name and port.fixed_ips}

    def outside(self) -> dict[str, str]:
        """Addresses by which others reach this region, to their names: floating IPs, and the router's address."""
        ports = {port.id: port for port in self.user.network.ports(project_id=self.me)}
        names = {server.id: server.name for server in self.user.compute.servers()}
        names |= {f"lb-{each.id}": f"balancer {each.name}" for each in self.user.load_balancer.load_balancers()}
        found = {}
        for floating in self.user.network.ips(project_id=self.me):
            if port := ports.get(floating.port_id):
                name = names.get(port.device_id) or port.name
                found[floating.floating_ip_address] = f"outside of {name}"
        for router in self.user.network.routers(project_id=self.me):
            for fixed in (router.external_gateway_info or {}).get("external_fixed_ips", ()):
                found[fixed["ip_address"]] = f"outside of router {at(router.name, self.name)}"
        return found

    def state(self, needs: Mapping[str, tuple[int, int]], given: frozenset[str], outside: Mapping[str, str]) -> State:
        """Everything of the project here (``Cloud.state``). ``outside``: addresses of all regions."""
        networks, groups = self._networks(given), self._groups()
        servers = {server.id: server for server in self.user.compute.servers()}
        machines = {server.name: self._machine(server, needs) for server in servers.values()}
        balancers = {each.vip_port_id: each for each in self.user.load_balancer.load_balancers()}
        return State(
            machines=machines,
            networks={at(name, self.name): network for name, network in networks.items()},
            routers={at(name, self.name): leads for name, leads in self._routers(given).items()},
            rules=frozenset(
                at(self._rule(each, groups, networks, outside), self.name)
                for each in self._rules(groups)
                if groups[each.security_group_id] not in given
            ),
            listeners=frozenset(line for each in balancers.values() for line in self._listeners(each, outside)),
            members=frozenset(line for each in balancers.values() for line in self._members(each)),
            monitors={
                pool.name: monitor.url_path if monitor.type == "HTTP" else "connection"
                for pool in self.user.load_balancer.pools()
                for monitor in self.user.load_balancer.health_monitors(pool_id=pool.id)
            },
            pools={
                pool.name: f"{pool.lb_algorithm} {(pool.session_persistence or {}).get('type', '')}".strip()
                for pool in self.user.load_balancer.pools()
            },
            public=frozenset(
                self._owner(each, servers, balancers) for each in self.user.network.ips(project_id=self.me)
            ),
            together={
                group.name: (
                    group.policies[0] if group.policies else group.policy,
                    frozenset(servers[id_].name for id_ in group.member_ids),
                )
                for group in self.user.compute.server_groups()
            },
            waiting=frozenset(
                port.name for port in self.user.network.ports(project_id=self.me) if not port.device_owner
            ),
            objects=frozenset(self._objects()),
            key_pairs=frozenset(
                at(pair.name, self.name) for pair in self.user.compute.keypairs() if pair.name not in given
            ),
            records=self._records(outside),
        )

    def _networks(self, given: frozenset[str]) -> dict[str, Network]:
        found = {}
        for network in self.user.network.networks(project_id=self.me):
            if network.name in given:
                continue
            (subnet,) = self.user.network.subnets(network_id=network.id)
            led = [*self.user.network.ports(network_id=network.id, device_owner="network:router_interface")]
            found[network.name] = Network(subnet.cidr, tuple(subnet.dns_nameservers), bool(led))
        return found

    def _routers(self, given: frozenset[str]) -> dict[str, str]:
        outside = {network.id: network.name for network in self.user.network.networks(is_router_external=True)}
        return {
            router.name: outside[router.external_gateway_info["network_id"]]
            for router in self.user.network.routers(project_id=self.me)
            if router.name not in given
        }

    def _groups(self) -> dict[str, str]:
        found = self.user.network.security_groups(project_id=self.me)
        return {group.id: group.name for group in found}

    def _rules(self, groups: dict[str, str]) -> list[Any]:
        found = self.user.network.security_group_rules(project_id=self.me)
        return [each for each in found if groups.get(each.security_group_id, "default") != "default"]

    def _rule(
        self, each: Any, groups: dict[str, str], networks: Mapping[str, Network], outside: Mapping[str, str]
    ) -> str:
        balancers = {network.cidr: name for name, network in networks.items() if name.endswith("-balancer")}
        cidr = each.remote_ip_prefix
        known = outside.get((cidr or "").removesuffix("/32"))
        peer = groups.get(each.remote_group_id) or balancers.get(cidr) or known or cidr
        ports = each.port_range_min, each.port_range_max
        return rule(groups[each.security_group_id], each.direction, each.protocol, *ports, peer)

    def _machine(self, server: Any, needs: Mapping[str, tuple[int, int]]) -> Machine:
        assert server.status == "ACTIVE", f"{server.name} is {server.status}"
        tier = server.metadata["tier"]
        groups = self._groups()
        used = set()
        for port in self.user.network.ports(device_id=server.id):
            (fixed,) = port.fixed_ips
            assert ip_address(fixed["ip_address"]) in ip_network(self.user.network.get_subnet(fixed["subnet_id"]).cidr)
            used.add(frozenset(groups.get(id_, id_) for id_ in port.security_group_ids))
        (mine,) = used or {frozenset[str]()}  # the same on all of its ports
        volumes = self._volumes(server)
        boot = [volume for volume in volumes if volume.is_bootable]
        assert all(volume.status == "in-use" for volume in volumes)
        cores, memory = needs.get(tier, (0, 0))
        return Machine(
            tier=tier,
            image=boot[0].volume_image_metadata["image_name"]
            if boot
            else self.user.image.get_image(server.image.id).name,
            networks=tuple(server.addresses),  # Nova keeps the order of the ports
            groups=mine,
            volumes={volume.name: volume.size for volume in volumes if volume not in boot},
            boot_volume=boot[0].size if boot else None,
            metadata=dict(server.metadata),
            region=self.name,
            zone=server.availability_zone,
            key_pair=server.key_name,
            large_enough=server.flavor.vcpus >= cores and server.flavor.ram >= memory,
        )

    def _objects(self) -> Iterator[str]:
        for container in self.user.object_store.containers():
            for each in self.user.object_store.objects(container.name):
                yield at(f"{container.name}/{re.sub('[0-9a-f]{64}', 'SHA256', each.name)}", self.name)

    def _volumes(self, server: Any) -> list[Any]:
        attached = self.user.compute.volume_attachments(server)
        return [self.user.block_storage.get_volume(each.volume_id) for each in attached]

    def _members(self, balancer: Any) -> list[str]:
        assert balancer.provisioning_status == "ACTIVE", f"{balancer.name} is {balancer.provisioning_status}"
        at = {port.fixed_ips[0]["ip_address"]: port.device_id for port in self.user.network.ports() if port.fixed_ips}
        names = {server.id: server.name for server in self.user.compute.servers()}
        asked = self.user.load_balancer
        return [
            f"{balancer.name} {listener.protocol_port} {names[at[member.address]]} {member.protocol_port}"
            for listener in asked.listeners(load_balancer_id=balancer.id)
            for member in asked.members(listener.default_pool_id)
        ]

    def _listeners(self, balancer: Any, outside: Mapping[str, str]) -> Iterator[str]:
        cidrs = {
            subnet.cidr: network.name
            for network in self.user.network.networks(project_id=self.me)
            for subnet in self.user.network.subnets(network_id=network.id)
        }
        for each in self.user.load_balancer.listeners(load_balancer_id=balancer.id):
            allowed = each.allowed_cidrs or ()
            asked = [cidrs.get(cidr) or outside.get(cidr.removesuffix("/32"), cidr) for cidr in allowed]
            yield listener(balancer.name, each.protocol_port, each.protocol, each.default_tls_container_ref, asked)

    def _records(self, outside: Mapping[str, str]) -> dict[str, frozenset[str]]:
        if not self.runs("designate-api"):
            return {}
        found = {}
        for zone in self.user.dns.zones():
            for each in self.user.dns.recordsets(zone):
                if each.type not in ("NS", "SOA"):  # the zone's own
                    assert each.status == "ACTIVE", f"{each.name} is {each.status}"
                    found[f"{each.name} {each.type}"] = frozenset(outside.get(one, one) for one in each.records)
        return found

    def _owner(self, floating: Any, servers: dict[str, Any], balancers: dict[str, Any]) -> str:
        if floating.port_id in balancers:
            return f"balancer {balancers[floating.port_id].name}"
        if not floating.port_id:
            return "nobody"
        port = self.user.network.get_port(floating.port_id)
        return str(servers[port.device_id].name) if port.device_id else f"waiting {port.name}"
