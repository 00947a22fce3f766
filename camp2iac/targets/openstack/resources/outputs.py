"""Outputs: where the application answers, and where its machines are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.synth.module import Block, Value, body, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resources.balancers import LOAD_BALANCER
from camp2iac.targets.openstack.resources.ports import PORT
from camp2iac.targets.openstack.resources.public_addresses import FLOATING
from camp2iac.topology.model import Service, Topology


def blocks(shape: MachineGroup, endpoints: Sequence[Endpoint], file: str) -> list[Block]:
    """The outputs of one tier."""
    return [*_urls(shape, endpoints, file), _addresses(shape)]


def _urls(shape: MachineGroup, endpoints: Sequence[Endpoint], file: str) -> list[Block]:
    """One for each endpoint: the first of a component is ``NAME_url``, others have their port in the name."""
    made = []
    named: set[str] = set()
    for endpoint in endpoints:
        if not endpoint.public and not endpoint.balanced and not endpoint.front:
            continue
        before, after = endpoint.url()
        each = shape.many and not endpoint.balanced
        stem = names.label(endpoint.component.id, "urls" if each else "url")
        name = stem if stem not in named else f"{stem}_{endpoint.outside}"
        named.add(stem)
        inside = shape.address(shape) if endpoint.front else ref(f"{LOAD_BALANCER}.{shape.label}", ".vip_address")
        address: Value = inside if not endpoint.public else ref(f"{FLOATING}.{shape.label}", ".address")
        value: Value = template(before, address, after)
        if each:
            one = template(before, expr("floating.address"), after)
            value = expr("{ for name, floating in ", ref(f"{FLOATING}.{shape.label}"), " : name => ", one, " }")
            if shape.outside:  # there are more addresses than machines
                one = template(before, ref(f"{FLOATING}.{shape.label}", "[name].address"), after)
                value = expr("{ for name in keys(", shape.machines, ") : name => ", one, " }")
        what = "Where the application answers" if endpoint.public else "Where the application answers inside"
        made.append(
            Block(
                "output",
                (name,),
                body(description=f"{what}, by machine." if each else f"{what}.", value=value),
                comment=f"{file}: {endpoint.reason}",
                origin=endpoint.exposure.span,
            )
        )
    return made


def passwords(topology: Topology, generated: Iterable[str]) -> list[Block]:
    """The generated passwords that people need: of products that they log in to."""
    return [
        Block(
            "output",
            (names.label(id_, "password"),),
            body(
                description=f"The first password of {_user(service)} at {service.name}: terraform output -raw "
                + names.label(id_, "password"),
                value=ref(f"random_password.{names.label(id_)}", ".result"),
                sensitive=True,
            ),
            comment=f"{topology.file}: {id_}, {service.product.title}",
            origin=service.span,
        )
        for id_, service in ((id_, topology.services[id_]) for id_ in sorted(generated))
        if service.product.login
    ]


def _user(service: Service) -> str:
    statement = service.attributes.get("user")
    return (statement.value.literal if statement else None) or "its user"


def _addresses(shape: MachineGroup) -> Block:
    net = shape.nets[0]
    where = f" on {net.id}" if net.span else ""
    port = ref(f"{PORT}.{shape.label}_{net.label}")
    if not shape.many:
        return Block(
            "output",
            (f"{shape.label}_address",),
            body(description=f"The address of the tier {shape.id}{where}.", value=ref(f"local.{shape.local(net)}")),
            origin=shape.tier.span,
        )
    if shape.every_slot:
        address = ref(port.address, "[name].all_fixed_ips[0]")
        value = expr("{ for name in keys(", shape.machines, ") : name => ", address, " }")
    else:
        value = expr("{ for name, port in ", port, " : name => port.all_fixed_ips[0] }")
    return Block(
        "output",
        (f"{shape.label}_addresses",),
        body(description=f"Machines of the tier {shape.id} and their addresses{where}, for SSH.", value=value),
        origin=shape.tier.span,
    )
