"""Parameters of the plan that are networks which may connect to ports (``from: { parameter: office }``)."""

from __future__ import annotations

from camp2iac.synth.module import Ref, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.topology.model import Topology


def sources(topology: Topology) -> list[str]:
    """These parameters, sorted."""
    opened = (each for tier in topology.tiers.values() for statement in tier.ports for each in statement.value)
    return sorted({each.source for each in opened if each.asked})


def block(topology: Topology, parameter: str) -> Ref:
    """The local value with a parameter's network, in the form that Neutron returns."""
    return ref(f"local.{names.variable(topology, parameter)}_cidr")
