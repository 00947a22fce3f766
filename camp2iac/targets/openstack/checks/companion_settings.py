"""Settings of companions of which an environment file must have exactly one, such as where backups are."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP476."""
    for asked in layout.environment.companions:
        given = [name for name in asked.companion.one_of if asked.has(name)]
        if asked.companion.one_of and len(given) != 1:
            yield _not_one(layout, asked, given)


def _not_one(layout: OpenStackLayout, asked: AskedCompanion, given: list[str]) -> Diagnostic:
    companion = asked.companion
    name, choices, environment = companion.name, listed(companion.one_of, "or"), layout.environment
    if given:
        return Diagnostic(
            "CAMP476",
            f"{name} has {listed(given)}, but only one of them is possible",
            environment.key_span(name, given[1]) or environment.key_span(name),
            label="the second",
            help=f"keep one of {choices}",
        )
    first = companion.one_of[0]
    inner = ", ".join(f"{key}: ..." for key, each in companion.group(first).items() if each.required) or "..."
    return Diagnostic(
        "CAMP476",
        f"{name} has none of {choices}",
        environment.key_span(name),
        label=f"{choices} is missing",
        help=f"add for example  {first}: {{ {inner} }}",
    )
