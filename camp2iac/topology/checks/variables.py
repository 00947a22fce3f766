"""One source for one variable: Env cannot give what is written already, by Expose, by a link or by us (CAMP319)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology.model import Component, Link, Topology, Variable

# What every process is started with on machines, and what systemd tells it.
_OURS = {
    "PATH": "a PATH in which its own programs come first",
    "HOME": "a home of its own, in which it may write",
    "RUNTIME_DIRECTORY": "a folder of its own",
    "NOTIFY_SOCKET": "the socket by which it says that it is ready",
}


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare the variables of each component with those that it gets anyway."""
    for component in topology.components.values():
        links = {name: link for link in component.links for name in names(topology, link)}
        for variable in component.variables:
            if variable.name == "PORT" and _answers(topology, component):
                yield _port(topology, component, variable)
            elif link := links.get(variable.name):
                yield _linked(component, variable, link)
            elif variable.name in _OURS:
                yield _ours(component, variable)


def names(topology: Topology, link: Link) -> Iterator[str]:
    """The variables that a link gives to its user: its URL by one name or two, and in the form that Java asks for."""
    yield from link.variables
    host = topology.services[topology.components[link.component].host].product
    linked = topology.services[link.service]
    if linked.href is None and host.recipe.jdbc_variables and linked.product.recipe.jdbc:
        for name in link.variables:
            base = f"JDBC_{name.removesuffix('_URL')}"
            yield from (f"JDBC_{name}", f"{base}_USERNAME", f"{base}_PASSWORD")


def _answers(topology: Topology, component: Component) -> bool:
    """Whether it is told a port: users or others of the plan come to it."""
    web = not component.processes or any(process.type == "web" for process in component.processes)
    has = topology.services[component.host].product.port is not None or "port" in component.options
    return bool(component.exposures) or (web and has)


def _port(topology: Topology, component: Component, variable: Variable) -> Diagnostic:
    statement = next((exposure.port for exposure in component.exposures if exposure.port), None)
    option = component.options.get("port")
    place = statement.span if statement else option.span if option else None
    literal = variable.value.literal or ""
    port = literal if re.fullmatch("[0-9]{1,5}", literal) else "8080"
    by = (
        "its Expose"
        if statement
        else "its requirement"
        if option
        else f"{topology.services[component.host].product.title}"
    )
    return Diagnostic(
        "CAMP319",
        f"PORT of {component.name} has two sources: Env, and the port that {by} gives",
        variable.value.span,
        label="one of them would have no effect",
        related=(Label(place, "this is PORT"),) if place else (),
        notes=("rules, balancers and checks go by the port that is exposed, never by a variable",),
        help=f"leave PORT out of Env, and say where it listens by  org.camp2iac:Expose, port: {port}",
    )


def _linked(component: Component, variable: Variable, link: Link) -> Diagnostic:
    return Diagnostic(
        "CAMP319",
        f"{variable.name} of {component.name} has two sources: Env, and its link to {link.service}",
        variable.value.span,
        label="one of them would have no effect",
        related=(Label(link.span, f"this link gives {variable.name}"),),
        help=f"leave {variable.name} out of Env, for the link gives it; or give it another name there, or leave out "
        "the link",
    )


def _ours(component: Component, variable: Variable) -> Diagnostic:
    line = f"{variable.name}=..." if variable.name != "PATH" else "PATH=/opt/tool/bin:$PATH"
    return Diagnostic(
        "CAMP319",
        f"{variable.name} of {component.name} has two sources: Env, and every process is started with one",
        variable.value.span,
        label=f"this would take the place of {_OURS[variable.name]}",
        help=f"leave it out of Env; where a process needs another, set it in its own command line:\n"
        f"- requirement_type: org.camp2iac:Process\n  worker: {line} exec python worker.py",
    )
