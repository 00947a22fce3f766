"""The sections on Heroku of the output's README."""

from __future__ import annotations

from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import costs


def text(layout: HerokuLayout) -> str:
    """Markdown."""
    lines = [
        "## On Heroku",
        "",
        "The provider reads its API key from `HEROKU_API_KEY` or `~/.netrc`.",
        "",
        "- `build/` contains a copy of each component's content, with the files that Heroku needs (`Procfile`, the",
        "  release of the language). Change the content, not the copy.",
        "- `terraform apply` waits for a build, but not for its release command. After an apply that builds, check",
        *(f"  {line}" for line in _releases(layout)),
        "- Each change of configuration restarts an app's dynos.",
    ]
    if layout.attachments.addons:
        lines += [
            "- Each add-on belongs to an app, and is destroyed with it. If you change the owner",
            "  (`addons: { SERVICE: { owner: COMPONENT } }`), Terraform *replaces* the add-on and destroys its data.",
            *(f"  - {a.service.id} (`{a.plan}`): {a.owner.id}" for a in layout.attachments.addons.values()),
        ]
    if layout.settings.new_space is not None:
        lines += [
            "- Heroku deletes a Private Space only if it contains no apps. If you change the space's region, team,",
            "  generation, address ranges or shield, Terraform replaces it: first run `terraform destroy` with a",
            "  `-target` for each app.",
        ]
    lines += costs.text(layout)
    if layout.notes:
        lines += ["", "### Manual steps", "", *(f"- {note}" for note in layout.notes)]
    return "\n".join(lines) + "\n"


def _releases(layout: HerokuLayout) -> list[str]:
    """What shows the result of each release command. Without one, the first app is the example."""
    apps = [app.component for app in layout.apps.values() if "release" in app.build.processes]
    apps = apps or list(layout.topology.components.values())[:1]
    shown = [f"`heroku releases --app {layout.called(component)}`" for component in apps]
    return [f"{each}{',' if each != shown[-1] else '.'}" for each in shown]
