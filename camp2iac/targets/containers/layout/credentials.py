"""Users, databases and passwords of services, the same for clients and servers."""

from __future__ import annotations

from camp2iac.record import Record
from camp2iac.synth.module import Value
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.kit.databases import requested
from camp2iac.targets.kit.elsewhere import encoded
from camp2iac.topology.model import Job, Link, Service, Statement, TextValue


class Login(Record, frozen=True):
    """The credentials of one link, job or service. ``in_url``: the password, encoded for a URL."""

    user: str
    name: str
    password: Value
    in_url: Value


def login(known: KnownValues, service: Service, asked: Link | Job | None = None) -> Login:
    """The credentials of a service. ``asked``: its requirement can name another database."""
    password = known.password(service.id)
    return Login(
        _name(known, service.attributes.get("user")),
        _name(known, requested(service, asked)),
        password,
        password if service.id in known.generated else encoded(password),  # letters and digits
    )


def databases(known: KnownValues, service: Service) -> tuple[str, ...]:
    """The databases that requirements name, or the one that all share, sorted."""
    asked: list[Link | Job] = [*known.topology.users(service.id), *service.jobs]
    return tuple(sorted({login(known, service, one).name for one in asked} or {login(known, service).name}))


def _name(known: KnownValues, statement: Statement[TextValue] | None) -> str:
    literal = statement.value.literal if statement is not None else None
    return literal if literal and names.valid(literal) else names.application(known.topology)
