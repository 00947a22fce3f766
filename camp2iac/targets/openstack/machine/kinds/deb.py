"""A package of Debian's form."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine


def checked(what: str, begins: bytes, systems: tuple[str, ...]) -> Callable[[ArtifactOnMachine], None]:
    """That content is a package (CAMP465), and of the form that the machine's system installs (CAMP466).

    Args:
        what: the form, ``a DEB``.
        begins: how such a file begins.
        systems: distributions that install it, ``debian``.
    """

    def check(inside: ArtifactOnMachine) -> None:
        component, given, os = inside.component, inside.given, inside.given.infrastructure.os
        if inside.content.form == "folder" or (inside.data is not None and not inside.data.startswith(begins)):
            inside.wrong(f"{component.name} is not {what}", "not a package of that form", "give the package's file")
        if os.rpartition("-")[0] not in systems:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP466",
                    f"{os} does not install {what}: {component.name}",
                    component.statement.span,
                    label="of another family of systems",
                    help=f"give its form for {os}, or an image of one of these: {', '.join(systems)}",
                )
            )

    return check


KIND = ArtifactKind("installed on its machine", check=checked("a DEB", b"!<arch>\n", ("debian", "ubuntu")))
