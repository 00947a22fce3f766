"""An app: its configuration, its build, its domains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Attribute, Block, Value, body, call, expr, ref, template
from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku import names, parameters, spaces, tables, values
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.targets.heroku.sources import BuildSource
from camp2iac.targets.heroku.words import wrapped
from camp2iac.targets.variables import validation
from camp2iac.topology.model import Component, Variable
from camp2iac.topology.statements import StatementKey


def app(low: Lowering, component: Component, buildpacks: tuple[str, ...], hosts: Sequence[str]) -> None:
    """``heroku_app`` and the variable of its name."""
    settings, name = low.settings, names.identifier(component.id)
    variable = f"{name}_app_name"
    default, key, place = settings.app_name(component)
    low.variable(
        variable,
        f"Name of the Heroku app that runs {component.id}. Unique among all of Heroku.",
        "string",
        default,
        validation(
            call("can", call("regex", "^[a-z][a-z0-9-]{1,28}[a-z0-9]$", ref(f"var.{variable}"))),
            "A Heroku app name has 3 to 30 characters: lower-case letters, digits and dashes. "
            "It starts with a letter and does not end with a dash.",
        ),
        comment=low.by(key) if key and low.by(key) else low.plan(component.id),
        origin=_key(low, key) or component.span,
    )
    region_span = low.context.environment.span("region")
    low.resource(
        low.file(component),
        "heroku_app",
        name,
        _team(low),
        comment=low.plan(component.id) + (f"; region by {low.context.environment.file}" if region_span else ""),
        origin=component.span,
        name=Attribute("name", ref(f"var.{variable}"), origin=place),
        region=Attribute("region", settings.region, origin=region_span),
        stack=None if settings.fir else settings.stack,
        buildpacks=None if settings.fir else Attribute("buildpacks", buildpacks, origin=component.statement.span),
        acm=True if hosts else None,
        space=spaces.reference(low),
        internal_routing=True if settings.space and not settings.fir and _internal(component) else None,
    )


def _team(low: Lowering) -> Block | None:
    team = low.context.environment.get("team")
    return Block("organization", (), body(name=team), "A team, in today's words.") if team else None


def _internal(component: Component) -> bool:
    stated = [exposure.public for exposure in component.exposures if exposure.public is not None]
    return bool(stated) and not any(public.value for public in stated)


def _key(low: Lowering, key: str) -> Span | None:
    node = low.context.environment.values
    return node.key(key).span if key and key in node else None


def configuration(low: Lowering, component: Component) -> list[str]:
    """One configuration association with all variables, sorted. Gives its address; nothing where there are none."""
    plain: dict[str, Value] = {}
    sensitive: dict[str, Value] = {}
    given = dict(low.settings.variables(component))
    statements: dict[StatementKey, list[Variable]] = {}
    for variable in component.variables:
        statements.setdefault(variable.statement.key, []).append(variable)
        if variable.name not in given:
            _plan_variable(low, component, variable, plain, sensitive)
    for group in statements.values():
        _account(low, component, group, given)
    for service in low.wiring.external:
        url = ref(f"var.{parameters.external_name(service)}")
        links = (link for link in component.links if link.service == service.id)
        sensitive.update((name, url) for link in links for name in link.variables)
    for name, value in given.items():
        asked = isinstance(value, dict) and "variable" in value
        (sensitive if asked else plain)[name] = _given(low, component, name, value)
    plain.update(_attributes(low, component))
    if not plain and not sensitive:
        return []
    statement = component.variables[0].statement if component.variables else None
    what = "Env" if statement else "configuration"
    low.resource(
        low.file(component),
        "heroku_app_config_association",
        names.identifier(component.id),
        comment=low.plan(f"{component.id}, {what}") + (f"; {low.by('variables')}" if given else ""),
        origin=statement.span if statement else component.span,
        app_id=ref(low.app(component), ".id"),
        vars=dict(sorted(plain.items())) or None,
        sensitive_vars=dict(sorted(sensitive.items())) or None,
    )
    return [f"heroku_app_config_association.{names.identifier(component.id)}"]


def _plan_variable(
    low: Lowering, component: Component, variable: Variable, plain: dict[str, Value], sensitive: dict[str, Value]
) -> None:
    resolved = values.resolve(variable.value, low.topology)
    if resolved.missing:
        reference = resolved.missing[0]
        statement = values.says(reference)
        peer = low.topology.components.get(reference.name)
        write = f"{{ url: {reference.name} }}" if peer and peer is not component else "..."
        code = "CAMP440" if reference.kind in ("IP", "IPALL") else "CAMP441"
        low.diagnostics.add(
            Diagnostic(
                code,
                f"{variable.name} of {component.name} needs {statement}, which Heroku does not have",
                reference.span,
                label="no address of one's own" if code == "CAMP440" else "Heroku's own, and nobody is told",
                notes=(
                    "dynos have no addresses that others could use: apps are reached by their URL, through the router"
                    if code == "CAMP440"
                    else "ports and passwords of add-ons are in their URLs, which users get as variables",
                ),
                help=f"give it in {low.settings.file}:\n"
                f"  variables:\n    {component.id}: {{ {variable.name}: {write} }}",
            )
        )
        return
    (sensitive if resolved.sensitive else plain)[variable.name] = resolved.value


def _account(low: Lowering, component: Component, group: list[Variable], given: dict[str, Any]) -> None:
    """One statement holds several variables: kept, unless the environment had to give one that has no answer here."""
    statement = group[0].statement
    blind = [v for v in group if v.name in given and values.resolve(v.value, low.topology).missing]
    if not blind:
        low.ledger.keep(statement, "config vars")
        return
    lacks = ", ".join(sorted({values.says(r) for v in blind for r in values.resolve(v.value, low.topology).missing}))
    urls = [v.name for v in blind if isinstance(given[v.name], dict)]
    texts = [v.name for v in blind if v.name not in urls]
    why = f"Heroku has no {lacks}."
    if urls:
        what = "is the address of an app" if len(urls) == 1 else "are the addresses of apps"
        why += f" {listed(urls)} {what} instead."
    if not texts:
        low.ledger.degrade(statement, "config vars, with URLs", why, Remedy("The application has to take a URL there."))
        return
    low.ledger.degrade(
        statement,
        "config vars, some given",
        f"{why} {listed(texts)} {'is' if len(texts) == 1 else 'are'} as {low.settings.file} says, "
        "which nobody keeps true when the other side changes.",
        low.settings.remedy(
            f"variables: {{ {component.id}: {{ {texts[0]}: {{ url: COMPONENT }} }} }}",
            "the URL of another component's app, which stays true",
            "variables",
            component.id,
            texts[0],
        ),
    )


def _given(low: Lowering, component: Component, name: str, value: Any) -> Value:
    if not isinstance(value, dict):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if "variable" in value:
        place = low.context.environment.span("variables", component.id, name)
        return low.asked(str(value["variable"]), f"{name} of {component.id}.", "variables", place)
    key = "url" if "url" in value else "host"
    peer = next((c for c in low.topology.components.values() if value[key] in (c.id, c.name)), None)
    if peer is None:
        low.diagnostics.add(
            Diagnostic(
                "CAMP615",
                f"{name} of {component.name} is to be the {key} of a component that is not in this plan: {value[key]}",
                low.context.environment.span("variables", component.id, name, key)
                or low.context.environment.span("variables", component.name, name, key),
                label="no component has this name",
                help=f"write one of {', '.join(low.topology.components)}",
            )
        )
        return ""
    url = call("trimsuffix", ref(low.app(peer), ".web_url"), "/")
    return url if key == "url" else call("trimprefix", url, "https://")


def _attributes(low: Lowering, component: Component) -> list[tuple[str, Value]]:
    """Attributes of the runtime that it reads from a variable; the others are lost."""
    service = low.topology.services[component.host]
    pack = tables.buildpack(service.product.name)
    found: list[tuple[str, Value]] = []
    for name, statement in service.attributes.items():
        variable, _, form = (pack.attributes.get(name, "") if pack else "").partition("=")
        resolved = values.resolve(statement.value, low.topology)
        if variable and not resolved.missing and not resolved.sensitive:
            low.ledger.keep(statement, variable)
            before, _, after = form.partition("{}")
            found.append((variable, template(before, resolved.value, after) if form else resolved.value))
        else:
            low.ledger.lose(
                statement,
                "The buildpack configures the runtime, and asks for no such thing.",
                Remedy("Set what the runtime reads by itself, as a variable (Env)."),
            )
    return found


def build(
    low: Lowering, component: Component, fetched: BuildSource | None, loads: Sequence[str], after: Sequence[str]
) -> None:
    """``heroku_build`` from the copy, or from an archive on the network. ``loads``: what its release command loads.

    ``after``: what must be there before besides the add-ons that the plan asks for.
    """
    name = names.identifier(component.id)
    waits = [a.address for a in low.wiring.owned(component.id)]
    waits += [a.address for a in low.wiring.of(component.id)]
    waits += after
    folder = f"build/{component.id}"
    if fetched is None:
        path = call("trimprefix", template(expr("path.module"), f"/{folder}"), "./")
        source = Block(
            "source",
            (),
            body(path=path),
            wrapped(
                'Without the "./" that path.module brings in a root module: the provider would pack '
                f"{component.id}/{folder}/Procfile, and Heroku would find no application."
            ),
        )
    else:
        known = body(url=fetched.url, version=fetched.version or None, checksum=fetched.checksum or None)
        source = Block("source", (), known)
    released = "A build is released at once: "
    if loads:
        released += f"its release command {'; '.join(loads)}, and "
    depends = Attribute(
        "depends_on",
        tuple(ref(address) for address in sorted(waits)),
        wrapped(f"{released}its first dyno reads the configuration."),
    )
    low.resource(
        low.file(component),
        "heroku_build",
        name,
        source,
        depends if waits else None,
        comment=low.plan(f"{component.id}, content"),
        origin=component.content.span,
        app_id=ref(low.app(component), ".id"),
    )


def domains(low: Lowering, component: Component, hosts: Sequence[str]) -> None:
    """Host names beyond herokuapp.com, with the names that DNS is to point to."""
    blocks = {}
    stated = {host for exposure in component.exposures if exposure.hosts for host in exposure.hosts.value}
    for host in hosts:
        name = names.identifier(component.id, host.replace("*", "any"))
        low.resource(
            low.file(component),
            "heroku_domain",
            name,
            comment=low.plan(f"{component.id}, Expose: hosts") if host in stated else low.by("domains"),
            origin=component.span,
            app_id=ref(low.app(component), ".id"),
            hostname=host,
        )
        blocks[host] = ref(f"heroku_domain.{name}", ".cname")
    if blocks:
        low.output(
            f"{names.identifier(component.id)}_dns",
            f"What the host names of {component.id} have to be aliases (CNAME, ALIAS) of.",
            blocks,
            low.plan(f"{component.id}, Expose: hosts") if stated else low.by("domains"),
            component.span,
        )
