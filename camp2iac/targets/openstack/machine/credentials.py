"""Users, databases and passwords of services, the same for clients and servers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.record import Record
from camp2iac.synth.module import Value
from camp2iac.targets.kit.databases import requested
from camp2iac.targets.kit.elsewhere import encoded
from camp2iac.targets.openstack.layout import values
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Job, Link, Service, Statement, TextValue

# Safe in a URL, and between the quotes of every configuration file
_NAME = r"[A-Za-z][A-Za-z0-9_-]{0,62}"


class Credentials(Record, frozen=True):
    """The credentials of one link, job or service. ``in_url``: the password, encoded for a URL."""

    user: str
    name: str
    password: Value
    in_url: Value

    def parts(self, host: Value, port: int) -> Mapping[str, Value]:
        """Return the values for the form of a link."""
        return {"user": self.user, "password": self.in_url, "host": host, "port": port, "name": self.name}


def credentials(given: MachineInput, service: Service, asked: Link | Job | None = None) -> Credentials:
    """Return the credentials of a service. ``asked``: its requirement can name another database."""
    own = service.attributes.get("password")
    if own is not None:
        given.context.ledger.keep(own, "its password")
        password = values.value(own.value, given.topology, given.infrastructure)
        in_url: Value = encoded(password)
    else:
        password = in_url = given.infrastructure.passwords.get(service.id, "")
    return Credentials(
        _name(given, service, "user", service.attributes.get("user")),
        _name(given, service, "database", requested(service, asked)),
        password,
        in_url,
    )


def databases(given: MachineInput, service: Service) -> tuple[str, ...]:
    """Return the databases that requirements name, or the one that all share, sorted."""
    asked: list[Link | Job] = [*given.topology.users(service.id), *service.jobs]
    return tuple(sorted({credentials(given, service, one).name for one in asked} or {credentials(given, service).name}))


def _name(given: MachineInput, service: Service, what: str, statement: Statement[TextValue] | None) -> str:
    if statement is None:
        return given.app
    name = statement.value.literal
    if name is not None and re.fullmatch(_NAME, name):
        return given.context.ledger.keep(statement, name).literal or name
    _refuse(given, service, what, "a parameter" if name is None else name, statement.value.span)
    return given.app


def _refuse(given: MachineInput, service: Service, what: str, name: str, span: Span) -> None:
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP423",
            f"{service.product.title} cannot have a {what} of this name: {' '.join(name.split())}",
            span,
            label="it needs a letter, then letters, digits, _ and -",
            help=f"for example, write  {what}: {given.app}",
        )
    )
