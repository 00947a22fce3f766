"""CAMP602: a number of dynos in the environment file that the plan's scale of the process does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check ``processes`` of the environment file for processes with a scale."""
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
