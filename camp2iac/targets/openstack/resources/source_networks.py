"""Locals with the networks that are parameters of the plan, in the form that Neutron returns."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Expr, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.parameters import sources
from camp2iac.topology.model import Topology


def blocks(topology: Topology) -> list[Block]:
    """The locals with these networks."""
    found = [_local(topology, each) for each in sources(topology)]
    return [Block("locals", body=tuple(found))] if found else []


def _local(topology: Topology, parameter: str) -> Attribute:
    name = names.variable(topology, parameter)
    return Attribute(
        f"{name}_cidr",
        expr("cidrsubnet(", written(name), ", 0, 0)"),
        comment=f"{topology.file}: parameter {parameter}, in the form that Neutron returns: an address with /32, a\n"
        "network without host bits. With another form, each apply would recreate the rules.",
    )


def valid(name: str) -> Expr:
    """The condition of a variable that is an IPv4 network or address."""
    return expr("can(cidrnetmask(", written(name), "))")


def written(name: str) -> Expr:
    """A variable as a CIDR: an address gets the prefix /32."""
    this = ref(f"var.{name}")
    return expr("strcontains(", this, ', "/") ? ', this, " : ", template(this, "/32"))
