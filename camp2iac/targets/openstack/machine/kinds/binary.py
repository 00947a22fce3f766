"""A program without dependencies: one file, or a folder or archive that contains it."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand


class Binary(ArtifactKind):
    """An executable program."""

    words = "run on its instances"
    folder = True
    file = "{folder}/app"

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The file itself."""
        if inside.content.form != "file":
            inside.unknown(
                f"the content of {inside.component.name} does not show which file to run",
                inside.component.span,
                "more than one file",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec ./FILE",
            )
        return StartCommand(inside.content.path if inside.content.form == "file" else f"{inside.folder}/app")


KIND = Binary()
