"""The sections on Docker of the output's README."""

from __future__ import annotations

from camp2iac.targets.containers.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout


def text(layout: DockerLayout) -> str:
    """Markdown."""
    app = names.application(layout.topology)
    lines = [
        "## On Docker",
        "",
        "The provider uses the engine of `DOCKER_HOST`, or the local one. `terraform apply` pulls and builds the",
        "images, and returns when all containers are ready.",
        "",
    ]
    for port in layout.published:
        scheme = port.protocol
        lines.append(
            f"- **{port.component.id}**: {scheme}://localhost:{port.port}{port.path} (`-var {port.variable}=PORT`)"
        )
    lines += [
        f"- `docker ps --filter name={app}-` lists the containers, and `docker logs NAME` prints what one has written.",
        "- `build/` contains a copy of each component's content, with a Dockerfile. Change the content, not the copy.",
        "- Containers are on networks of this application, and reach each other by the ids of the plan.",
        "- Passwords are in Terraform's state, and in files of the containers: keep both on this computer.",
    ]
    if layout.releases:
        jobs = ", ".join(f"`{each.id}`" for each in layout.releases.values())
        lines.append(
            f"- {jobs} runs once for each image. If it fails, the apply stops. Correct the cause, and run "
            "`terraform apply -replace=ADDRESS` with the address in the message."
        )
    lines += ["", "To remove all of it, run `terraform destroy`. Images of Docker Hub stay.", ""]
    return "\n".join(lines)
