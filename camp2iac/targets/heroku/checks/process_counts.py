"""Counts of dynos in the environment file: not in the plan's scale (CAMP602), or of a process without app (CAMP601)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import unknown_name


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check ``processes`` of the environment file."""
    yield from _strangers(layout)
    for formation in layout.formations:
        scale, place = formation.scale, layout.settings.count_place(formation.component, formation.process)
        if scale is None or formation.tier == formation.component.tier or place is None:
            continue
        least, most = scale.value.minimum, scale.value.maximum
        if not least <= formation.count <= most:
            allowed = f"{least} to {most}" if least != most else f"{least} only"
            yield Diagnostic(
                "CAMP602",
                f"the plan allows {allowed} for the process {formation.process} of {formation.component.name}, "
                f"not {formation.count}",
                place,
                label="outside the plan's scale",
                related=(Label(scale.span, "the plan's scale"),),
                help=f"write a number from {least} to {most}, or change the plan's scale",
            )


def _strangers(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """The processes that no app has. Those of content that the compiler cannot see may exist."""
    section, components = layout.settings.environment.values.get("processes"), layout.topology.components
    if not isinstance(section, Mapping):
        return
    for name, entry in section.entries.items():
        named = [each for each in components.values() if name in (each.id, each.name)]
        inner = entry.value if isinstance(entry.value, Mapping) else None
        given = inner.entries if inner is not None else {name: entry}
        owners = named if inner is not None else list(components.values())
        if len(owners) != 1 or (owners[0].content.path is None and owners[0].content.data is None):
            continue
        known = {each.process for each in layout.formations if each.component.id == owners[0].id}
        if not known:
            continue
        for process, each in given.items():
            if process not in known:
                shown = layout.settings.environment.shown
                yield unknown_name(process, known, "process", shown, each.key.span, sorted(known))
