"""``deploy``, ``scale`` and limits of memory and CPUs: Scale and Compute."""

from __future__ import annotations

from camp2iac.importers.amounts import at_least, cores, mebibytes
from camp2iac.importers.formats.compose.layers import Layers
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart

_WHY = "the platform decides how it starts, restarts and updates instances"


def read(state: ComposeState, made: ComposedService) -> None:
    """Scale and Compute of the service, from all statements about them."""
    deploy = made.layers.get("deploy")
    replicas = deploy.get("replicas") if deploy is not None else None
    for layers in (made.layers.get("scale"), replicas):
        if layers is not None:
            _scale(state, made, layers.one())
    resources = deploy.get("resources") if deploy is not None else None
    for name in ("limits", "reservations"):
        part = resources.get(name) if resources is not None else None
        for key, field in (("cpus", "cores"), ("memory", "memory")):
            value = part.get(key) if part is not None else None
            if value is not None:
                _compute(state, made, value.one(), field)
        if part is not None:
            part.left_out("Compute has cores and memory")
    for key, field in (
        ("cpus", "cores"),
        ("mem_limit", "memory"),
        ("mem_reservation", "memory"),
    ):
        value = made.layers.get(key)
        if value is not None:
            _compute(state, made, value.one(), field)
    if deploy is not None:
        _rest(deploy)


def _scale(state: ComposeState, made: ComposedService, part: SourcePart) -> None:
    text = state.expand(part, "a number")
    if not text.isdecimal() or len(text) > 6:
        if not state.project.source.diagnostics.failed:
            part.wrong("a number of replicas")
        return
    if made.artifact is None:
        part.left_out("a database or broker of a plan has one instance") if int(text) != 1 else part.kept(made.what)
        return
    if int(text) == 0:
        part.left_out(
            "a service of a plan has at least one instance", "remove the artifact, or scale it on the platform"
        )
        return
    made.service.characteristic("org.camp2iac:Scale").values["min"] = int(text)
    part.kept(f"service {made.id}: Scale")


def _compute(state: ComposeState, made: ComposedService, part: SourcePart, field: str) -> None:
    number = (cores if field == "cores" else mebibytes)(state.expand(part, "a number"))
    if number is None:
        part.wrong("a number of CPUs" if field == "cores" else "an amount of memory such as 512M")
        return
    at_least(made.service, field, number)
    part.changed(
        f"service {made.id}: Compute, {field}",
        "a limit of a container becomes the minimum of its instance: the operating system needs a part of it",
    )


def _rest(deploy: Layers) -> None:
    mode = deploy.get("mode")
    if mode is not None:
        part = mode.one()
        if part.is_scalar and part.text() == "replicated":
            part.kept("Scale")
        else:
            part.left_out("a plan has numbers of instances: the platform has no nodes of the application")
    deploy.left_out(_WHY)
