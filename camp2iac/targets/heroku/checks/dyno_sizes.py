"""CAMP616, CAMP635: unknown dyno sizes, and sizes that do not fit the number of dynos or each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.formations import Formation, UnknownSize
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.offers import Dyno


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the sizes of all formations."""
    sizes = offers.dynos(layout.settings.sizes)
    for app in layout.apps.values():
        for unknown in app.formations.unknown:
            yield _unknown(layout, unknown, sizes)
        for formation in app.formations.all:
            if formation.autoscaled and not formation.dyno.autoscales:
                yield _unscalable(layout, formation, sizes)
            least = max(formation.count, formation.scale.value.minimum if formation.scale else 0)
            if formation.dyno.single and least > 1:
                yield _single(formation, least, app.formations.default)
        families = {formation.dyno.family: formation for formation in app.formations.all}
        if len(families) > 1:
            first, second = list(families.values())[:2]
            yield _mixed(first, second)


def _unknown(layout: HerokuLayout, unknown: UnknownSize, sizes: Mapping[str, Dyno]) -> Diagnostic:
    best = nearest(unknown.size, list(sizes))
    return Diagnostic(
        "CAMP616",
        f"Heroku has no dyno size {unknown.size}" + _where(layout),
        unknown.place,
        label="not a dyno size",
        help="" if best else f"write one of {', '.join(sizes)}",
        fixes=edits.part(unknown.place, unknown.size, best),
    )


def _where(layout: HerokuLayout) -> str:
    runtime = layout.settings.runtime
    return {"private": " in a Private Space", "shield": " in a Shield space"}.get(runtime, "")


def _single(formation: Formation, least: int, default: Dyno) -> Diagnostic:
    scale = formation.scale
    return Diagnostic(
        "CAMP616",
        f"{formation.label} needs {least} dynos, but Heroku runs only one {formation.dyno.name} dyno per process type",
        formation.place,
        label="at most one dyno",
        related=(Label(scale.span, f"the plan requires {least}"),) if scale else (),
        help=f"write for example  {formation.component.id}: {default.name}",
    )


def _unscalable(layout: HerokuLayout, formation: Formation, sizes: Mapping[str, Dyno]) -> Diagnostic:
    component = formation.component
    best = next((each.name for each in sizes.values() if each.autoscales), None)
    return Diagnostic(
        "CAMP635",
        f"Heroku cannot autoscale {formation.dyno.name} dynos",
        formation.place or layout.settings.environment.span("autoscaled"),
        label=f"{component.name} is in autoscaled",
        notes=("Heroku autoscales only performance, private and shield web dynos",),
        help=f"write  dynos: {{ {component.id}: {best} }}" if best else f"remove {component.name} from autoscaled",
    )


def _mixed(first: Formation, second: Formation) -> Diagnostic:
    return Diagnostic(
        "CAMP616",
        f"you cannot mix {first.dyno.name} and {second.dyno.name} dynos in one app",
        second.place or first.place,
        label=f"{second.label} has {second.dyno.name}" if second.place else f"{first.label} has {first.dyno.name}",
        related=(Label(first.place, f"{first.label} has {first.dyno.name}"),) if first.place and second.place else (),
        notes=("you can mix standard and performance dynos, but not eco or basic dynos with other sizes",),
        help=f"write  {second.process}: {first.dyno.name}",
    )
