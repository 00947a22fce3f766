"""Go source, which the instance builds with the distribution's Go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.openstack.machine.render import unit
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.go_programs import GoPrograms, cleaned, programs
from camp2iac.targets.programs.languages.go import mains

_GO = re.compile(r"^(?:go|toolchain)[ \t]+(?:go)?([0-9]+)\.([0-9]+)([.\w]*)", re.MULTILINE)
_DOWNLOADS = (1, 21)  # from this release on, Go downloads the release that a module asks for


class Go(ArtifactKind):
    """Go source."""

    words = "built on its instances"
    folder = True

    def check(self, inside: ArtifactOnMachine) -> None:
        """CAMP227: the module needs a newer Go than the distribution has. A warning if this Go can read go.mod."""
        has = inside.service.product.available.get(systems.like(inside.given.infrastructure.os))
        found = _GO.findall(_text(inside))
        needs = max(((int(major), int(minor)) for major, minor, _ in found), default=(0, 0))
        if has is None or needs <= has.numbers[:2] or has.numbers[:2] >= _DOWNLOADS:
            return
        unreadable = len(found) > 1 or any(rest for _, _, rest in found)  # older releases know only "go 1.N"
        product, content = inside.service.product, inside.component.content
        newer = [
            os
            for os, each in sorted(product.available.items())
            if each.numbers[:2] >= needs or each.numbers[:2] >= _DOWNLOADS
        ]
        wanted = ".".join(map(str, needs))
        inside.given.context.diagnostics.add(
            Diagnostic(
                "CAMP227",
                f"go.mod of {inside.component.name} needs Go {wanted}, but {inside.given.infrastructure.os} has {has}",
                content.href.span if content.href else content.span,
                severity=None if unreadable else Severity.WARNING,
                label="instances build this content with the Go of their distribution",
                notes=(
                    f"{listed(newer, 'and')} {'has' if len(newer) == 1 else 'have'} such a release, or can download it",
                )
                if newer
                else (),
                help=f"use an image of {newer[0]}, or deploy the program that you build:  artifact_type: "
                "org.golang:Binary"
                if newer
                else f"write  go {has}  in go.mod, or deploy the program that you build:  artifact_type: "
                "org.golang:Binary",
            )
        )

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The compiler."""
        return ("golang-go",)

    def programs(self, inside: ArtifactOnMachine) -> Mapping[str, str]:
        """The folders of its programs. Content that is not known has one."""
        found = _programs(inside)
        if found.single is None:
            return {name: f"./{folder}" for name, folder in found.several.items()}
        if "main" in inside.options:
            return {"": "./" + inside.options["main"].removeprefix("./")}
        return {"": f"./{found.single or '.'}"}

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The program that the build creates."""
        found = _programs(inside)
        if found.single is None:
            return StartCommand(str(unit(f"{inside.home}/bin/{found.web}")))
        return StartCommand(f"{inside.home}.bin")

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution."""
        return self.tools(inside)


def _text(inside: ArtifactOnMachine) -> str:
    read = inside.read
    return read("go.mod").decode("utf-8", "replace") if read is not None and "go.mod" in inside.files else ""


def _programs(inside: ArtifactOnMachine) -> GoPrograms:
    read = inside.read
    if read is None:
        return GoPrograms(cleaned(inside.options.get("main", "")))
    files = ContentFiles(inside.files, read, inside.component.content.span)
    return programs(inside.component, mains(files), _text(inside), inside.files)


KIND = Go()
