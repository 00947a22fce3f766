"""CAMP471: two components get the same port of the computer, or a component that publishes none gets one."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.docker.layout.layout import DockerLayout


def check(layout: DockerLayout) -> Iterator[Diagnostic]:
    """Check the ports in the environment file."""
    seen: dict[int, tuple[str, Label | None]] = {}
    public = {each.component.id for each in layout.published}
    given = [(*layout.settings.port(each), each) for each in layout.topology.components.values()]
    for port, place, component in sorted(given, key=lambda each: (each[1].line, each[1].column) if each[1] else (0, 0)):
        if port is None:
            continue
        if component.id not in public:
            yield Diagnostic(
                "CAMP471",
                f"the environment file gives {component.id} a port, but the plan does not make it public",
                place,
                label="nothing is published",
                help="remove it, or write  public: true  in the Expose of the component",
            )
        elif port in seen:
            other, where = seen[port]
            yield Diagnostic(
                "CAMP471",
                f"{other} and {component.id} cannot both have the port {port} of the computer",
                place,
                label="the same port again",
                related=(where,) if where else (),
                help="give one of them another port",
            )
        else:
            seen[port] = (component.id, Label(place, "the first") if place else None)
