"""CAMP615: keys of the environment file that name a component or service that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Sequence
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.targets.heroku.layout.layout import Layout

_OF_COMPONENTS = (
    "apps", "dynos", "processes", "variables", "buildpacks", "domains", "drains", "telemetry", "extras"
)  # fmt: skip
_OF_PROCESSES = ("dynos", "processes")


def check(layout: Layout) -> Iterator[Diagnostic]:
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
                yield _unknown(layout, node.key(name).span, key, name, known, what)
    autoscaled = values.get("autoscaled")
    for each in autoscaled if isinstance(autoscaled, Sequence) else ():
        if each.plain not in components:
            yield _unknown(layout, each.span, "autoscaled", str(each.plain), components, "component")


def _unknown(layout: Layout, span: Span, key: str, name: str, known: set[str], what: str) -> Diagnostic:
    best = nearest(name, sorted(known))
    ids = sorted(known & {*layout.topology.components, *layout.topology.services})
    return Diagnostic(
        "CAMP615",
        f"{key} names a {what} that is not in this plan: {name}",
        span,
        label=f"no {what} has this name",
        help=f"write  {best}:" if best else f"the plan has {choices(name, ids)}" if ids else f"the plan has no {what}",
    )
