"""Octavia: a balancer for a tier, with a listener, a pool and a monitor for each endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.synth.module import Attribute, Block, Value, body, call, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import cross_region, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net
from camp2iac.topology.model import Balance, Topology

LOAD_BALANCER = "openstack_lb_loadbalancer_v2"
_IDLE = 3_600_000  # ms, an hour
_METHODS = {"round-robin": "ROUND_ROBIN", "least-connections": "LEAST_CONNECTIONS", "source": "SOURCE_IP"}


def subnet(shape: MachineGroup) -> Net:
    """Where the balancer's address is: in a subnet of its own, so that its members' rule can name it."""
    return shape.vip or shape.nets[0]


def blocks(
    shape: MachineGroup,
    endpoints: Sequence[Endpoint],
    doors: Sequence[Listener],
    shapes: Mapping[str, MachineGroup],
    topology: Topology,
    ledger: Ledger,
) -> list[Block]:
    """All of a tier's balancer: listener, pool, monitor and members for each endpoint and for each port for links."""
    file = topology.file
    statement = shape.tier.balance
    if statement is None:
        return []
    balance = ledger.keep(statement, _words(statement.value))
    # with a floating address, everybody comes to a listener that does not say who may
    outside = shape.vip_outside or any(endpoint.public for endpoint in endpoints)
    made = [
        Block(
            "resource",
            (LOAD_BALANCER, shape.label),
            body(
                name=shape.name,
                vip_subnet_id=subnet(shape).subnet(),
            ),
            comment=f"{file}: {shape.id}, Balance",
            origin=statement.span,
        )
    ]
    for endpoint in endpoints:
        made += _endpoint(shape, endpoint, balance, file, restricted=outside and not endpoint.public)
    for door in doors:
        users = [shapes[topology.components[link.component].tier] for link in door.links]
        made += _door(shape, door, users, balance, file)
    return made


def _words(balance: Balance) -> str:
    return "asked by the balancer" if balance.health else "a load balancer"


def _endpoint(shape: MachineGroup, endpoint: Endpoint, balance: Balance, file: str, *, restricted: bool) -> list[Block]:
    label = names.label(shape.id, *endpoint.suffix)
    name = "-".join((shape.name, *endpoint.suffix))
    http = endpoint.protocol == "http"
    protocol = endpoint.protocol.upper()
    headers: dict[str, Value] = {"X-Forwarded-For": "true", "X-Forwarded-Proto": "true"}
    listener = Block(
        "resource",
        ("openstack_lb_listener_v2", label),
        body(
            name=name,
            loadbalancer_id=ref(f"{LOAD_BALANCER}.{shape.label}", ".id"),
            protocol="TERMINATED_HTTPS" if endpoint.certificate else protocol,
            protocol_port=endpoint.outside,
            default_tls_container_ref=endpoint.certificate,
            allowed_cidrs=_allowed([net.subnet("cidr") for net in shape.nets]) if restricted else None,
            insert_headers=headers if http else None,
        ),
        comment=f"{file}: {endpoint.component.id}, Expose{': as' if endpoint.exposure.outside else ''}",
        origin=endpoint.exposure.span,
    )
    sticky = "HTTP_COOKIE" if http else "SOURCE_IP"
    pool = Block(
        "resource",
        ("openstack_lb_pool_v2", label),
        body(
            Block("persistence", body=body(type=sticky)) if balance.sticky else None,
            name=name,
            listener_id=ref(f"openstack_lb_listener_v2.{label}", ".id"),
            protocol=protocol,
            lb_method=_METHODS[balance.algorithm],
        ),
    )
    monitor = _monitor(shape, endpoint.protocol, balance, label, name, file)
    return [listener, pool, monitor, _member(shape, endpoint.listen, label)]


def _allowed(found: Sequence[Value]) -> Value:
    """Who may ask a listener. Octavia gives several networks back sorted: another order is a change at each plan."""
    cidrs = tuple(found)
    return cidrs if len(cidrs) == 1 else call("sort", cidrs)


def _door(
    shape: MachineGroup, door: Listener, users: Sequence[MachineGroup], balance: Balance, file: str
) -> list[Block]:
    label, name = names.label(shape.id, str(door.port)), f"{shape.name}-{door.port}"
    nets = {net.label: net for user in users if user.region is shape.region for net in user.nets}
    abroad = {user.id: user for user in users if user.region is not shape.region}
    allowed: list[Value] = [nets[net].subnet("cidr") for net in sorted(nets)]
    allowed += [block for id_ in sorted(abroad) for block in cross_region.sources(abroad[id_])]
    who = "; ".join(f"{file}: {link.component}, ConnectTo {door.service}" for link in door.links)
    listener = Block(
        "resource",
        ("openstack_lb_listener_v2", label),
        body(
            name=name,
            loadbalancer_id=ref(f"{LOAD_BALANCER}.{shape.label}", ".id"),
            protocol="TCP",
            protocol_port=door.port,
            allowed_cidrs=_allowed(allowed),
            timeout_client_data=Attribute(
                "timeout_client_data", _IDLE, comment="Connections that are kept are idle for long."
            ),
            timeout_member_data=_IDLE,
        ),
        comment=who,
        origin=door.links[0].span,
    )
    pool = Block(
        "resource",
        ("openstack_lb_pool_v2", label),
        body(
            Block("persistence", body=body(type="SOURCE_IP")) if balance.sticky else None,
            name=name,
            listener_id=ref(f"openstack_lb_listener_v2.{label}", ".id"),
            protocol="TCP",
            lb_method=_METHODS[balance.algorithm],
        ),
    )
    return [listener, pool, _monitor(shape, "tcp", balance, label, name, file), _member(shape, door.port, label)]


def _monitor(shape: MachineGroup, protocol: str, balance: Balance, label: str, name: str, file: str) -> Block:
    asks = balance.health if protocol == "http" else None
    kind = "HTTP" if asks else "UDP-CONNECT" if protocol == "udp" else "TCP"
    return Block(
        "resource",
        ("openstack_lb_monitor_v2", label),
        body(
            name=name,
            pool_id=ref(f"openstack_lb_pool_v2.{label}", ".id"),
            type=kind,
            http_method="GET" if asks else None,
            url_path=asks,
            expected_codes="200" if asks else None,
            delay=5,
            timeout=3,
            max_retries=3,
        ),
        comment=f"{file}: {shape.id}, Balance{': health' if asks else ''}",
    )


def _member(shape: MachineGroup, port: int, label: str) -> Block:
    return Block(
        "resource",
        ("openstack_lb_member_v2", label),
        body(
            Attribute(
                "depends_on",
                (ref(f"openstack_compute_instance_v2.{shape.label}"),),
                comment="A machine leaves the balancer before it is destroyed.",
            ),
            for_each=shape.machines,
            name=shape.server_name(),
            pool_id=ref(f"openstack_lb_pool_v2.{label}", ".id"),
            subnet_id=subnet(shape).subnet(),
            address=shape.port(shape.nets[0], "all_fixed_ips[0]"),
            protocol_port=port,
        ),
        comment="One resource for each machine, not one list of all: scaling changes nothing that is there."
        if shape.many
        else "",
        first=shape.first,
    )
