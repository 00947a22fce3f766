"""What is wrong with an environment file beyond its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.targets.heroku import names, tables
from camp2iac.targets.heroku.settings import HerokuSettings
from camp2iac.topology import confidential
from camp2iac.topology.model import Component


def check(settings: HerokuSettings, diagnostics: Diagnostics) -> None:
    """Collects unknown names (CAMP615), a space without team or region (CAMP619), secrets that are written down
    (CAMP632), what the generation of the apps does not have (CAMP633), review apps without a pipeline (CAMP634).
    """
    topology, environment = settings.topology, settings.environment
    components = _names(topology.components.values())
    processes = {p.type for c in topology.components.values() for p in c.processes} | {"web", "worker", "clock"}
    alone = processes if len(components) == len(topology.components) == 1 or len(topology.components) == 1 else set()
    for key, known, what in (
        ("apps", components, "component"),
        ("dynos", components | alone, "component"),
        ("processes", components | alone, "component"),
        ("variables", components, "component"),
        ("buildpacks", components, "component"),
        ("domains", components, "component"),
        ("drains", components, "component"),
        ("telemetry", components, "component"),
        ("extras", components, "component"),
        ("addons", set(topology.services), "service"),
    ):
        node = environment.values.get(key)
        for name in node.entries if isinstance(node, YamlMapping) else ():
            if isinstance(node, YamlMapping) and name not in known:
                diagnostics.add(_unknown(node.key(name).span, key, name, known, what, settings))
    autoscaled = environment.values.get("autoscaled")
    for each in autoscaled if isinstance(autoscaled, Sequence) else ():
        if each.plain not in components:
            diagnostics.add(_unknown(each.span, "autoscaled", str(each.plain), components, "component", settings))
    _space(settings, diagnostics)
    _generation(settings, diagnostics)
    _review(settings, diagnostics)
    for name, span in _written(settings):
        diagnostics.add(_secret(name, span))
    for component in topology.components.values():
        for extra in settings.extras(component):
            _extra(str(extra["plan"]).partition(":")[0], component, settings, diagnostics)


def _extra(kind: str, component: Component, settings: HerokuSettings, diagnostics: Diagnostics) -> None:
    """CAMP636: an add-on that we do not know, and that is nearly one that we do."""
    services = [name for product in tables.products() if (o := tables.offer(product)) for name in o.addons]
    known = sorted({*services, *tables.extras()})
    best = nearest(kind, known) if kind not in known else None
    if best is None:
        return
    diagnostics.add(
        Diagnostic(
            "CAMP636",
            f"{component.name} asks for the add-on {kind}, which is nearly {best}",
            settings.environment.span("extras", component.id) or settings.environment.span("extras", component.name),
            label="Heroku would refuse one that it does not have",
            help=f"write  {best}, or leave it if there is such an add-on",
        )
    )


def _space(settings: HerokuSettings, diagnostics: Diagnostics) -> None:
    environment = settings.environment
    if settings.space and not environment.get("team"):
        diagnostics.add(
            Diagnostic(
                "CAMP619",
                f"the space {settings.space} is named, but not the team that it belongs to",
                environment.span("space"),
                label="a space belongs to a team",
                notes=("without a team, Heroku would make the apps outside of the space",),
                help="add  team: NAME",
            )
        )
    elif settings.space and environment.get("region") is None:
        diagnostics.add(
            Diagnostic(
                "CAMP619",
                f"the space {settings.space} is named, but not its region",
                environment.span("space"),
                label="apps in a space are in its region",
                help="add for example  region: dublin",
            )
        )


def _generation(settings: HerokuSettings, diagnostics: Diagnostics) -> None:
    """CAMP633: fir has no stack, log drains, shield or own addresses; cedar no telemetry drains."""
    absent = {
        "stack": (("stack",), "its images are built by cloud native buildpacks", "leave it out"),
        "drains": (("drains",), "logs are sent as OpenTelemetry", "write  telemetry:  instead of  drains:"),
        "shield": (("space", "shield"), "shield spaces are of the generation cedar", "leave it out, or write  cedar"),
        "cidr": (("space", "cidr"), "its spaces choose their addresses", "leave it out, or write  cedar"),
        "data_cidr": (("space", "data_cidr"), "its spaces choose their addresses", "leave it out, or write  cedar"),
        "base_name": (("pipeline", "review_apps", "base_name"), "its review apps have random names", "leave it out"),
    }
    if not settings.fir:
        absent = {"telemetry": (("telemetry",), "OpenTelemetry is fir's", "write  drains:  instead of  telemetry:")}
    words = {"drains": "log drains", "telemetry": "telemetry drains", "base_name": "base_name for review apps"}
    for key, (path, why, remedy) in absent.items():
        if settings.environment.get(*path) is not None:
            diagnostics.add(
                Diagnostic(
                    "CAMP633",
                    f"apps of the generation {settings.generation} have no {words.get(key, key)}",
                    settings.environment.span(*path),
                    label=f"not of the generation {settings.generation}",
                    notes=(why,),
                    help=remedy,
                )
            )


def _review(settings: HerokuSettings, diagnostics: Diagnostics) -> None:
    """CAMP634: only a person can connect a pipeline to GitHub, so it must be there before."""
    environment = settings.environment
    if not environment.get("pipeline", "review_apps") or environment.get("pipeline", "existing"):
        return
    name = environment.get("pipeline", "name")
    diagnostics.add(
        Diagnostic(
            "CAMP634",
            f"review apps need a pipeline that is connected to GitHub, and {name} is only made here",
            environment.span("pipeline", "review_apps"),
            label="Heroku would not find the repository",
            notes=("Heroku connects a pipeline to GitHub for a person alone, who has logged in to both",),
            help=f"make it once:  heroku pipelines:create {name} && heroku pipelines:connect {name} --repo OWNER/NAME"
            "\nand write under pipeline:  existing: true",
        )
    )


def _written(settings: HerokuSettings) -> Iterator[tuple[str, Span]]:
    """Names of variables whose values are secrets by their name or form, and where the values stand."""
    sections = [settings.environment.values.get("variables")]
    pipeline = settings.environment.values.get("pipeline")
    review = pipeline.get("review_apps") if isinstance(pipeline, YamlMapping) else None
    if isinstance(review, YamlMapping):
        sections.append(review)
    for section in sections:
        for each in section.entries.values() if isinstance(section, YamlMapping) else ():
            for name, entry in each.value.entries.items() if isinstance(each.value, YamlMapping) else ():
                value = entry.value
                text = value.value if isinstance(value, Scalar) else None
                if isinstance(text, str) and text and (confidential.looks(name) or holds_secret(text)):
                    yield name, value.span


def _secret(name: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP632",
        f"{name} looks like a secret, written into the environment file",
        span,
        label="everybody who reads this file or the output reads this",
        help=f"write  {name}: {{ variable: {names.identifier(name.lower())} }}"
        f"\nand give it when applying: TF_VAR_{names.identifier(name.lower())}=...",
    )


def _names(components: Iterable[Component]) -> set[str]:
    return {name for component in components for name in (component.id, component.name)}


def _unknown(span: Span, key: str, name: str, known: set[str], what: str, settings: HerokuSettings) -> Diagnostic:
    best = nearest(name, sorted(known))
    ids = sorted(known & {*settings.topology.components, *settings.topology.services})
    return Diagnostic(
        "CAMP615",
        f"{key} names a {what} that is not in this plan: {name}",
        span,
        label=f"no {what} has this name",
        fixes=edits.part(span, name, best, f"{best}:"),
        help="" if best else f"the plan has {choices(name, ids)}" if ids else f"the plan has no {what}",
    )
