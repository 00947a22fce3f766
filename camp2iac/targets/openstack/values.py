"""Values of the plan as Terraform's: text is data, references are what they stand for."""

from __future__ import annotations

from camp2iac.synth.module import Ref, Template, Value, call, ref
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.machine.contract import Facts
from camp2iac.topology.model import Reference, Text, Topology


def value(text: Text, topology: Topology, facts: Facts) -> Value:
    """A text with its references filled in: a plain ``str`` where there are none."""
    parts: list[Value] = [part if isinstance(part, str) else _reference(part, topology, facts) for part in text.parts]
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return parts[0] if len(parts) == 1 else Template(tuple(parts))


def parameter(topology: Topology, name: str) -> Ref:
    """The variable of a parameter."""
    return ref(f"var.{names.variable(topology, name)}")


def secret(topology: Topology, name: str) -> Ref:
    """A secret: generated, or the variable that asks for it."""
    if topology.secrets[name].length is None:
        return ref(f"var.{names.variable(topology, name)}")
    return ref(f"random_password.{names.label(name)}", ".result")


def _reference(reference: Reference, topology: Topology, facts: Facts) -> Value:
    match reference.kind:
        case "parameter":
            return parameter(topology, reference.name)
        case "secret":
            return secret(topology, reference.name)
        case "PORT":
            return str(facts.ports[reference.name])
        case "PASSWORD":
            return facts.passwords[reference.name]
    addresses = facts.members[member(reference)]
    if reference.kind == "IPALL":
        return ",".join(addresses) if _plain(addresses) else call("join", ",", addresses)
    if isinstance(addresses, tuple):
        return addresses[0]
    assert isinstance(addresses, Ref)
    return ref(addresses.address, f"{addresses.path}[0]")


def member(reference: Reference) -> str:
    """The key of ``Facts.members`` for IP() and IPALL(): the tier, or ``tier/network``."""
    return f"{reference.name}/{reference.network}" if reference.network else reference.name


def _plain(value: Value) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
