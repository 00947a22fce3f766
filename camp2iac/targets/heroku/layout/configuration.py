"""Configuration variables of an app, from the plan, the environment file, the runtime and external services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.record import Record, replace
from camp2iac.synth.module import Value, call, ref, template
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names, values
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.kit import Resolved, jdbc, paths, stores
from camp2iac.targets.kit.elsewhere import Elsewhere
from camp2iac.topology import confidential, elsewhere, object_stores
from camp2iac.topology.model import Component, Link, Service, TextValue, Variable

_HTTPS = "443"


class Asked(Record, frozen=True):
    """A sensitive variable of the module that the environment file names. ``key``: the file's key that contains it."""

    name: str
    description: str
    key: str
    origin: Span | None


class Configuration(Record, frozen=True):
    """Variables by name, sorted.

    ``given``: as in the environment file. ``asked``: the module's variables that it names. ``unanswered``: variables of
    the plan with a reference that Heroku cannot resolve and the environment file does not replace. ``strangers``: name,
    key and value of variables that refer to a component that is not in the plan. ``attributes``: attribute of the
    runtime to its variable. ``peers``: the components whose apps' URLs are in it.
    """

    plain: Mapping[str, Value]
    sensitive: Mapping[str, Value]
    given: Mapping[str, Any]
    asked: tuple[Asked, ...]
    unanswered: tuple[Variable, ...]
    strangers: tuple[tuple[str, str, str], ...]
    attributes: Mapping[str, str]
    peers: frozenset[str]

    def adding(self, variables: Mapping[str, Value]) -> Configuration:
        """The configuration with variables that the plan and the environment file do not set themselves."""
        told = {name: value for name, value in variables.items() if name not in {*self.plain, *self.sensitive}}
        return replace(self, plain=dict(sorted({**self.plain, **told}.items()))) if told else self


def configure(component: Component, external: Sequence[Service], given: LayoutInput) -> Configuration:
    """Decide the configuration of a component's app."""
    plain: dict[str, Value] = {}
    sensitive: dict[str, Value] = {}
    theirs = dict(given.settings.variables(component))
    unanswered = []
    for variable in component.variables:
        if variable.name in theirs:
            continue
        resolved = values.resolve(variable.value, given.topology)
        if resolved.missing:
            unanswered.append(variable)
        else:
            secret = resolved.sensitive or confidential.written(variable.name, variable.value)
            (sensitive if secret else plain)[variable.name] = resolved.value
    for service in external:
        for link in (each for each in component.links if each.service == service.id):
            for name, told in _external(service, link, given).items():
                (sensitive if told.sensitive else plain)[name] = told.value
    peers = {each.id for each in callees(component, given).values()}
    plain.update(_calls(component, given))
    asked: list[Asked] = []
    strangers: list[tuple[str, str, str]] = []
    for name, value in theirs.items():
        if isinstance(value, dict) and "variable" in value:
            place = given.settings.environment.span("variables", component.id, name)
            asked.append(Asked(str(value["variable"]), f"{name} of {component.id}.", "variables", place))
            sensitive[name] = ref(f"var.{value['variable']}")
        elif isinstance(value, dict):
            key = "url" if "url" in value else "host"
            peer = _peer(value[key], given)
            if peer is None:
                strangers.append((name, key, str(value[key])))
                plain[name] = ""
            else:
                peers.add(peer.id)
                plain[name] = values.peer_url(peer) if key == "url" else _host(peer)
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            (sensitive if text and (confidential.looks(name) or holds_secret(text)) else plain)[name] = text
    attributes = _attributes(given.host(component), given)
    plain.update(attributes.values())
    return Configuration(
        dict(sorted(plain.items())),
        dict(sorted(sensitive.items())),
        theirs,
        tuple(asked),
        tuple(unanswered),
        tuple(strangers),
        {attribute: name for attribute, (name, _) in attributes.items()},
        frozenset(peers),
    )


def callees(component: Component, given: LayoutInput) -> Mapping[str, Component]:
    """The components with an app that a component calls, by the id in the call."""
    known = given.topology.components
    called = {link.to: known[link.callee] for link in component.links if link.callee}
    return {to: callee for to, callee in called.items() if given.buildpacks(callee)}


def _calls(component: Component, given: LayoutInput) -> dict[str, Value]:
    """The URL, the host and the port of each app that it calls."""
    called, found = callees(component, given), dict[str, Value]()
    for link in (each for each in component.links if each.callee and each.to in called):
        callee = called[link.to]
        host, port = link.parts
        path = paths.below(callee)
        url = values.peer_url(callee)
        found |= dict.fromkeys(link.variables, template(url, path) if path else url)
        found |= {host: _host(callee), port: _HTTPS}
    return found


def _external(service: Service, link: Link, given: LayoutInput) -> dict[str, Resolved]:
    """The variables of a link to an external service: from the plan, or the URL from a variable of the module."""
    if object_stores.is_store(service) and service.href is not None:
        return stores.variables(given.topology, link, lambda text: values.resolve(text, given.topology))
    if asks(service):
        return dict.fromkeys(link.variables, Resolved(ref(f"var.{external_url(service)}"), True, ()))
    known = Elsewhere(service, lambda text: values.resolve(text, given.topology))
    found = known.variables(link)
    if jdbc.applies(given.host(given.topology.components[link.component]).product.recipe, service):
        # The buildpack of Java derives them from DATABASE_URL only if it begins with postgres:// or mysql://.
        found |= jdbc.of_elsewhere(service, link, known)
    return found


def asks(service: Service) -> bool:
    """Whether the URL of an external service is a variable of the module, because the plan does not say all of it."""
    return service.href is None or not (elsewhere.whole(service) or object_stores.is_store(service))


def external_url(service: Service) -> str:
    """The variable of the module for the URL of an external service."""
    return names.identifier(service.id, "url")


def lacks(text: TextValue, given: LayoutInput) -> bool:
    """Whether Heroku cannot resolve a string."""
    return bool(values.resolve(text, given.topology).missing)


def _peer(name: object, given: LayoutInput) -> Component | None:
    """The component with a name or an id. None if there is none."""
    return next((c for c in given.topology.components.values() if name in (c.id, c.name)), None)


def _host(component: Component) -> Value:
    """The host name of a component's app."""
    return call("trimprefix", values.peer_url(component), "https://")


def _attributes(service: Service, given: LayoutInput) -> dict[str, tuple[str, Value]]:
    """Attributes that the runtime reads from a variable: the variable's name and value, by attribute."""
    pack = offers.buildpack(service.product)
    found: dict[str, tuple[str, Value]] = {}
    for name, statement in service.attributes.items():
        variable, _, form = (pack.attributes.get(name, "") if pack else "").partition("=")
        resolved = values.resolve(statement.value, given.topology)
        if variable and not resolved.missing and not resolved.sensitive:
            before, _, after = form.partition("{}")
            found[name] = (variable, template(before, resolved.value, after) if form else resolved.value)
    return found
