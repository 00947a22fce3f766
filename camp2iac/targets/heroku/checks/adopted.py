"""CAMP765: ``adopt`` names what the output does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.adoptions import adoptions
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check that each part that Terraform takes over has a resource."""
    for each in adoptions(layout):
        if not each.address:
            yield Diagnostic(
                "CAMP765",
                f"the output has nothing that could take over {each.words}",
                each.span,
                label="Terraform has no resource for a part of this",
                help="remove the name, or add the process, domain, service, extra or pipeline",
            )
