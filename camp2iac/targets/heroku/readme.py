"""What to know about the output on Heroku: sections for its README."""

from __future__ import annotations

from camp2iac.targets.heroku import names
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.targets.heroku.parameters import external_name


def text(low: Lowering) -> str:
    """Markdown."""
    ask = [
        f"{names.identifier(c.id)}_app_name"
        for c in low.topology.components.values()
        if low.settings.app_name(c)[0] is None
    ]
    ask += [external_name(s) for s in low.wiring.external]
    ask += [names.identifier(s.id) for s in low.topology.secrets.values() if s.length is None]
    lines = [
        "## On Heroku",
        "",
        "The provider takes its key from `HEROKU_API_KEY` or `~/.netrc`.",
    ]
    if ask:
        lines += ["", f"Nobody decided these, so `terraform apply` asks: {', '.join(f'`{name}`' for name in ask)}."]
    lines += [
        "",
        "- `build/` holds a copy of each component's content with what Heroku needs beside it (`Procfile`, release of",
        "  the language). Change the content, not the copy.",
        "- `apply` waits for a build, not for its release command. After an apply that builds, look at",
        *(f"  `heroku releases --app {low.app_called(c)}`." for c in list(low.topology.components.values())[:1]),
        "- Each change of configuration restarts an app's dynos.",
    ]
    if low.wiring.addons:
        lines += [
            "- The add-ons belong to these apps; an add-on goes with its app:",
            *(f"  - {a.service.id} (`{a.plan}`): {a.owner.id}" for a in low.wiring.addons.values()),
            "  Another owner (`addons: { SERVICE: { owner: COMPONENT } }`) *replaces* it, and its data with it.",
        ]
    if low.notes:
        lines += ["", "### By hand", "", *(f"- {note}" for note in dict.fromkeys(low.notes))]
    return "\n".join(lines) + "\n"
