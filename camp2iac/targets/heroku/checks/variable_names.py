"""CAMP447: two variables of the module have the same name."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.configuration import external_url
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Parameter, Secret


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check all names. A variable in the environment file and a secret of the plan can share one variable."""
    asked: dict[str, Span | None] = {}
    for each in layout.asked:
        asked.setdefault(each.name, each.origin)
    made = _made(layout) - asked.keys()
    taken: dict[str, Label] = {}
    items: list[Parameter | Secret] = [*layout.topology.parameters.values(), *layout.topology.secrets.values()]
    for item in items:
        name = names.variable(item.id)
        if isinstance(item, Secret) and item.length is not None:
            if name in taken:
                yield _taken(item.id, item.span, taken[name])
            continue
        if name in made or name in taken:
            yield _taken(item.id, item.span, taken.get(name))
        taken.setdefault(name, Label(item.span, "the other variable"))
    shared = {names.variable(secret.id) for secret in layout.topology.secrets.values() if secret.length is None}
    for name, span in asked.items():
        if name in made or (name in taken and name not in shared):
            yield _taken(name, span, taken.get(name))


def _made(layout: HerokuLayout) -> set[str]:
    """The variables of apps, formations and external services."""
    found = {f"{app.name}_app_name" for app in layout.apps.values()}
    for formation in layout.formations:
        found |= {f"{formation.name}_count", f"{formation.name}_dyno_size"}
    return found | {external_url(service) for service in layout.attachments.external}


def _taken(name: str, span: Span | None, other: Label | None) -> Diagnostic:
    return Diagnostic(
        "CAMP447",
        f"{name} is also the name of another variable",
        span,
        label="this name is taken",
        related=(other,) if other else (),
        help=f"choose another name, such as  {name}_value",
    )
