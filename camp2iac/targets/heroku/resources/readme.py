"""What to know about the output on Heroku: sections for its README."""

from __future__ import annotations

from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import costs


def text(layout: HerokuLayout) -> str:
    """Markdown."""
    lines = [
        "## On Heroku",
        "",
        "The provider takes its key from `HEROKU_API_KEY` or `~/.netrc`.",
        "",
        "- `build/` holds a copy of each component's content with what Heroku needs beside it (`Procfile`, release of",
        "  the language). Change the content, not the copy.",
        "- `apply` waits for a build, not for its release command. After an apply that builds, look at",
        *(f"  `heroku releases --app {layout.called(c)}`." for c in list(layout.topology.components.values())[:1]),
        "- Each change of configuration restarts an app's dynos.",
    ]
    if layout.attachments.addons:
        lines += [
            "- The add-ons belong to these apps; an add-on goes with its app:",
            *(f"  - {a.service.id} (`{a.plan}`): {a.owner.id}" for a in layout.attachments.addons.values()),
            "  Another owner (`addons: { SERVICE: { owner: COMPONENT } }`) *replaces* it, and its data with it.",
        ]
    lines += costs.text(layout)
    if layout.notes:
        lines += ["", "### By hand", "", *(f"- {note}" for note in layout.notes)]
    return "\n".join(lines) + "\n"
