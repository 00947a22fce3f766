"""The install half of a tier as a part of its image (``bake: true``): docs/adr/0055-baked-images.md.

Instances run one command for it, which does nothing if the image has the same half, by its digest. A recipe for Packer
runs the same command on the instance that becomes the image.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.record import asdict
from camp2iac.targets.openstack.machine import image_login
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput
from camp2iac.targets.openstack.machine.halves import ImageRecipe, InstallContent, InstallHalf, UploadedFile
from camp2iac.targets.openstack.machine.render import SCRIPTS, render

SCRIPT = "install-half"


def command(given: MachineInput, half: InstallHalf) -> str:
    """The command of an instance that installs the half, as one line of a shell."""
    words = (f"{LIB}/{SCRIPT}", digest(given.infrastructure.os, half), f"/opt/{given.app}")
    return shlex.join((*words, *half.packages, "--", *half.commands))


def digest(os: str, half: InstallHalf) -> str:
    """The SHA-256 of everything in the half, and of the operating system that it is for."""
    files = [[(file.path, file.sha256, file.executable) for file in content.files] for content in half.content]
    known = {
        "os": os,
        "packages": half.packages,
        "releases": half.releases,
        "content": [(each, content.checksums) for each, content in zip(files, half.content, strict=True)],
        "scripts": [(script.path, script.text) for script in half.scripts],
        "commands": half.commands,
    }
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def possible(document: MachineDocument) -> bool:
    """Whether the document leaves its install half to an image if there is one. CAMP489: it cannot.

    Call it when everything is in the document.
    """
    given = document.given
    if not given.infrastructure.bake:
        return False
    why = _obstacle(document)
    if why:
        given.context.diagnostics.add(
            Diagnostic(
                "CAMP489",
                f"no image can be made for the tier {given.tier.id}: {why}",
                given.context.environment.span("tiers", given.tier.id, "bake")
                or given.context.environment.span("bake")
                or given.tier.span,
                severity=Severity.WARNING,
                help=f"its instances install everything when they boot; to say so, write\n"
                f"  tiers: {{ {given.tier.id}: {{ bake: false }} }}",
            )
        )
    return not why


def _obstacle(document: MachineDocument) -> str:
    """Why an image cannot contain the half; empty: it can."""
    given, half = document.given, document.install_half
    if half.repositories:
        return f"cloud-init adds the repository {half.repositories[0].name}, and fetches its key"
    if any(not content.files for content in half.content):
        return "where its content comes from is a setting of the environment, with a secret or without"
    components = (given.topology.components[id_] for service in given.services for id_ in service.components)
    for component in components:
        if registry := image_login.needed(given, component):
            return f"the image of {component.name} needs a login to {registry.host}"
    return ""


def recipe(given: MachineInput, half: InstallHalf) -> ImageRecipe:
    """The recipe for an image with a half."""
    files = [
        UploadedFile(file.source, file.path, "0755" if file.executable else "0644", file.sha256)
        for content in half.content
        for file in content.files
    ]
    files += [
        UploadedFile(f"cloud-init/{script.file}", script.path, "0755", hashlib.sha256(script.text.encode()).hexdigest())
        for script in half.scripts
    ]
    names: Mapping[str, object] = {
        "app": given.app,
        "tier": given.tier.id,
        "digest": digest(given.infrastructure.os, half),
        "command": command(given, half),
        "files": [asdict(file) for file in files],
        "lists": [{"path": each.checksums, "text": _list(each)} for each in half.content if each.checksums],
    }
    text = str(render(SCRIPTS, "bake.sh.j2", names))
    return ImageRecipe(digest(given.infrastructure.os, half), text, tuple(files))


def _list(content: InstallContent) -> str:
    """The list for ``sha256sum --check``, as the document writes it."""
    lines = []
    for file in sorted(content.files, key=lambda file: file.path.encode()):
        name = file.path.removeprefix(f"{content.folder}/")
        escaped = name.replace("\\", "\\\\").replace("\n", "\\n")
        lines.append(f"{'' if escaped == name else chr(92)}{file.sha256}  {escaped}")
    return "\n".join(lines)
