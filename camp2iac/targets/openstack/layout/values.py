"""Values of the plan as Terraform values. Text is data, and references become expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from camp2iac.synth.module import Ref, Value, call, ref
from camp2iac.targets.kit import resolve
from camp2iac.targets.kit.references import references, tier_of
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import PASSWORD
from camp2iac.topology.model import Reference, TextValue, Topology


class Known(Protocol):
    """The values of references, for example for a tier."""

    @property
    def ports(self) -> Mapping[str, int]:
        """Maps components, services and tiers to their ports."""

    @property
    def passwords(self) -> Mapping[str, Value]:
        """Maps services and tiers to their passwords."""

    @property
    def members(self) -> Mapping[str, Value]:
        """Maps the arguments of IP() and IPALL() to addresses: :func:`members`."""


def value(text: TextValue, topology: Topology, facts: Known) -> Value:
    """A value with its references resolved; a plain ``str`` if there are none.

    All references are valid, because the checks of the topology and of this target run first.
    """
    return resolve(text, topology, lambda reference: _reference(reference, topology, facts)).value


def has_value(text: TextValue, facts: Known) -> bool:
    """Whether all references of a value can be resolved."""
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
    assert isinstance(addresses, Ref)  # noqa: S101 - MachineGroup.addresses returns it
    return ref(addresses.address, "[0]") if reference.kind == "IP" else call("join", ",", addresses)


def members(topology: Topology, groups: Mapping[str, MachineGroup], region: Region) -> Mapping[str, Value]:
    """The values of IP() and IPALL() in a region: maps each argument to the addresses of all slots of its tier.

    A key is the id of a tier, service or component, or one of these with ``/`` and a network.
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
    """A secret: the generated one, or its variable."""
    if topology.secrets[name].length is None:
        return ref(f"var.{names.variable(topology, name)}")
    return password(name)


def password(id_: str) -> Ref:
    """The generated secret with an id, or the generated password of the service with it."""
    return ref(f"{PASSWORD}.{names.label(id_)}", ".result")
