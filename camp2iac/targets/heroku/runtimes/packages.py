"""Packages of the distribution (``org.camp2iac:Packages``): a buildpack that unpacks packages of Ubuntu.

It reads an ``Aptfile`` in the copy, on the generation fir a section of ``project.toml``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.kit import lost
from camp2iac.topology.model import Component

CEDAR, FIR = "heroku-community/apt", "heroku/deb-packages"
_UBUNTU = "debian"  # the family whose names are those of Heroku's stacks
_HOW = "unpacked by {}"
_WHY = "The buildpack unpacks the packages into the app's own folder, and does not run their installation scripts."
_HELP = "Check that the names exist in the Ubuntu release of the app's stack."


def names(component: Component) -> tuple[str, ...]:
    """The packages of a component on Ubuntu."""
    return tuple(dict.fromkeys(name for each in component.packages for name in each.families.get(_UBUNTU, ())))


def buildpacks(component: Component, *, fir: bool) -> tuple[str, ...]:
    """The buildpack that unpacks them, before those of the runtime. Empty if it has nothing to do."""
    fetched = component.content.path is None and component.content.data is None
    return () if fetched or not names(component) else (FIR if fir else CEDAR,)


def add(build: Build, own: Sequence[object], *, fir: bool) -> None:
    """Write the names into the copy, and record the outcomes. ``own``: the buildpacks of the environment file."""
    component, listed = build.component, names(build.component)
    pack = FIR if fir else CEDAR
    named = not own or any("apt" in str(each) or "deb-packages" in str(each) for each in own)
    for each in component.packages:
        if not each.families.get(_UBUNTU):
            build.lose(each.statement, "Dynos are Ubuntu, and the plan has no names for it.", "Add `debian: [NAME]`.")
        elif not named:
            why = "The buildpacks in the environment file do not install packages."
            build.lose(each.statement, why, f"Name {pack} before them.")
        else:
            build.degrade(each.statement, _HOW.format(pack), _WHY, _HELP)
    if not listed or not named:
        return
    origin = component.packages[0].statement.span
    file = "project.toml" if fir else "Aptfile"
    text = build.copy.text(file) or ""
    text = f"{text.rstrip()}\n" if text.strip() else ""
    if fir:
        text += f"\n[com.heroku.buildpacks.deb-packages]\ninstall = {json.dumps(list(listed))}\n"
    else:
        had = {line.strip() for line in text.splitlines()}
        text += "".join(f"{name}\n" for name in listed if name not in had)
    build.copy.add(file, text, origin)


def outside(component: Component) -> Iterator[LedgerEntry]:
    """The outcomes for content that Heroku downloads."""
    for each in component.packages:
        why = "camp2iac cannot add an Aptfile to an archive that Heroku downloads."
        yield lost(
            each.statement, why, "Add an Aptfile to the archive, and name the buildpack in the environment file."
        )
