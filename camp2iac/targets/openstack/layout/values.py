"""Values of the plan as Terraform's: text is data, references are what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from camp2iac.synth.module import Ref, Template, Value, call, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.references import references, tier_of
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import PASSWORD
from camp2iac.topology.model import Reference, TextValue, Topology


class Known(Protocol):
    """What references are filled in from: the facts of a machine, say."""

    @property
    def ports(self) -> Mapping[str, int]:
        """Component, service or tier to the port where it listens."""

    @property
    def passwords(self) -> Mapping[str, Value]:
        """Service or tier to its password."""

    @property
    def members(self) -> Mapping[str, Value]:
        """What IP() and IPALL() name to its addresses: :func:`members`."""


def value(text: TextValue, topology: Topology, facts: Known) -> Value:
    """A text with its references filled in: a plain ``str`` where there are none.

    What a reference names is there: the topology's checks and this target's have seen to that.
    """
    parts: list[Value] = [part if isinstance(part, str) else _reference(part, topology, facts) for part in text.parts]
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return parts[0] if len(parts) == 1 else Template(tuple(parts))


def has_value(text: TextValue, facts: Known) -> bool:
    """Whether everything that a text refers to is there."""
    for reference in text.references:
        match reference.kind:
            case "PORT" if reference.name not in facts.ports:
                return False
            case "PASSWORD" if reference.name not in facts.passwords:
                return False
            case "IP" | "IPALL" if _key(reference) not in facts.members:
                return False
    return True


def _reference(reference: Reference, topology: Topology, facts: Known) -> Value:
    match reference.kind:
        case "parameter":
            return parameter(topology, reference.name)
        case "secret":
            return secret(topology, reference.name)
        case "PORT":
            return str(facts.ports[reference.name])
        case "PASSWORD":
            return facts.passwords[reference.name]
    addresses = facts.members[_key(reference)]
    if isinstance(addresses, tuple):
        return addresses[0]
    assert isinstance(addresses, Ref)  # noqa: S101 - what MachineGroup.addresses gives
    return ref(addresses.address, "[0]") if reference.kind == "IP" else call("join", ",", addresses)


def members(topology: Topology, groups: Mapping[str, MachineGroup], region: Region) -> Mapping[str, Value]:
    """What IP() and IPALL() of the plan mean in a region, each to the addresses of all slots of its tier.

    A key is a tier's id, a service's or component's, or one of these with ``/`` and a network.
    """
    found: dict[str, Value] = {
        id_: group.addresses(group.nets[0] if group.region is region else None) for id_, group in groups.items()
    }
    for reference in references(topology):
        if reference.kind in ("IP", "IPALL"):
            group = groups.get(tier_of(topology, reference.name))
            if group is None:  # CAMP406
                continue
            net = next((net for net in group.nets if net.id == reference.network), group.nets[0])
            found[_key(reference)] = group.addresses(net if group.region is region else None)
    return found


def _key(reference: Reference) -> str:
    return f"{reference.name}/{reference.network}" if reference.network else reference.name


def parameter(topology: Topology, name: str) -> Ref:
    """The variable of a parameter."""
    return ref(f"var.{names.variable(topology, name)}")


def secret(topology: Topology, name: str) -> Ref:
    """A secret: generated, or the variable that asks for it."""
    if topology.secrets[name].length is None:
        return ref(f"var.{names.variable(topology, name)}")
    return password(name)


def password(id_: str) -> Ref:
    """The generated secret, or the generated password of the service, of that id."""
    return ref(f"{PASSWORD}.{names.label(id_)}", ".result")
