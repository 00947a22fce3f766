"""A program that needs nothing: one file, or a folder or archive with it inside."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand


class Binary(ArtifactKind):
    """A program as it is."""

    words = "as it is, on its machine"
    folder = True
    file = "{folder}/app"

    def check(self, inside: ArtifactOnMachine) -> None:
        """An ELF file or a script."""
        data = inside.data if inside.content.form == "file" else None
        if data is not None and not data.startswith((b"\x7fELF", b"#!")):
            inside.wrong(
                f"{inside.component.name} is no program that Linux can run",
                "it begins as neither an ELF file nor a script does",
                "build it for Linux, such as with  GOOS=linux CGO_ENABLED=0 go build",
            )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The file itself."""
        if inside.content.form != "file":
            inside.unknown(
                f"which file of {inside.component.name} is to be run, nobody can tell",
                inside.component.span,
                "it is not one file",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec ./FILE",
            )
        return StartCommand(f"{inside.folder}/app")


KIND = Binary()
