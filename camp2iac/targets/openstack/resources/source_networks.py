"""Locals with the networks that are parameters of the plan, in the form that Neutron returns."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Expr, expr, ref, template
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.parameters import sources


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The locals with these networks."""
    if found := [_local(made, each) for each in sources(made.topology)]:
        made.locals(layout.regions.home.file, *found)


def _local(made: ModuleBuilder, parameter: str) -> Attribute:
    name = names.variable(made.topology, parameter)
    return Attribute(
        f"{name}_cidr",
        expr("cidrsubnet(", written(name), ", 0, 0)"),
        comment=(
            f"{made.plan(f'parameter {parameter}')}, in the form that Neutron returns: an address with /32, a",
            "network without host bits. With another form, each apply would recreate the rules.",
        ),
    )


def valid(name: str) -> Expr:
    """The condition of a variable that is an IPv4 network or address."""
    return expr("can(cidrnetmask(", written(name), "))")


def written(name: str) -> Expr:
    """A variable as a CIDR: an address gets the prefix /32."""
    this = ref(f"var.{name}")
    return expr("strcontains(", this, ', "/") ? ', this, " : ", template(this, "/32"))
