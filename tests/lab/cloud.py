"""The control plane: started, asked through its APIs by openstacksdk, and stopped."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from lab.state import Machine, State, rule

SCRIPTS = Path(__file__).with_name("control-plane")
KEYSTONE = "http://127.0.0.1:5000/v3"


@dataclass(frozen=True)
class Held:
    """A machine as the APIs give it. ``addresses``: network to address; ``volumes``: their ids."""

    id: str
    user_data: str
    addresses: dict[str, str]
    volumes: frozenset[str]
    metadata: dict[str, str]


class Cloud:
    """A running control plane, by two connections: that of a user, and that of an administrator."""

    def __init__(self, folder: Path) -> None:
        import openstack

        self.folder = folder
        os.environ["OS_CLIENT_CONFIG_FILE"] = str(folder / "clouds.yaml")
        self.user = openstack.connect(cloud="lab")
        self.admin = openstack.connect(cloud="lab-admin")

    @property
    def environment(self) -> dict[str, str]:
        """What Terraform's provider needs to know."""
        return {"OS_CLIENT_CONFIG_FILE": str(self.folder / "clouds.yaml"), "OS_CLOUD": "lab"}

    def held(self) -> str:
        """What the project holds, a line for each thing; empty when there is nothing."""
        done = script(self.folder, "lab-clean", "--check")
        return "" if done.returncode == 0 else done.stdout

    def empty(self) -> None:
        """Delete all that the project holds."""
        done = script(self.folder, "lab-clean")
        if done.returncode:
            pytest.fail(f"lab-clean leaves something: {done.stdout}{done.stderr}")

    def version(self) -> str:
        """Which OpenStack this is, by the releases that are installed."""
        pins = dict(
            line.split("==")
            for line in (SCRIPTS / "constraints.txt").read_text().splitlines()
            if line.startswith(("nova==", "neutron==", "cinder==", "octavia==", "keystone=="))
        )
        return ", ".join(f"{name} {pins[name]}" for name in ("keystone", "nova", "neutron", "cinder", "octavia"))

    def machines(self) -> dict[str, Held]:
        """Every machine of the project, by name."""
        networks = {network.id: network.name for network in self.user.network.networks()}
        return {
            server.name: Held(
                id=server.id,
                user_data=self.admin.compute.get_server(server.id).user_data or "",  # users do not get it back
                addresses={
                    networks[port.network_id]: port.fixed_ips[0]["ip_address"]
                    for port in self.user.network.ports(device_id=server.id)
                },
                volumes=frozenset(each.volume_id for each in self.user.compute.volume_attachments(server)),
                metadata=dict(server.metadata),
            )
            for server in self.user.compute.servers()
        }

    def state(self, needs: dict[str, tuple[int, int]]) -> State:
        """Everything of the project, in words. ``needs``: tier to the cores and MiB that its machines must have."""
        networks, groups = self._networks(), self._groups()
        servers = {server.id: server for server in self.user.compute.servers()}
        machines = {server.name: self._machine(server, needs) for server in servers.values()}
        balancers = {each.vip_port_id: each for each in self.user.load_balancer.load_balancers()}
        return State(
            machines=machines,
            networks=networks,
            rules=frozenset(self._rule(each, groups, networks) for each in self._rules(groups)),
            members=frozenset(line for each in balancers.values() for line in self._members(each)),
            monitors={
                pool.name: monitor.url_path if monitor.type == "HTTP" else "connection"
                for pool in self.user.load_balancer.pools()
                for monitor in self.user.load_balancer.health_monitors(pool_id=pool.id)
            },
            public=frozenset(
                self._owner(each, servers, balancers) for each in self.user.network.ips(project_id=self.me)
            ),
            together={
                group.name: (group.policies[0] if group.policies else group.policy,
                             frozenset(servers[id_].name for id_ in group.member_ids))
                for group in self.user.compute.server_groups()
            },
        )  # fmt: skip

    @property
    def me(self) -> str:
        """The project's id."""
        return str(self.user.current_project_id)

    def _networks(self) -> dict[str, str | None]:
        found = {}
        for network in self.user.network.networks(project_id=self.me):
            (subnet,) = self.user.network.subnets(network_id=network.id)
            found[network.name] = subnet.cidr
        return found

    def _groups(self) -> dict[str, str]:
        found = self.user.network.security_groups(project_id=self.me)
        return {group.id: group.name for group in found if group.name != "default"}

    def _rules(self, groups: dict[str, str]) -> list[Any]:
        found = self.user.network.security_group_rules(project_id=self.me)
        return [each for each in found if each.security_group_id in groups]

    def _rule(self, each: Any, groups: dict[str, str], networks: dict[str, str | None]) -> str:
        balancers = {cidr: name for name, cidr in networks.items() if name.endswith("-balancer")}
        peer = groups.get(each.remote_group_id) or balancers.get(each.remote_ip_prefix) or each.remote_ip_prefix
        ports = each.port_range_min, each.port_range_max
        return rule(groups[each.security_group_id], each.direction, each.protocol, *ports, peer)

    def _machine(self, server: Any, needs: dict[str, tuple[int, int]]) -> Machine:
        assert server.status == "ACTIVE", f"{server.name} is {server.status}"
        tier = server.metadata["tier"]
        groups = self._groups()
        used = set()
        for port in self.user.network.ports(device_id=server.id):
            (fixed,) = port.fixed_ips
            assert ip_address(fixed["ip_address"]) in ip_network(self.user.network.get_subnet(fixed["subnet_id"]).cidr)
            used.add(frozenset(groups.get(id_, id_) for id_ in port.security_group_ids))
        (mine,) = used or {frozenset[str]()}  # the same on all of its ports
        attached = self.user.compute.volume_attachments(server)
        volumes = [self.user.block_storage.get_volume(each.volume_id) for each in attached]
        assert all(volume.status == "in-use" for volume in volumes)
        cores, memory = needs.get(tier, (0, 0))
        return Machine(
            tier=tier,
            image=self.user.image.get_image(server.image.id).name,
            networks=tuple(server.addresses),  # Nova keeps the order of the ports
            groups=mine,
            volumes={volume.name: volume.size for volume in volumes},
            large_enough=server.flavor.vcpus >= cores and server.flavor.ram >= memory,
        )

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

    def _owner(self, floating: Any, servers: dict[str, Any], balancers: dict[str, Any]) -> str:
        if floating.port_id in balancers:
            return f"balancer {balancers[floating.port_id].name}"
        if not floating.port_id:
            return "nobody"
        port = self.user.network.get_port(floating.port_id)
        return str(servers[port.device_id].name)


def answers() -> bool:
    """Whether a control plane runs here already."""
    try:
        with urlopen(KEYSTONE, timeout=10):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


def folder() -> Path:
    """Where the control plane keeps all that it has: LAB, or a folder below the temporary one."""
    return Path(os.environ.get("LAB") or Path(tempfile.gettempdir()) / "openstack-lab")


def script(where: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the control plane's scripts."""
    return subprocess.run(
        [str(SCRIPTS / name), *arguments],
        env={**os.environ, "LAB": str(where)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
