"""CAMP423: a service cannot have a user or a database of this name."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.topology.model import Job, Link, Service, Statement, TextValue

_NAMES = ("user", "database", "vhost")


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """Check what the plan names in services, links and jobs."""
    for container in layout.services.values():
        service = container.service
        given = [(what, service.attributes[what]) for what in _NAMES if what in service.attributes]
        asked: list[Link | Job] = [*layout.topology.users(service.id), *service.jobs]
        for each in asked:
            given += [(what, each.options[what]) for what in _NAMES if what in each.options]
        for what, statement in given:
            literal = statement.value.literal
            if literal is None or not names.valid(literal):
                yield _refused(layout, service, what, statement)


def _refused(layout: ContainerLayout, service: Service, what: str, statement: Statement[TextValue]) -> Diagnostic:
    literal = statement.value.literal
    shown = "a parameter" if literal is None else " ".join(literal.split())
    return Diagnostic(
        "CAMP423",
        f"{service.product.title} cannot have a {what} of this name: {shown}",
        statement.value.span,
        label="it needs a letter, then letters, digits, _ and -",
        help=f"for example, write  {what}: {names.application(layout.topology)}",
    )
