"""Source in Go; the distribution's Go builds it on the machine."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand


class Go(ArtifactKind):
    """Source in Go."""

    words = "built on its machine"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The compiler."""
        return ("golang-go",)

    def check(self, inside: ArtifactOnMachine) -> None:
        """A module has a go.mod."""
        if inside.read is not None and "go.mod" not in inside.files:
            inside.wrong(
                f"{inside.component.name} is no Go module",
                "no go.mod in it",
                "write one with  go mod init NAME  beside it",
            )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """What the build leaves."""
        return StartCommand(f"{inside.folder}.bin")

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution."""
        return self.tools(inside)


KIND = Go()
