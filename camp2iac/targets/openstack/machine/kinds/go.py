"""Source in Go; the distribution's Go builds it on the machine."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand


def _compiler(inside: ArtifactOnMachine) -> tuple[str, ...]:
    return ("golang-go",)


def _check(inside: ArtifactOnMachine) -> None:
    if inside.read is not None and "go.mod" not in inside.files:
        inside.wrong(
            f"{inside.component.name} is no Go module", "no go.mod in it", "write one with  go mod init NAME  beside it"
        )


def _web(inside: ArtifactOnMachine) -> StartCommand:
    return StartCommand(f"{inside.folder}.bin")


KIND = ArtifactKind("built on its machine", folder=True, tools=_compiler, packages=_compiler, check=_check, web=_web)
