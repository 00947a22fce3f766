"""What the machines are told: ports, passwords, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Value, body, ref
from camp2iac.targets.openstack.layout import cross_region, names
from camp2iac.targets.openstack.layout.listeners import Listener, doors
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, references, services, tier_of
from camp2iac.targets.openstack.layout.values import members, value
from camp2iac.targets.openstack.machine.contract import Facts
from camp2iac.targets.openstack.resources.balancers import LOAD_BALANCER, subnet
from camp2iac.topology.model import Component, Service, Tier, Topology

LOCAL = "127.0.0.1"


def ports(topology: Topology) -> Mapping[str, int]:
    """Where services and components listen; a tier's name means its first that listens. Some listen nowhere."""
    found: dict[str, int] = {}
    own = {c.id: port for c in topology.components.values() if (port := _component_port(topology, c)) is not None}
    for tier in topology.tiers.values():
        inside = [port for service in tier.services if (port := _service_port(topology, service, own)) is not None]
        if inside:
            found[tier.id] = inside[0]
    for id_ in topology.services:
        if (port := _service_port(topology, id_, own)) is not None:
            found[id_] = port
    return {**found, **own}


def _component_port(topology: Topology, component: Component) -> int | None:
    for exposure in sorted(component.exposures, key=lambda e: e.protocol != "http"):
        if exposure.port:
            return exposure.port.value
    option = component.options.get("port")
    if option and re.fullmatch("[0-9]{1,5}", option.value.literal or ""):
        return int(option.value.literal or 0)
    return topology.services[component.host].product.port


def _service_port(topology: Topology, id_: str, components: Mapping[str, int]) -> int | None:
    service = topology.services[id_]
    fronts = service.attributes.get("ports") if service.product.role == "balancer" else None
    if fronts and (first := re.match("[0-9]{1,5}", fronts.value.literal or "")):
        return int(first[0])
    if service.href:
        try:
            given = urlsplit(service.href.value).port
        except ValueError:
            given = None
        return given or service.product.port
    hosted = [components[component] for component in service.components if component in components]
    return hosted[0] if hosted else service.product.port


def generated(topology: Topology) -> frozenset[str]:
    """The services whose password is to be generated: somebody logs in, and the plan gives none."""
    asked = {reference.name for reference in references(topology) if reference.kind == "PASSWORD"}
    return frozenset(
        service.id
        for service in topology.services.values()
        if (service.product.login or (service.product.link is not None and service.product.link.password))
        and not service.href
        and "password" not in service.attributes
        and (service.product.login or service.id in asked or service.tier in asked or topology.users(service.id))
    )


def passwords(topology: Topology, made: frozenset[str]) -> Mapping[str, Value]:
    """The password of each service that has one (``made``: generated); a tier's name means its first service's."""
    found: dict[str, Value] = {id_: ref(f"random_password.{names.label(id_)}", ".result") for id_ in sorted(made)}
    nothing = Facts("", "", None, None, {}, {}, {}, {}, found, {})
    for service in topology.services.values():
        if given := service.attributes.get("password"):
            found[service.id] = value(given.value, topology, nothing)
    for tier in topology.tiers.values():
        inside = [service for service in tier.services if service in found]
        if inside:
            found.setdefault(tier.id, found[inside[0]])
    return found


def password(service: Service) -> Block:
    """A generated password, of letters and digits: safe in a URL as it stands."""
    return Block(
        "resource",
        ("random_password", names.label(service.id)),
        body(length=32, special=False),
        comment=f"The password of {service.name}, and of nobody else. Letters and digits: safe in a URL as it stands.",
        origin=service.span,
    )


class Common(Record, frozen=True):
    """What is the same for the machines of all tiers; ``members`` for those of a region, by its alias.

    ``behind``: tiers to the HAProxy tier that stands before each. ``doors``: tiers to the ports for links that their
    balancers, or those HAProxy tiers, have.
    """

    topology: Topology
    shapes: Mapping[str, MachineGroup]
    ports: Mapping[str, int]
    passwords: Mapping[str, Value]
    generated: frozenset[str]
    members: Mapping[str, Mapping[str, Value]]
    behind: Mapping[str, str]
    doors: Mapping[str, tuple[Listener, ...]]

    def door(self, user: str, service: str) -> Listener | None:
        """The port by which the components of a tier reach a service; None where they reach its machine."""
        found = (door for door in self.doors.get(self.topology.services[service].tier, ()) if door.service == service)
        return next((door for door in found if user in door.users), None)


def common(topology: Topology, shapes: Mapping[str, MachineGroup], before: Mapping[str, Tier]) -> Common:
    """Ports, passwords and addresses by the ids that plans refer to them by.

    ``before``: HAProxy tiers to the tiers, as the plan has them, that they stand before.
    """
    made, listening = generated(topology), ports(topology)
    regions = {shape.region.alias: shape.region for shape in shapes.values()}
    real = {**topology.tiers, **{tier.id: tier for tier in before.values()}}
    where = {id_: shape.region for id_, shape in shapes.items()}
    found = {id_: doors(topology, tier, listening, where) for id_, tier in real.items()}
    return Common(
        topology,
        shapes,
        listening,
        passwords(topology, made),
        made,
        {alias: members(topology, shapes, region) for alias, region in regions.items()},
        {tier.id: id_ for id_, tier in before.items()},
        {id_: of_tier for id_, of_tier in found.items() if of_tier},
    )


def facts(shape: MachineGroup, common: Common, os: str) -> Facts:
    """What the machines of one tier are told."""
    topology, shapes = common.topology, common.shapes
    linked = {link.service for component in topology.tier_components(shape.id) for link in component.links}
    return Facts(
        app=shape.app,
        os=os,
        address=_address(shape, shapes, topology),
        gateway=shape.nets[0].subnet("gateway_ip") if len(shape.nets) > 1 else None,
        hosts={id_: _host(shape, topology.services[id_], common) for id_ in sorted(linked)},
        members=common.members[shape.region.alias],
        clients={service.id: _clients(service, shape, common) for service in services(topology, shape)},
        volumes={statement.value.name: volume(shape, statement.value.name) for statement in shape.volumes},
        passwords=common.passwords,
        ports=common.ports,
        object_store=shape.settings.object_store,
        on_change=shape.settings.change,
    )


def volume(shape: MachineGroup, name: str) -> Value:
    """A volume's id."""
    return shape.own("openstack_blockstorage_volume_v3", names.label(shape.id, name))


def _address(shape: MachineGroup, shapes: Mapping[str, MachineGroup], topology: Topology) -> Value:
    """A machine's own address, where everybody comes by its first network.

    The same of one machine and of each of several: else the first would be made anew when a second one comes.
    """
    users = [
        shapes[topology.components[link.component].tier]
        for service in shape.tier.services
        for link in topology.users(service)
        if topology.components[link.component].tier in shapes
    ]
    elsewhere = any(shape.toward(user) is not shape.nets[0] for user in users if user is not shape)
    elsewhere = elsewhere or any(
        reference.network not in (None, shape.nets[0].id)
        for reference in references(topology)
        if reference.kind in ("IP", "IPALL") and tier_of(topology, reference.name) == shape.id
    )
    if elsewhere:
        return None
    return shape.port(shape.nets[0], "all_fixed_ips[0]") if shape.many else shape.address(shape)


def _host(user: MachineGroup, service: Service, common: Common) -> Value:
    if service.href:
        try:
            return urlsplit(service.href.value).hostname or service.href.value
        except ValueError:
            return service.href.value
    if service.tier == user.id:
        return LOCAL
    other = common.shapes[service.tier]
    if common.door(user.id, service.id) and service.tier not in common.behind:
        if user.region is not other.region:
            return cross_region.balancer(other)
        return ref(f"{LOAD_BALANCER}.{other.label}", ".vip_address")
    if common.door(user.id, service.id):
        other = common.shapes[common.behind[service.tier]]
    return other.address(user)


def _clients(service: Service, shape: MachineGroup, common: Common) -> tuple[Value, ...]:
    """The subnets that users speak from: one that they share with the service, else their way out; or a balancer's."""
    found: dict[str, Value] = {}
    for link in common.topology.users(service.id):
        user = common.shapes.get(common.topology.components[link.component].tier)
        if user is not None and common.door(user.id, service.id):
            found[subnet(shape).label] = subnet(shape).subnet("cidr")
        elif user is not None and user.region is not shape.region:
            found |= {f"{user.label}/{n:04}": block for n, block in enumerate(cross_region.sources(user))}
        elif user is not None and user is not shape:
            net = shape.toward(user)
            own = net if net in user.nets else user.nets[0]
            found[own.label] = own.subnet("cidr")
    return tuple(found[label] for label in sorted(found))


def secrets(topology: Topology) -> list[Block]:
    """The generated secrets of the plan."""
    return [
        Block(
            "resource",
            ("random_password", names.label(secret.id)),
            body(length=Attribute("length", secret.length, origin=secret.span), special=False),
            comment=f"{topology.file}: secret {secret.id}. {secret.description}",
            origin=secret.span,
        )
        for secret in topology.secrets.values()
        if secret.length is not None
    ]
