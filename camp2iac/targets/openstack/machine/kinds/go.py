"""Go source, which the instance builds with the distribution's Go."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand


class Go(ArtifactKind):
    """Go source."""

    words = "built on its instances"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The compiler."""
        return ("golang-go",)

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The program that the build creates."""
        return StartCommand(f"{inside.folder}.bin")

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution."""
        return self.tools(inside)


KIND = Go()
