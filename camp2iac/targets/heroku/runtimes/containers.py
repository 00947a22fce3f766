"""Container images in a registry: Heroku builds an image from the plan's, and runs it on its container stack.

Terraform's provider can only build. So the build has a Dockerfile with one line, which names the image, and
``heroku.yml``, which names the processes. Heroku stores the result in its own registry, so an app does not depend on
the plan's registry after the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.targets.heroku.runtimes import Build
from camp2iac.topology import images
from camp2iac.topology.images import ImageName

_DOCKERFILE = """\
# The image of the plan, unchanged. Terraform's provider for Heroku builds images, but cannot push them.
FROM {name}
"""
_PORT = (
    "Heroku chooses the port and names it in PORT. It ignores the ports that the image exposes, and runs it as a user "
    "without privileges."
)


def prepare(build: Build, image: ImageName, guard: str = "") -> tuple[str, ...]:
    """Write the files of the build, and return the types of the processes. ``guard``: before the release command."""
    component, copy = build.component, build.copy
    commands = {process.type: _line(process.command) for process in component.processes}
    types = tuple(type_ for type_ in commands if type_ != "release")
    asked = any(exposure.port for exposure in component.exposures)
    if "web" not in types and (not types or asked):
        types = ("web", *types)
    main = "web" if "web" in types else types[0]
    origin = component.content.href.span if component.content.href else component.content.span
    copy.add("Dockerfile", _DOCKERFILE.format(name=image.full), origin)
    copy.add("heroku.yml", _manifest(main, commands, guard), component.span)
    _account(build, image)
    return tuple(dict.fromkeys((*types, *(["release"] if "release" in commands else []))))


def _account(build: Build, image: ImageName) -> None:
    component = build.component
    if image.digest:
        how = f"on the container stack, from {image.registry}"
        build.degrade(component.statement, how, _PORT, "The image must listen on $PORT.")
    else:
        why = f"{_PORT} It builds what {image.full} is at the first apply, and does not notice a later image."
        help_ = f"Name the image with its digest: {images.SCHEME}{image.full}@sha256:DIGEST"
        how = f"on the container stack, from {image.registry}"
        build.degrade(component.statement, how, why, "The image must listen on $PORT.", help_)
        build.fault(_moves(build, image))
    if build.service.version is not None:
        why = "Heroku has its own container runtime, and no podman."
        build.degrade(build.service.version, "Heroku's container runtime", why, "None needed.")


def _moves(build: Build, image: ImageName) -> Diagnostic:
    content = build.component.content
    return Diagnostic(
        "CAMP427",
        f"the content of {build.component.name} has no digest, so Heroku builds from any image at this address",
        content.href.span if content.href else content.span,
        severity=Severity.WARNING,
        help=f"write  href: {images.SCHEME}{image.base}@sha256:DIGEST",
    )


def _line(command: str) -> str:
    return " ".join(re.split(r"[\r\n]+", command)).strip(" ")


def _manifest(main: str, commands: Mapping[str, str], guard: str) -> str:
    """``heroku.yml``. JSON strings are YAML. A process without a command here runs the command of the image."""
    lines = ["build:", "  docker:", f"    {json.dumps(main)}: Dockerfile"]
    if "release" in commands:
        command = "; ".join(filter(None, (guard, commands["release"])))
        lines += ["release:", f"  image: {json.dumps(main)}", "  command:", f"    - {json.dumps(command)}"]
    run = {type_: command for type_, command in commands.items() if type_ != "release"}
    lines += ["run:"] if run else []
    for type_, command in run.items():
        if type_ == main:
            lines.append(f"  {json.dumps(type_)}: {json.dumps(command)}")
        else:
            lines += [f"  {json.dumps(type_)}:", "    command:", f"      - {json.dumps(command)}"]
            lines.append(f"    image: {json.dumps(main)}")
    return "".join(f"{line}\n" for line in lines)
