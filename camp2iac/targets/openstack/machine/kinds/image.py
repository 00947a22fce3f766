"""A container image: an archive (``podman save``, ``docker save``), or a reference to one in a registry.

It runs in the network of the instance, so PORT and addresses in its variables mean the same as outside a container.
"""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.targets.openstack.machine import encrypted_links, image_login
from camp2iac.targets.openstack.machine.content import DeliveredContent
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.openstack.machine.render import unit as word
from camp2iac.topology import images
from camp2iac.topology.model import Component

_RELEASED = "CAMP_IMAGE"
_FIXED = (
    "--rm --replace --pull=never --cgroups=split --network=host --log-driver=passthrough "
    "--security-opt=no-new-privileges"
)


def _run(inside: ArtifactOnMachine, name: str, options: str = "", words: str = "") -> str:
    """``podman run`` in the control group of the unit, in the foreground, with the variables of the unit."""
    read_only = "--read-only" if inside.attributes.get("read_only") else ""
    port = ("PORT",) if inside.given.infrastructure.ports.get(inside.component.id) is not None else ()
    told = " ".join(f"--env={variable}" for variable in (*port, *inside.variables))
    # The user that the image sets must be able to write, and is known only on the instance. Others may share a volume.
    own = ":U" if len(inside.service.components) == 1 else ""
    volumes = [f"{mount}:{mount}{own}" for mount in inside.mounts]
    if encrypted_links.linked(inside.given, inside.component):
        ca = encrypted_links.ca_path(inside.given)
        volumes.append(f"{ca}:{ca}:ro")
    mounts = " ".join(f"--volume={word(volume)}" for volume in volumes)
    parts = ("/usr/bin/podman run", _FIXED, read_only, f"--name={name}", told, mounts, options, image(inside), words)
    return " ".join(part for part in parts if part)


def image(inside: ArtifactOnMachine) -> str:
    """The name of a component's image on the instance. A release names it in a file that its units read."""
    return f"${{{_RELEASED}}}" if inside.content.release else f"localhost/{inside.given.app}/{inside.component.id}"


class ContainerImage(ArtifactKind):
    """A container image."""

    words = "run by podman on its instances"
    file = "{folder}/image.tar"
    confined = False

    def check(self, inside: ArtifactOnMachine) -> None:
        """An archive is a tar file, compressed or not (the magic number of tar is at offset 257)."""
        data = inside.start if inside.content.form in ("file", "release") else None
        if inside.content.form == "folder" or (
            data is not None and data[257:262] != b"ustar" and not data.startswith((b"\x1f\x8b", b"\xfd7zXZ", b"BZh"))
        ):
            inside.wrong(
                f"{inside.component.name} is not an archive of an image",
                "not a tar file from podman save or docker save",
                "create it with  podman save --output FILE IMAGE  or name it:  "
                f"href: {images.SCHEME}REGISTRY/NAME@sha256:DIGEST",
            )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The image, run by podman."""
        return StartCommand(_run(inside, f"{inside.given.app}-{inside.component.id}"))

    def line(self, inside: ArtifactOnMachine, unit: str, file: str) -> str:
        """The shell of the image runs a line of the plan."""
        return _run(inside, unit, f"--volume={file}:/run/camp.sh:ro --entrypoint=/bin/sh", "-e /run/camp.sh")

    def settings(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The file in the folder of a release that names its image. systemd reads it at each start."""
        return (f"EnvironmentFile={inside.folder}/image",) if inside.content.release else ()

    def text(self, refers: DeliveredContent) -> bytes:
        """What a release of an image in a registry consists of."""
        return f"{_RELEASED}={refers.path}\n".encode()

    def refer(self, given: MachineInput, component: Component) -> DeliveredContent | None:
        """An image in a registry. None if the content is a file. Reports CAMP427, like other addresses."""
        href, named = component.content.href, images.of(component)
        if href is None or images.reference(component) is None:
            return None
        if named is None:  # CAMP229
            return DeliveredContent("image", "")
        if not named.digest:
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP427",
                    f"the content of {component.name} has no digest, so instances use any image at this address",
                    href.span,
                    severity=Severity.WARNING,
                    help=f"write  href: {images.SCHEME}{named.base}@sha256:DIGEST",
                )
            )
        login = image_login.needed(given, component)
        source = f"pulled from {named.registry}{', with a login' if login else ''}"
        return DeliveredContent("image", named.exact, source=source)


KIND = ContainerImage()
