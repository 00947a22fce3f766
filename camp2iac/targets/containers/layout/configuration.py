"""Environment variables of processes. The names are the same on every platform."""

from __future__ import annotations

import string
from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Commented, Value
from camp2iac.targets.containers.layout.credentials import login
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.kit import Resolved, jdbc, paths, stores
from camp2iac.targets.kit.elsewhere import Elsewhere, joined
from camp2iac.topology import confidential, elsewhere, object_stores
from camp2iac.topology.model import Component, Link, Service, Variable


class ComponentVariables(Record, frozen=True):
    """The variables of a component, by name, sorted. ``unresolved``: those with a reference that has no value here."""

    plain: Mapping[str, Commented]
    secret: Mapping[str, Commented]
    unresolved: tuple[Variable, ...] = ()


def configure(known: KnownValues, component: Component, attributes: Mapping[str, str]) -> ComponentVariables:
    """Decide the variables: the port, links, those of the plan, and the ``attributes`` that the image reads."""
    plain: dict[str, Commented] = {}
    secret: dict[str, Commented] = {}
    unresolved = []
    if (port := known.ports.get(component.id)) is not None:
        says = any(exposure.port for exposure in known.topology.planned(component).exposures)
        plain["PORT"] = Commented(str(port), "Expose" if says else "its default port")
    service = known.topology.services[component.host]
    for name, attribute in attributes.items():
        stated = known.resolve(service.attributes[attribute].value)
        if not stated.missing:
            (secret if stated.sensitive else plain)[name] = Commented(stated.value, attribute)
    for link in component.links:
        for name, told in _linked(known, link).items():
            (secret if told.sensitive else plain)[name] = Commented(told.value, f"ConnectTo {link.to}")
    for variable in component.variables:
        told = known.resolve(variable.value)
        if told.missing:
            unresolved.append(variable)
            continue
        hidden = told.sensitive or confidential.written(variable.name, variable.value)
        plain.pop(variable.name, None)
        secret.pop(variable.name, None)
        (secret if hidden else plain)[variable.name] = Commented(told.value, "Env")
    return ComponentVariables(dict(sorted(plain.items())), dict(sorted(secret.items())), tuple(unresolved))


def _linked(known: KnownValues, link: Link) -> Mapping[str, Resolved]:
    """The variables of a link; none if nothing runs there."""
    service = known.topology.services[link.service]
    if link.callee:
        return called(known, link)
    if object_stores.is_store(service):
        return stores.variables(known.topology, link, known.resolve) if service.href is not None else {}
    recipe = known.topology.services[known.topology.components[link.component].host].product.recipe
    if service.href is not None:
        found = Elsewhere(service, known.resolve)
        told = found.variables(link)
        return {**told, **(jdbc.of_elsewhere(service, link, found) if jdbc.applies(recipe, service) else {})}
    if service.product.link is None or service.id not in known.hosts:
        return {}
    return _owned(known, service, link, java=jdbc.applies(recipe, service))


def _owned(known: KnownValues, service: Service, link: Link, *, java: bool) -> Mapping[str, Resolved]:
    form = service.product.link
    if form is None:
        return {}
    own = login(known, service, link)
    host, port = known.reached(known.hosts[service.id]), str(known.ports.get(service.id, ""))
    parts: dict[str, Value] = {
        "user": own.user,
        "password": own.in_url,
        "host": host,
        "port": port,
        "name": own.name,
    }
    url = Resolved(_filled(form.url, parts), form.password, ())
    found = dict.fromkeys(link.variables, url)
    if java:
        generated = own.password == own.in_url
        both = joined([f"&user={own.user}&password=", own.password])
        parts["login"] = both if generated else jdbc.login(own.user, own.password)
        told = (
            Resolved(_filled(service.product.recipe.jdbc, parts), True, ()),
            Resolved(own.user, False, ()),
            Resolved(own.password, True, ()),
        )
        for variable in link.variables:
            found |= zip(jdbc.names(variable), told, strict=True)
    return found


def called(known: KnownValues, link: Link) -> Mapping[str, Resolved]:
    """The URL of another component, its host and its port."""
    callee = known.topology.components[link.callee]
    workload = known.hosts.get(callee.id)
    if workload is None:
        return {}
    service = known.topology.services[link.service]
    ends = sorted(callee.exposures, key=lambda each: each.protocol != "http")
    scheme = ends[0].protocol if ends else "http"
    several = service.product.server and len(service.components) > 1
    path = paths.below(callee, callee.id if several else "") if scheme == "http" else ""
    port = str(known.ports.get(callee.id, 80))
    url = f"{scheme}://{workload.id}{'' if (scheme, port) == ('http', '80') else f':{port}'}{path}"
    values = (*(url for _ in link.variables), workload.id, port)
    return {
        name: Resolved(value, False, ()) for name, value in zip((*link.variables, *link.parts), values, strict=True)
    }


def _filled(form: str, parts: Mapping[str, Value]) -> Value:
    """Fill in a form of a product: ``redis://:{password}@{host}``."""
    found: list[Value] = []
    for text, name, _, _ in string.Formatter().parse(form):
        found += [text, parts[name]] if name is not None else [text]
    return joined(found)


def whole(service: Service) -> bool:
    """Whether the plan says all of the URL of a service elsewhere."""
    return service.href is not None and (elsewhere.whole(service) or object_stores.is_store(service))
