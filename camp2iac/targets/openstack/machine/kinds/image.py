"""A container image: an archive of one (``podman save``, ``docker save``), or a reference to a registry's.

It runs in the machine's network, so that PORT and the addresses that it is told mean what they mean elsewhere.
"""

from __future__ import annotations

import re

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.targets.openstack.machine.content import DeliveredContent
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.openstack.machine.render import unit as word
from camp2iac.topology.model import Component

SCHEME = "docker://"  # as skopeo(1) and podman-pull(1) write where an image is; nothing of Docker's is in it
_NAME, _TAG = r"(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+", "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_REFERENCE = re.compile(rf"[a-z0-9.-]+(?::[0-9]+)?{_NAME}(?::{_TAG})?(@sha256:[0-9a-f]{{64}})?")


def _run(inside: ArtifactOnMachine, name: str, options: str = "", words: str = "") -> str:
    """``podman run``: in the unit's own control group, in the foreground, told what the unit is told."""
    fixed = "--rm --replace --pull=never --cgroups=split --network=host --log-driver=passthrough"
    port = ("PORT",) if inside.given.infrastructure.ports.get(inside.component.id) is not None else ()
    told = " ".join(f"--env={variable}" for variable in (*port, *inside.variables))
    mounts = " ".join(f"--volume={word(f'{mount}:{mount}')}" for mount in inside.mounts)
    parts = ("/usr/bin/podman run", fixed, f"--name={name}", told, mounts, options, image(inside), words)
    return " ".join(part for part in parts if part)


def image(inside: ArtifactOnMachine) -> str:
    """What the machine calls a component's image."""
    return f"localhost/{inside.given.app}/{inside.component.id}"


class ContainerImage(ArtifactKind):
    """A container image."""

    words = "by podman, on its machine"
    file = "{folder}/image.tar"
    confined = False

    def check(self, inside: ArtifactOnMachine) -> None:
        """An archive is a tar file, compressed or not (tar's magic is at 257)."""
        data = inside.data if inside.content.form == "file" else None
        if inside.content.form == "folder" or (
            data is not None and data[257:262] != b"ustar" and not data.startswith((b"\x1f\x8b", b"\xfd7zXZ", b"BZh"))
        ):
            inside.wrong(
                f"{inside.component.name} is no archive of an image",
                "not what podman save or docker save writes",
                "write it with  podman save --output FILE IMAGE  or name it:  "
                f"href: {SCHEME}REGISTRY/NAME@sha256:DIGEST",
            )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The image, run by podman."""
        return StartCommand(_run(inside, f"{inside.given.app}-{inside.component.id}"))

    def line(self, inside: ArtifactOnMachine, unit: str, file: str) -> str:
        """A line of the plan is for the shell that the image has."""
        return _run(inside, unit, f"--volume={file}:/run/camp.sh:ro --entrypoint=/bin/sh", "-e /run/camp.sh")

    def refer(self, given: MachineInput, component: Component) -> DeliveredContent | None:
        """An image that a registry has; None where the content is a file. CAMP425, CAMP427 as for other addresses."""
        href = component.content.href
        if href is None or not href.value.startswith(SCHEME):
            return None
        reference = href.value.removeprefix(SCHEME)
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP425",
                    f"a machine cannot fetch the content of {component.name}: {href.value}",
                    href.span,
                    label="not an address that machines know",
                    help=f"write  href: {SCHEME}REGISTRY/NAME@sha256:DIGEST",
                )
            )
        elif match[1] is None:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP427",
                    f"nothing says what the content of {component.name} must be: a machine takes whatever is there",
                    href.span,
                    severity=Severity.WARNING,
                    help=f"write  href: {SCHEME}{reference.rpartition(':')[0] or reference}@sha256:DIGEST",
                )
            )
        return DeliveredContent("image", reference)


KIND = ContainerImage()
