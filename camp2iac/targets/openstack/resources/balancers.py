"""Octavia: a tier's load balancer, with a listener, a pool and a monitor for each port."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Value, body, call, ref
from camp2iac.targets.openstack.layout import cross_region, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import INSTANCE, LISTENER, LOAD_BALANCER, MEMBER, MONITOR, POOL
from camp2iac.topology.model import Balance

_IDLE = 3_600_000  # ms, an hour
_METHODS = {"round-robin": "ROUND_ROBIN", "least-connections": "LEAST_CONNECTIONS", "source": "SOURCE_IP"}


class _Port(Record, frozen=True):
    """A port of a load balancer. ``member``: the port of the process behind it. ``protocol``: that of the process."""

    label: str
    name: str
    protocol: Literal["http", "tcp", "udp"]
    member: int
    sticky: str


def blocks(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The load balancer of a tier, with the blocks for each endpoint and for each port that links use."""
    statement = group.tier.balance
    if statement is None:
        return []
    made = [
        Block(
            "resource",
            (LOAD_BALANCER, group.label),
            body(name=group.name, vip_subnet_id=group.balancer_net.subnet()),
            comment=f"{layout.file}: {group.id}, Balance",
            origin=statement.span,
        )
    ]
    for endpoint in layout.endpoints[group.id]:
        made += _endpoint(layout, group, endpoint, statement.value)
    for listener in layout.listeners.get(group.id, ()):
        made += _links(layout, group, listener, statement.value)
    return made


def _endpoint(layout: OpenStackLayout, group: MachineGroup, endpoint: Endpoint, balance: Balance) -> list[Block]:
    http = endpoint.protocol == "http"
    port = _Port(
        label=names.label(group.id, *endpoint.suffix),
        name="-".join((group.name, *endpoint.suffix)),
        protocol=endpoint.exposure.protocol,
        member=endpoint.listen,
        sticky="HTTP_COOKIE" if http else "SOURCE_IP",
    )
    # With a floating IP, a listener without allowed_cidrs is open to the Internet.
    outside = group.vip_outside or any(each.public for each in layout.endpoints[group.id])
    restricted = outside and not endpoint.public
    headers: dict[str, Value] = {"X-Forwarded-For": "true", "X-Forwarded-Proto": "true"}
    listener = Block(
        "resource",
        (LISTENER, port.label),
        body(
            name=port.name,
            loadbalancer_id=ref(f"{LOAD_BALANCER}.{group.label}", ".id"),
            protocol="TERMINATED_HTTPS" if endpoint.certificate else endpoint.words,
            protocol_port=endpoint.outside,
            default_tls_container_ref=endpoint.certificate,
            allowed_cidrs=_allowed([net.subnet("cidr") for net in group.nets]) if restricted else None,
            insert_headers=headers if http else None,
        ),
        comment=f"{layout.file}: {endpoint.component.id}, Expose{': as' if endpoint.exposure.outside else ''}",
        origin=endpoint.exposure.span,
    )
    return [listener, *_behind(layout, group, port, balance)]


def _links(layout: OpenStackLayout, group: MachineGroup, listener: Listener, balance: Balance) -> list[Block]:
    port = _Port(
        label=names.label(group.id, str(listener.port)),
        name=f"{group.name}-{listener.port}",
        protocol="tcp",
        member=listener.port,
        sticky="SOURCE_IP",
    )
    made = Block(
        "resource",
        (LISTENER, port.label),
        body(
            name=port.name,
            loadbalancer_id=ref(f"{LOAD_BALANCER}.{group.label}", ".id"),
            protocol="TCP",
            protocol_port=listener.port,
            allowed_cidrs=_allowed(_users(layout, group, listener)),
            timeout_client_data=Attribute(
                "timeout_client_data", _IDLE, comment="Connection pools keep idle connections open."
            ),
            timeout_member_data=_IDLE,
        ),
        comment="; ".join(f"{layout.file}: {link.component}, ConnectTo {listener.service}" for link in listener.links),
        origin=listener.links[0].span,
    )
    return [made, *_behind(layout, group, port, balance)]


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


def _behind(layout: OpenStackLayout, group: MachineGroup, port: _Port, balance: Balance) -> list[Block]:
    """Pool, monitor and members."""
    pool = Block(
        "resource",
        (POOL, port.label),
        body(
            Block("persistence", body=body(type=port.sticky)) if balance.sticky else None,
            name=port.name,
            listener_id=ref(f"{LISTENER}.{port.label}", ".id"),
            protocol=port.protocol.upper(),
            lb_method=_METHODS[balance.algorithm],
        ),
    )
    return [pool, _monitor(layout, group, port, balance), _member(group, port)]


def _monitor(layout: OpenStackLayout, group: MachineGroup, port: _Port, balance: Balance) -> Block:
    asks = balance.health if port.protocol == "http" else None
    return Block(
        "resource",
        (MONITOR, port.label),
        body(
            name=port.name,
            pool_id=ref(f"{POOL}.{port.label}", ".id"),
            type="HTTP" if asks else "UDP-CONNECT" if port.protocol == "udp" else "TCP",
            http_method="GET" if asks else None,
            url_path=asks,
            expected_codes="200" if asks else None,
            delay=5,
            timeout=3,
            max_retries=3,
        ),
        comment=f"{layout.file}: {group.id}, Balance{': health' if asks else ''}",
    )


def _member(group: MachineGroup, port: _Port) -> Block:
    return Block(
        "resource",
        (MEMBER, port.label),
        body(
            Attribute(
                "depends_on",
                (ref(f"{INSTANCE}.{group.label}"),),
                comment="Terraform removes the member before it destroys the instance.",
            ),
            for_each=group.machines,
            name=group.server_name(),
            pool_id=ref(f"{POOL}.{port.label}", ".id"),
            subnet_id=group.balancer_net.subnet(),
            address=group.port(group.nets[0], "all_fixed_ips[0]"),
            protocol_port=port.member,
        ),
        comment="A resource for each instance, so that scaling does not change the other members."
        if group.many
        else "",
        first=group.first,
    )
