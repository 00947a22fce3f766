"""Environment variables of processes. The names are the same on every platform."""

from __future__ import annotations

import string
from collections.abc import Mapping

from camp2iac.catalogue.recipe import Recipe
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.cloudinit import Encoded, WriteFile
from camp2iac.synth.module import Attribute, Commented, Ref, Value, call, expr
from camp2iac.targets.kit import Resolved, jdbc, paths, stores
from camp2iac.targets.kit.elsewhere import Elsewhere
from camp2iac.targets.openstack.layout import names, values
from camp2iac.targets.openstack.machine import encrypted_links
from camp2iac.targets.openstack.machine.credentials import credentials
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput, line_of
from camp2iac.targets.openstack.machine.size import told
from camp2iac.targets.openstack.machine.templates import files_of
from camp2iac.topology import confidential, elsewhere, object_stores
from camp2iac.topology.model import Component, Link, Service, TextValue

QUOTING = "In systemd's EnvironmentFile, only \" \\ $ and ` need a backslash between double quotes."


def of(given: MachineInput, component: Component, recipe: Recipe) -> dict[str, Commented]:
    """Return the variables of a component: its port, its links, and those of the plan."""
    found: dict[str, Commented] = {}
    port = given.infrastructure.ports.get(component.id)
    if port is not None:
        says = any(exposure.port for exposure in given.topology.planned(component).exposures)
        found["PORT"] = Commented(str(port), "Expose" if says else "its default port")
    for link in component.links:
        values_ = _called(given, link) if link.callee else _linked(given, link, recipe)
        for name, value in values_.items():
            found[name] = Commented(value, f"ConnectTo {link.to}")
        ca = encrypted_links.variables(given, link)
        for name, path in ca.items():
            found[name] = Commented(path, f"ConnectTo {link.to}: the CA of its certificate")
        told_ = (*link.variables, *(link.parts if link.callee else ()))
        given.context.ledger.keep(link.statement, ", ".join(told_) + (", encrypted with TLS" if ca else ""))
    if recipe.trust and encrypted_links.linked(given, component):
        found[recipe.trust] = Commented(encrypted_links.ca_path(given), "The CA of encrypted links")
    for variable in component.variables:
        value = values.value(variable.value, given.topology, given.infrastructure)
        hidden = confidential.written(variable.name, variable.value)
        found[variable.name] = Commented(call("sensitive", value) if hidden else value, "Env")
        given.context.ledger.keep(variable.statement, "environment")
    return found


def _called(given: MachineInput, link: Link) -> Mapping[str, Value]:
    """The URL of another component, its host and its port."""
    callee = given.topology.components[link.callee]
    host, port = given.infrastructure.callees[callee.id]
    service = given.topology.services[link.service]
    ends = sorted(callee.exposures, key=lambda each: each.protocol != "http")
    scheme = ends[0].protocol if ends else "http"
    several = service.product.server and len(service.components) > 1
    path = paths.below(callee, callee.id if several else "") if scheme == "http" else ""
    address = line_of(f"{scheme}://", host, path if (scheme, port) == ("http", 80) else f":{port}{path}")
    return dict(zip((*link.variables, *link.parts), (address, host, str(port)), strict=True))


def _linked(given: MachineInput, link: Link, recipe: Recipe) -> Mapping[str, Value]:
    service = given.topology.services[link.service]
    if object_stores.is_store(service):
        return _stored(given, service, link)
    if service.href is not None:
        return _elsewhere(given, service, link, recipe)
    form = service.product.link
    if form is None:
        return {}
    login = credentials(given, service, link)
    parts = login.parts(given.infrastructure.hosts[service.id], given.infrastructure.ports[service.id])
    encrypted = encrypted_links.form(given, service)
    if encrypted:
        parts = {**parts, "ca": encrypted_links.ca_path(given)}
    url = encrypted.url if encrypted else form.url
    found: dict[str, Value] = dict.fromkeys(link.variables, _filled(service, url, parts))
    if jdbc.applies(recipe, service):
        generated = login.password == login.in_url  # of letters and digits
        both = line_of(f"&user={login.user}&password=", login.password)
        parts = {**parts, "login": both if generated else jdbc.login(login.user, login.password)}
        java = encrypted.jdbc if encrypted else service.product.recipe.jdbc
        told = (_filled(service, java, parts), login.user, login.password)
        for variable in link.variables:
            found |= zip(jdbc.names(variable), told, strict=True)
    return found


def _stored(given: MachineInput, service: Service, link: Link) -> Mapping[str, Value]:
    """The parts of an object store."""
    if service.href is None:
        parts = given.infrastructure.stores[service.id]
        return {name: parts[part] for name, part in object_stores.variables(given.topology, link).items()}

    def resolve(text: TextValue) -> Resolved:
        return Resolved(values.value(text, given.topology, given.infrastructure), False, ())

    for name, attribute in service.attributes.items():
        given.context.ledger.keep(attribute, f"the {name} of its users")
    for chosen in service.chosen_by:
        given.context.ledger.keep(chosen, "the existing bucket")
    return {name: found.value for name, found in stores.variables(given.topology, link, resolve).items()}


def _elsewhere(given: MachineInput, service: Service, link: Link, recipe: Recipe) -> Mapping[str, Value]:
    """The URL of a service elsewhere, with its user and password, and its parts if it has no product."""
    known = Elsewhere(
        service, lambda text: Resolved(values.value(text, given.topology, given.infrastructure), False, ())
    )
    for name in elsewhere.CREDENTIALS:
        if name in service.attributes:
            given.context.ledger.keep(service.attributes[name], f"the {name} in {link.variables[0]}")
    found = known.variables(link)
    if jdbc.applies(recipe, service):
        found |= jdbc.of_elsewhere(service, link, known)
    return {name: resolved.value for name, resolved in found.items()}


def _filled(service: Service, form: str, parts: Mapping[str, Value]) -> Value:
    """Fill in a form of a service's product, ``redis://:{password}@{host}``."""
    found: list[Value] = []
    with files_of(service):
        for text, name, _, _ in string.Formatter().parse(form):
            found += [text] if text else []
            found += [parts[name]] if name is not None else []
    return line_of(*found)


def merge(given: MachineInput, all_: list[tuple[Component, dict[str, Commented]]]) -> dict[str, Commented]:
    """Merge the variables of components that are one process. Report a name with two values (CAMP424)."""
    merged: dict[str, tuple[Component, Commented]] = {}
    for component, found in all_:
        for name, value in found.items():
            first = merged.setdefault(name, (component, value))
            if first[1].value != value.value and name != "PORT":
                given.context.diagnostics.add(
                    Diagnostic(
                        "CAMP424",
                        f"{first[0].name} and {component.name} run in one process, but have different values of {name}",
                        component.span,
                        help=f"rename the variable in one of them, or run {component.name} on another service",
                    )
                )
    return {name: value for name, (_, value) in merged.items()}


def file(given: MachineInput, owner: str) -> str:
    """Return the path of the file that systemd reads. ``owner``: the service or component that it belongs to."""
    return f"/etc/{given.app}/{owner}.env"


def write(document: MachineDocument, owner: str, found: Mapping[str, Commented], *, released: bool = False) -> str:
    """Add the file that systemd reads, and return its path. Local values hold the variables and their quoting.

    ``released``: the file comes with a release, which takes its text from the local value :func:`text_of`.
    """
    path, label = file(document.given, owner), names.label(owner)
    document.add_local(Attribute(f"{label}_environment", {name: found[name] for name in sorted(found)}))
    lines = quoted(Ref(f"local.{label}_environment"))
    document.weigh_file(path, sum(len(name) + 4 + told(value) for name, value in found.items()))
    if released:
        document.add_local(Attribute(text_of(owner), lines, comment=QUOTING))
        return path
    text = Commented(lines, QUOTING, above=True)
    document.write(
        WriteFile(
            path,
            Encoded(document.variable(owner, "environment", text)),
            permissions="0600",
            comment="Environment variables. systemd reads them as root, and only root can",
        )
    )
    return path


def text_of(owner: str) -> str:
    """Return the name of the local value with the text of an EnvironmentFile that comes with a release."""
    return f"{names.label(owner)}_variables"


def quoted(variables: Ref) -> Value:
    """Quote a map of names to values as lines of an EnvironmentFile (systemd.exec(5)). Values may contain anything."""
    return expr(
        'join("", [\n  for name, value in ',
        variables,
        ' : format("%s=\\"%s\\"\\n", name, replace(value, "/[\\"\\\\\\\\$`]/", "\\\\$0"))\n])',
    )
