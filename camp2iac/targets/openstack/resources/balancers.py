"""Octavia: a tier's load balancer, with a listener, a pool and a monitor for each port."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Value, body, call, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import callers, cross_region, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import INSTANCE, LISTENER, LOAD_BALANCER, MEMBER, MONITOR, POOL
from camp2iac.topology.model import Balance

_IDLE = 3_600_000  # ms, an hour
_METHODS = {"round-robin": "ROUND_ROBIN", "least-connections": "LEAST_CONNECTIONS", "source": "SOURCE_IP"}


class _Port(Record, frozen=True):
    """A port of a load balancer. ``member``: the port of the process behind it. ``protocol``: that of the process.

    ``health``: the monitor can request the health path from the process.
    """

    label: str
    name: str
    protocol: Literal["http", "tcp", "udp"]
    member: int
    sticky: str
    health: bool


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The load balancer of a tier, with the resources for each endpoint and for each port that links use."""
    statement = group.tier.balance
    if statement is None:
        return
    made.resource(
        group.file,
        LOAD_BALANCER,
        group.label,
        comment=made.plan(callers.reason(group.tier)),
        origin=statement.span,
        provider=group.provider,
        name=group.name,
        vip_subnet_id=group.balancer_net.subnet(),
    )
    for endpoint in layout.endpoints[group.id]:
        _add_backend(made, group, _add_endpoint(made, layout, group, endpoint), statement.value)
    for listener in (each for each in layout.listeners.get(group.id, ()) if not each.endpoint):
        _add_backend(made, group, _add_listener(made, layout, group, listener), statement.value)


def _add_endpoint(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, endpoint: Endpoint) -> _Port:
    http = endpoint.protocol == "http"
    port = _Port(
        label=names.label(group.id, *endpoint.suffix),
        name="-".join((group.name, *endpoint.suffix)),
        protocol=endpoint.exposure.protocol,
        member=endpoint.listen,
        sticky="HTTP_COOKIE" if http else "SOURCE_IP",
        health=http,
    )
    # With a floating IP, a listener without allowed_cidrs is open to the Internet.
    outside = group.vip_outside or any(each.public for each in layout.endpoints[group.id])
    restricted = outside and not endpoint.public
    headers: dict[str, Value] = {"X-Forwarded-For": "true", "X-Forwarded-Proto": "true"}
    made.resource(
        group.file,
        LISTENER,
        port.label,
        comment=made.plan(f"{endpoint.component.id}, Expose{': as' if endpoint.exposure.outside else ''}"),
        origin=endpoint.exposure.span,
        provider=group.provider,
        name=port.name,
        loadbalancer_id=ref(f"{LOAD_BALANCER}.{group.label}", ".id"),
        protocol="TERMINATED_HTTPS" if endpoint.certificate else endpoint.words,
        protocol_port=endpoint.outside,
        default_tls_container_ref=endpoint.certificate.reference if endpoint.certificate else None,
        allowed_cidrs=_allowed(_inside(layout, group, endpoint)) if restricted else None,
        insert_headers=headers if http else None,
    )
    return port


def _add_listener(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, listener: Listener) -> _Port:
    port = _Port(
        label=names.label(group.id, str(listener.port)),
        name=f"{group.name}-{listener.port}",
        protocol="tcp",
        member=listener.member,
        sticky="SOURCE_IP",
        health=listener.http,
    )
    idle = Attribute("timeout_client_data", _IDLE, comment="Connection pools keep idle connections open.")
    made.resource(
        group.file,
        LISTENER,
        port.label,
        comment="; ".join(made.plan(f"{link.component}, ConnectTo {link.to}") for link in listener.links),
        origin=listener.links[0].span,
        provider=group.provider,
        name=port.name,
        loadbalancer_id=ref(f"{LOAD_BALANCER}.{group.label}", ".id"),
        protocol="TCP",
        protocol_port=listener.port,
        allowed_cidrs=_allowed(_users(layout, group, listener)),
        timeout_client_data=idle,
        timeout_member_data=_IDLE,
    )
    return port


def _inside(layout: OpenStackLayout, group: MachineGroup, endpoint: Endpoint) -> list[Value]:
    """The networks of those who use an endpoint that is not public: the tier's own, and those of its callers."""
    found: list[Value] = [net.subnet("cidr") for net in group.nets]
    for listener in layout.listeners.get(group.id, ()):
        if listener.endpoint and listener.callee == endpoint.component.id and listener.port == endpoint.outside:
            found += _users(layout, group, listener)
    return list(dict.fromkeys(found))


def _users(layout: OpenStackLayout, group: MachineGroup, listener: Listener) -> list[Value]:
    """The networks of a listener's users; for users in other regions, their floating IPs or that of their router."""
    users = [layout.groups[id_] for id_ in sorted(listener.users)]
    nets = {net.label: net for user in users if user.region is group.region for net in user.nets}
    near: list[Value] = [nets[net].subnet("cidr") for net in sorted(nets)]
    abroad = [user for user in users if user.region is not group.region]
    return [*near, *(block for user in abroad for block in cross_region.sources(user))]


def _allowed(cidrs: Sequence[Value]) -> Value:
    """The allowed CIDRs of a listener. Octavia returns them sorted: another order would be a change in each plan."""
    return tuple(cidrs) if len(cidrs) == 1 else call("sort", tuple(cidrs))


def _add_backend(made: ModuleBuilder, group: MachineGroup, port: _Port, balance: Balance) -> None:
    """Pool, monitor and members."""
    made.resource(
        group.file,
        POOL,
        port.label,
        Block("persistence", body=body(type=port.sticky)) if balance.sticky else None,
        provider=group.provider,
        name=port.name,
        listener_id=ref(f"{LISTENER}.{port.label}", ".id"),
        protocol=port.protocol.upper(),
        lb_method=_METHODS[balance.algorithm],
    )
    _add_monitor(made, group, port, balance)
    _add_member(made, group, port)


def _add_monitor(made: ModuleBuilder, group: MachineGroup, port: _Port, balance: Balance) -> None:
    path = balance.health if port.health else None
    made.resource(
        group.file,
        MONITOR,
        port.label,
        comment=made.plan(f"{callers.reason(group.tier)}{': health' if path else ''}"),
        provider=group.provider,
        name=port.name,
        pool_id=ref(f"{POOL}.{port.label}", ".id"),
        type="HTTP" if path else "UDP-CONNECT" if port.protocol == "udp" else "TCP",
        http_method="GET" if path else None,
        url_path=path,
        expected_codes="200" if path else None,
        delay=5,
        timeout=3,
        max_retries=3,
    )


def _add_member(made: ModuleBuilder, group: MachineGroup, port: _Port) -> None:
    why = "Terraform removes the member before it destroys the instance."
    separate = "A resource for each instance, so that scaling does not change the other members."
    made.repeated(
        group.file,
        MEMBER,
        port.label,
        group.first,
        Attribute("depends_on", (ref(f"{INSTANCE}.{group.label}"),), comment=why),
        comment=separate if group.many else "",
        for_each=group.machines,
        provider=group.provider,
        name=group.server_name(),
        pool_id=ref(f"{POOL}.{port.label}", ".id"),
        subnet_id=group.balancer_net.subnet(),
        address=group.port(group.nets[0], "all_fixed_ips[0]"),
        protocol_port=port.member,
    )
