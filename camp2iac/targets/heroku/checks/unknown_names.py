"""CAMP601: keys of the environment file that name a component or service that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Sequence
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import unknown_name

_OF_COMPONENTS = ("apps", "dynos", "processes", "variables", "buildpacks", "domains", "drains", "telemetry", "extras")
_OF_PROCESSES = ("dynos", "processes")


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Names under keys that take components, processes or services; and in ``autoscaled``."""
    values = layout.settings.environment.values
    components = {name for each in layout.topology.components.values() for name in (each.id, each.name)}
    alone = len(layout.topology.components) == 1
    processes = {p.type for each in layout.topology.components.values() for p in each.processes}
    named = dict.fromkeys(_OF_COMPONENTS, ("component", components))
    if alone:
        also = components | processes | {"web", "worker", "clock"}
        named |= dict.fromkeys(_OF_PROCESSES, ("component", also))
    named["addons"] = ("service", set(layout.topology.services))
    for key, (what, known) in named.items():
        node = values.get(key)
        for name in node.entries if isinstance(node, YamlMapping) else ():
            if isinstance(node, YamlMapping) and name not in known:
                yield _unknown(layout, node.key(name).span, name, known, what)
    autoscaled = values.get("autoscaled")
    for each in autoscaled if isinstance(autoscaled, Sequence) else ():
        if each.plain not in components:
            yield _unknown(layout, each.span, str(each.plain), components, "component")


def _unknown(layout: HerokuLayout, span: Span, name: str, known: set[str], what: str) -> Diagnostic:
    ids = layout.topology.services if what == "service" else layout.topology.components
    return unknown_name(name, known, what, layout.settings.environment.shown, span, sorted(ids))
