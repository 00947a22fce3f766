"""CAMP444: components that Heroku cannot build."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the components that are not deployed."""
    for component in layout.left_out:
        product = layout.given.host(component).product
        reason = layout.given.unsupported(component)
        what = f"has no {'cloud native ' if layout.settings.fir else ''}buildpack for {product.title}"
        if offers.runs_images(product):
            what = "cannot run this image"
        write = f"name one in {layout.settings.file}:  buildpacks: {{ {component.id}: [URL] }}"
        yield Diagnostic(
            "CAMP444",
            f"Heroku {what}: {component.name} is not deployed",
            component.span,
            label="Heroku cannot build this",
            notes=(reason.why,) if reason else (),
            help=reason.remedy if reason else write,
        )
