"""Check that Env does not set variables that Expose, a link or camp2iac sets (CAMP319)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology import elsewhere, object_stores
from camp2iac.topology.model import Component, Link, Topology, Variable

# The variables that camp2iac and systemd set for every process on instances.
_OURS = {
    "PATH": "a PATH that begins with its own programs",
    "HOME": "a writable home folder of its own",
    "RUNTIME_DIRECTORY": "a folder of its own",
    "NOTIFY_SOCKET": "the socket on which it reports that it is ready",
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
    """The variables that a link sets: one or two names of its URL, and its form for Java or, for a call, its parts."""
    yield from link.variables
    if link.callee:
        yield from link.parts
        return
    if object_stores.is_store(topology.services[link.service]):
        yield from object_stores.variables(topology, link)
        return
    host = topology.services[topology.components[link.component].host].product
    linked = topology.services[link.service]
    yield from (name for _, name in elsewhere.names(linked, link))
    if (linked.href is None or elsewhere.whole(linked)) and host.recipe.jdbc_variables and linked.product.recipe.jdbc:
        for name in link.variables:
            base = f"JDBC_{name.removesuffix('_URL')}"
            yield from (f"JDBC_{name}", f"{base}_USERNAME", f"{base}_PASSWORD")


def _answers(topology: Topology, component: Component) -> bool:
    """Whether it gets a port, because users or other components connect to it."""
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
        f"PORT of {component.name} has two sources: Env, and the port that {by} sets",
        variable.value.span,
        label="one of them would have no effect",
        related=(Label(place, "this sets PORT"),) if place else (),
        notes=("security group rules, load balancers and checks use the exposed port, never a variable",),
        help=f"remove PORT from Env, and set the port with  org.camp2iac:Expose, port: {port}",
    )


def _linked(component: Component, variable: Variable, link: Link) -> Diagnostic:
    return Diagnostic(
        "CAMP319",
        f"{variable.name} of {component.name} has two sources: Env, and its link to {link.to}",
        variable.value.span,
        label="one of them would have no effect",
        related=(Label(link.span, f"this link sets {variable.name}"),),
        help=f"remove {variable.name} from Env, because the link sets it, or rename it there, or remove the link",
    )


def _ours(component: Component, variable: Variable) -> Diagnostic:
    line = f"{variable.name}=..." if variable.name != "PATH" else "PATH=/opt/tool/bin:$PATH"
    return Diagnostic(
        "CAMP319",
        f"{variable.name} of {component.name} has two sources: Env, and camp2iac, which sets it for every process",
        variable.value.span,
        label=f"this would replace {_OURS[variable.name]}",
        help=f"remove it from Env; if a process needs another value, set it in its command line:\n"
        f"- requirement_type: org.camp2iac:Process\n  worker: {line} exec python worker.py",
    )
