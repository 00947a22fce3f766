"""Instances, load balancers and floating IPs in a cloud's APIs, in the form that roots boots."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lab.region import Region
from roots.balancer import Listener, Monitor
from roots.machine import Machine, Port

ANYBODY = (None, "0.0.0.0/0")


def machines(region: Region, order: Mapping[str, Sequence[str]]) -> dict[str, Machine]:
    """Every server by its name in the plan: user data from Nova, ports from Neutron, volumes from Cinder.

    ``order``: each server's id to its ports, first to last, which Nova does not tell.
    """
    user = region.user
    networks = {network.id: network.name for network in user.network.networks()}
    subnets = {subnet.id: subnet for subnet in user.network.subnets()}
    attached: dict[str, list[str]] = {}
    for volume in user.block_storage.volumes():
        for each in volume.attachments:
            attached.setdefault(each["server_id"], []).append(volume.id)
    found = {}
    for server in user.compute.servers():
        ports = {port.id: port for port in user.network.ports(device_id=server.id)}
        own = []
        for port in sorted(ports.values(), key=lambda port: order[server.id].index(port.id)):
            (fixed,) = port.fixed_ips
            subnet = subnets[fixed["subnet_id"]]
            where = networks[port.network_id], fixed["ip_address"], subnet.cidr, subnet.gateway_ip, port.mac_address
            own.append(Port(*where))
        data = region.admin.compute.get_server(server.id).user_data  # users do not get it back
        name = server.name.removeprefix(f"{server.metadata['application']}-")
        volumes = tuple(sorted(attached.get(server.id, ())))
        found[name] = Machine(name, server.metadata["tier"], base64.b64decode(data).decode(), tuple(own), volumes)
    return dict(sorted(found.items()))


def listeners(region: Region) -> list[Listener]:
    """What answers at floating IPs: Octavia's listeners, and the ports that instances open to everyone."""
    return [*_balanced(region), *_direct(region)]


def _balanced(region: Region) -> Iterator[Listener]:
    octavia, neutron = region.user.load_balancer, region.user.network
    for balancer in octavia.load_balancers():
        addresses = [each.floating_ip_address for each in neutron.ips(port_id=balancer.vip_port_id)]
        for listener in octavia.listeners(load_balancer_id=balancer.id):
            pool = octavia.get_pool(listener.default_pool_id)
            members = {each.name: (each.address, each.protocol_port) for each in octavia.members(pool)}
            monitors = [_monitor(each) for each in octavia.health_monitors(pool_id=pool.id)]
            for address in addresses or [balancer.vip_address]:
                yield Listener(
                    address,
                    listener.protocol_port,
                    listener.protocol,
                    members,
                    pool.lb_algorithm,
                    (pool.session_persistence or {}).get("type", ""),
                    monitors[0] if monitors else None,
                )


def _monitor(each: Any) -> Monitor:
    path = each.url_path or "" if each.type == "HTTP" else ""
    return Monitor(path, each.expected_codes or "", each.delay, each.timeout, each.max_retries)


def _direct(region: Region) -> Iterator[Listener]:
    neutron = region.user.network
    servers = {server.id: server.name for server in region.user.compute.servers()}
    for floating in neutron.ips(project_id=region.me):
        port = neutron.get_port(floating.port_id) if floating.port_id else None
        if port is None or port.device_id not in servers:
            continue
        rules = [
            rule
            for group in port.security_group_ids
            for rule in neutron.security_group_rules(
                security_group_id=group, direction="ingress", protocol="tcp", ethertype="IPv4"
            )
        ]
        for rule in rules:
            if rule.remote_group_id is None and rule.remote_ip_prefix in ANYBODY:
                for number in range(rule.port_range_min, rule.port_range_max + 1):
                    member = {servers[port.device_id]: (floating.fixed_ip_address, number)}
                    yield Listener(floating.floating_ip_address, number, "TCP", member)
