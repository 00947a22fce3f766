"""A package of Debian's form."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine


class Deb(ArtifactKind):
    """A package that the machine's system installs.

    ``what``: its form. ``begins``: how such a file begins. ``systems``: distributions that install it, ``debian``.
    """

    words = "installed on its machine"
    what = "a DEB"
    begins = b"!<arch>\n"
    systems: tuple[str, ...] = ("debian", "ubuntu")

    def check(self, inside: ArtifactOnMachine) -> None:
        """It is a package (CAMP465), and of the form that the machine's system installs (CAMP466)."""
        component, given, os = inside.component, inside.given, inside.given.infrastructure.os
        if inside.content.form == "folder" or (inside.data is not None and not inside.data.startswith(self.begins)):
            message = f"{component.name} is not {self.what}"
            inside.wrong(message, "not a package of that form", "give the package's file")
        if os.rpartition("-")[0] not in self.systems:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP466",
                    f"{os} does not install {self.what}: {component.name}",
                    component.statement.span,
                    label="of another family of systems",
                    help=f"give its form for {os}, or an image of one of these: {', '.join(self.systems)}",
                )
            )


KIND = Deb()
