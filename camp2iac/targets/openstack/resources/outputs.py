"""Outputs: the application's URLs, the instances' addresses, and initial passwords."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.values import password
from camp2iac.targets.openstack.resource_types import FLOATING_IP, LOAD_BALANCER, PORT
from camp2iac.topology.model import Service


def blocks(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The outputs of one tier."""
    return [*_urls(layout, group), _addresses(group)]


def _urls(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """An output for each endpoint: ``NAME_url`` for the first of a component, with the port in the name for others."""
    made = []
    named: set[str] = set()
    for endpoint in layout.endpoints[group.id]:
        if not endpoint.public and not endpoint.balanced and not endpoint.front:
            continue
        each = group.many and not endpoint.balanced
        stem = names.label(endpoint.component.id, "urls" if each else "url")
        name = stem if stem not in named else f"{stem}_{endpoint.outside}"
        named.add(stem)
        what = f"{'' if endpoint.public else 'internal '}URL{'s' if each else ''} of {endpoint.component.id}"
        what = what[0].upper() + what[1:]
        value = _url_by_machine(group, endpoint) if each else _url(group, endpoint)
        made.append(
            Block(
                "output",
                (name,),
                body(description=f"{what}, by instance." if each else f"{what}.", value=value),
                comment=f"{layout.file}: {endpoint.reason}",
                origin=endpoint.exposure.span,
            )
        )
    return made


def _url(group: MachineGroup, endpoint: Endpoint) -> Value:
    before, after = endpoint.url()
    if endpoint.public:
        return template(before, ref(f"{FLOATING_IP}.{group.label}", ".address"), after)
    if endpoint.front:
        return template(before, group.address(group), after)
    return template(before, ref(f"{LOAD_BALANCER}.{group.label}", ".vip_address"), after)


def _url_by_machine(group: MachineGroup, endpoint: Endpoint) -> Value:
    before, after = endpoint.url()
    if group.outside:  # more floating IPs than instances
        one = template(before, ref(f"{FLOATING_IP}.{group.label}", "[name].address"), after)
        return expr("{ for name in keys(", group.machines, ") : name => ", one, " }")
    one = template(before, expr("floating.address"), after)
    return expr("{ for name, floating in ", ref(f"{FLOATING_IP}.{group.label}"), " : name => ", one, " }")


def passwords(layout: OpenStackLayout) -> list[Block]:
    """The generated passwords of products that people log in to."""
    return [
        Block(
            "output",
            (names.label(id_, "password"),),
            body(
                description=f"Initial password of {_user(service)}{service.name}. To show it: terraform output -raw "
                + names.label(id_, "password"),
                value=password(id_),
                sensitive=True,
            ),
            comment=f"{layout.file}: {id_}, {service.product.title}",
            origin=service.span,
        )
        for id_, service in ((id_, layout.topology.services[id_]) for id_ in sorted(layout.generated))
        if service.product.login
    ]


def _user(service: Service) -> str:
    statement = service.attributes.get("user")
    user = statement.value.literal if statement else None
    return f"the user {user} of " if user else ""


def _addresses(group: MachineGroup) -> Block:
    net = group.nets[0]
    where = f" on the network {net.id}" if net.span else ""
    port = ref(f"{PORT}.{group.label}_{net.label}")
    if not group.many:
        return Block(
            "output",
            (f"{group.label}_address",),
            body(
                description=f"Address of the tier {group.id}{where}, for SSH.",
                value=ref(f"local.{group.local(net)}"),
            ),
            origin=group.tier.span,
        )
    if group.every_slot:
        address = ref(port.address, "[name].all_fixed_ips[0]")
        value = expr("{ for name in keys(", group.machines, ") : name => ", address, " }")
    else:
        value = expr("{ for name, port in ", port, " : name => port.all_fixed_ips[0] }")
    return Block(
        "output",
        (f"{group.label}_addresses",),
        body(description=f"Addresses of the tier {group.id}{where}, by instance, for SSH.", value=value),
        origin=group.tier.span,
    )
