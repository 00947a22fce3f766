"""Parameters of the plan that are networks, as locals that Neutron gives back as they are."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Expr, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.parameters import sources
from camp2iac.topology.model import Topology


def blocks(topology: Topology) -> list[Block]:
    """The locals that hold these networks."""
    found = [_local(topology, each) for each in sources(topology)]
    return [Block("locals", body=tuple(found))] if found else []


def _local(topology: Topology, parameter: str) -> Attribute:
    name = names.variable(topology, parameter)
    return Attribute(
        f"{name}_cidr",
        expr("cidrsubnet(", written(name), ", 0, 0)"),
        comment=f"{topology.file}: parameter {parameter}, as Neutron gives it back: an address is a /32, a network\n"
        "has no host bits. Written otherwise, its rules would be made anew by each apply.",
    )


def valid(name: str) -> Expr:
    """The condition that a variable is an IPv4 network or address."""
    return expr("can(cidrnetmask(", written(name), "))")


def written(name: str) -> Expr:
    """A variable as a CIDR, whether it has a prefix or is one address."""
    this = ref(f"var.{name}")
    return expr("strcontains(", this, ', "/") ? ', this, " : ", template(this, "/32"))
