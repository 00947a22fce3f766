"""How the components of a tier run, for companions with commands for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.record import Record
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.kinds import find
from camp2iac.targets.openstack.machine.template_context import DeployedComponent, TemplateContext
from camp2iac.topology.model import Service

_NOBODY = "nobody"  # serves files that everyone can read


class CompanionComponent(Record, frozen=True):
    """A component of the tier that a unit runs.

    Attributes:
        id: Its id.
        form: ``unit``: systemd confines its processes. ``container``: podman does, in a container with the unit's name.
        unit: The unit of its web process, else of its first process, of its server, or of its first schedule.
        user: Who runs its code, if the unit starts as another user. Empty: the user of the unit.
        folder: Where its processes start.
        released: It comes as releases.
    """

    id: str
    form: str
    unit: str
    user: str
    folder: str
    released: bool


def components(
    given: MachineInput, installed: Sequence[tuple[Service, TemplateContext]]
) -> Iterator[CompanionComponent]:
    """The components that run on a tier's services, in the plan's order."""
    for service, known in installed:
        for component in known.components:
            unit = _unit(given, component)
            own = unit or known.unit_name
            if own:
                container = unit and not find(component.kind).confined
                user = "" if unit else _user(given, service)
                yield CompanionComponent(
                    component.id,
                    "container" if container else "unit",
                    own,
                    user,
                    component.home,
                    component.released,
                )


def _unit(given: MachineInput, component: DeployedComponent) -> str:
    """Its own unit; empty if it has none."""
    name = f"{given.app}-{component.id}"
    if component.units:
        web = f"{name}.service"
        return web if web in component.units else component.units[0]
    for schedule in given.topology.components[component.id].schedules:
        return f"{name}.schedule.{schedule.name}{'' if schedule.alone else '@'}.service"
    return ""


def _user(given: MachineInput, service: Service) -> str:
    """The user of a server's workers, or one without rights if the server is the only program."""
    user = given.recipe(service).user
    return user if user != "root" else _NOBODY
