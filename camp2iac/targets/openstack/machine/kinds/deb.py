"""A Debian package."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine


class Deb(ArtifactKind):
    """A package for the package manager of the operating system.

    ``what``: its format. ``begins``: the first bytes of such a file. ``systems``: the distributions that install it.
    """

    words = "installed on its instances"
    what = "a DEB"
    begins = b"!<arch>\n"
    systems: tuple[str, ...] = ("debian", "ubuntu")

    def check(self, inside: ArtifactOnMachine) -> None:
        """It is a package (CAMP465), in the format of the operating system (CAMP466)."""
        component, given, os = inside.component, inside.given, inside.given.infrastructure.os
        if inside.content.form == "folder" or (inside.start is not None and not inside.start.startswith(self.begins)):
            message = f"{component.name} is not {self.what}"
            inside.wrong(message, "not a package in this format", "name the package file")
        if os.rpartition("-")[0] not in self.systems:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP466",
                    f"{os} does not install {self.what}: {component.name}",
                    component.statement.span,
                    label="a package for other distributions",
                    help=f"build the package for {os}, or use an image with one of these: {', '.join(self.systems)}",
                )
            )


KIND = Deb()
