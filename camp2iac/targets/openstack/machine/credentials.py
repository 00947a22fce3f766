"""Who logs in where: users, databases and passwords of services, the same for those who ask and those who answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.record import Record
from camp2iac.synth.module import Value, call
from camp2iac.targets.openstack.layout import values
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Job, Link, Service, Statement, TextValue

# Safe in a URL, and between the quotes of every configuration that it stands in
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")


class Credentials(Record, frozen=True):
    """Those of one link (or job, or of a service by itself). ``password`` is as typed, ``in_url`` as a URL has it."""

    user: str
    name: str
    password: Value
    in_url: Value

    def parts(self, host: Value, port: int) -> Mapping[str, Value]:
        """What a link's form is filled with."""
        return {"user": self.user, "password": self.in_url, "host": host, "port": port, "name": self.name}


def credentials(given: MachineInput, service: Service, asked: Link | Job | None = None) -> Credentials:
    """The credentials of a service; ``asked``: whose requirement may name a database of its own."""
    own = service.attributes.get("password")
    if own is not None:
        given.context.ledger.keep(own, "its password")
        password = values.value(own.value, given.topology, given.infrastructure)
        in_url: Value = call("urlencode", password)
    else:
        password = in_url = given.infrastructure.passwords.get(service.id, "")
    database = (asked.options.get("database") if asked else None) or service.attributes.get("database")
    database = database or service.attributes.get("vhost")
    return Credentials(
        _name(given, service, "user", service.attributes.get("user")),
        _name(given, service, "database", database),
        password,
        in_url,
    )


def databases(given: MachineInput, service: Service) -> tuple[str, ...]:
    """Every database that somebody asks for by name, or that one which all share; sorted."""
    asked: list[Link | Job] = [*given.topology.users(service.id), *service.jobs]
    return tuple(sorted({credentials(given, service, one).name for one in asked} or {credentials(given, service).name}))


def _name(given: MachineInput, service: Service, what: str, statement: Statement[TextValue] | None) -> str:
    if statement is None:
        return given.app
    name = statement.value.literal
    if name is not None and _NAME.fullmatch(name):
        return given.context.ledger.keep(statement, name).literal or name
    _refuse(given, service, what, "a parameter" if name is None else name, statement.value.span)
    return given.app


def _refuse(given: MachineInput, service: Service, what: str, name: str, span: Span) -> None:
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP423",
            f"{service.product.title} cannot have a {what} of this name: {' '.join(name.split())}",
            span,
            label="a letter, then letters, digits, _ and - belong here",
            help=f"write for example  {what}: {given.app}",
        )
    )
