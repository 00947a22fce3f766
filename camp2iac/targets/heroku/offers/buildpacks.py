"""Buildpacks that build artifacts on a product."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, field
from camp2iac.topology.model import Service, Statement


class Buildpack(Record, frozen=True):
    """How a runtime is built. ``attributes``: attribute of the product to the variable that the runtime reads.

    ``fir``: the cloud native buildpacks for that generation; empty: none. ``kinds``: kinds of artifacts with other
    buildpacks. ``web``: the command of the ``web`` process. ``module``: the module in ``runtimes`` that prepares the
    content; empty: the content stays unchanged. ``runtime``: the module's data.
    """

    buildpacks: tuple[str, ...] = ()
    fir: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    web: str = ""
    module: str = ""
    runtime: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: str, fir: bool) -> tuple[str, ...]:
        """The buildpacks for a kind of artifact."""
        return () if fir and kind in self.kinds else self.kinds.get(kind) or (self.fir if fir else self.buildpacks)


#: Buildpacks of cedar that add a process ``web`` to a Procfile without one. Sources: their ``bin/release``, 2026-08-20;
#: heroku/ruby does for Rack and Rails.
_STARTS_WEB = frozenset(("heroku/nodejs", "heroku/php", "heroku/ruby"))


def starts_web(buildpacks: Sequence[str]) -> bool:
    """Whether the last one of an app's buildpacks, which decides, adds a process ``web``."""
    last = buildpacks[-1] if buildpacks else ""
    found = re.fullmatch(r"https://github\.com/heroku/heroku-buildpack-(\w+)(\.git)?(#.*)?", last)
    return (f"heroku/{found[1]}" if found else last) in _STARTS_WEB


def newest(versions: tuple[Version, ...], wanted: object) -> Version | None:
    """The newest release in a range (anything with ``in``; None: any release). None if there is none."""
    fit = [version for version in versions if wanted is None or version in wanted]  # type: ignore[operator]
    return max(fit, default=None)


def no_release(
    service: Service, wanted: Statement[VersionRange], what: str, versions: tuple[Version, ...]
) -> Diagnostic:
    """CAMP442: Heroku has no release in the plan's range."""
    return Diagnostic(
        "CAMP442",
        f"Heroku has no release of {service.product.title} in the range {wanted.value}",
        wanted.span,
        label=wanted.value.words(),
        notes=(f"{what} has {listed(map(str, versions))}",),
        help=f'write for example  version: "[{versions[0]},)"',
    )
