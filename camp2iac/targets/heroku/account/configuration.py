"""Outcomes of Env, and of attributes of the runtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout import fronts, values
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.configuration import lacks
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kit.values import words
from camp2iac.topology.model import Variable
from camp2iac.topology.statements import StatementKey


def outcomes(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """The outcomes of an app. One statement has several variables."""
    statements: dict[StatementKey, list[Variable]] = {}
    for variable in app.component.variables:
        statements.setdefault(variable.statement.key, []).append(variable)
    for group in statements.values():
        yield _env(layout, app, group)
    for name, statement in app.host.attributes.items():
        form = app.host.product.attributes.get(name)
        if variable_name := app.configuration.attributes.get(name):
            yield kept(statement, variable_name)
        elif form is not None and form.type == "folders":
            yield lost(
                statement,
                "The buildpack's web server serves only the content of the application.",
                "Let the application send these files itself, for example from an object store.",
            )
        elif behind := fronts.behind(layout, statement):
            yield lost(
                statement,
                f"Only Heroku's router reaches dynos, so no app passes requests on to {listed(behind)}.",
                f"Users connect to the app of {listed(behind)} itself.",
            )
        else:
            yield lost(
                statement,
                "Heroku runs the image with settings of its own."
                if app.image
                else "The buildpack configures the runtime and has no such setting.",
                "If the runtime reads an environment variable for it, set that variable (Env).",
            )


def _env(layout: HerokuLayout, app: App, group: Sequence[Variable]) -> LedgerEntry:
    """Kept, unless the environment file replaces a variable that Heroku cannot resolve."""
    statement, given = group[0].statement, app.configuration.given
    blind = [each for each in group if each.name in given and lacks(each.value, layout.given)]
    if not blind:
        return kept(statement, "config vars")
    missing = {words(r) for each in blind for r in values.resolve(each.value, layout.topology).missing}
    urls = [each.name for each in blind if isinstance(given[each.name], dict)]
    texts = [each.name for each in blind if each.name not in urls]
    why = f"Heroku has no {', '.join(sorted(missing))}."
    if urls:
        what = "is the URL of an app" if len(urls) == 1 else "are the URLs of apps"
        why += f" {listed(urls)} {what} instead."
    if not texts:
        return degraded(statement, "config vars, with URLs", why, "Change the application to accept a URL.")
    return degraded(
        statement,
        "config vars, some replaced",
        f"{why} {layout.settings.file} sets {listed(texts)}. Nothing updates {'it' if len(texts) == 1 else 'them'} "
        "if the other side changes.",
        layout.settings.fix(
            f"variables: {{ {app.component.id}: {{ {texts[0]}: {{ url: COMPONENT }} }} }}",
            "{ url: COMPONENT }",
            "the URL of another component's app, which is always up to date",
            "variables",
            app.component.id,
            texts[0],
        ),
    )
