"""The databases of a service that requirements and attributes name."""

from __future__ import annotations

from camp2iac.topology.model import Job, Link, Service, Statement, TextValue, Topology


def requested(service: Service, asked: Link | Job | None = None) -> Statement[TextValue] | None:
    """What names the database, or the virtual host, of a link or a job; None if the application's name is its name."""
    own = asked.options.get("database") if asked else None
    return own or service.attributes.get("database") or service.attributes.get("vhost")


def named_databases(topology: Topology, service: Service, application: str) -> tuple[str, ...]:
    """The names of a service's databases, sorted. Empty if its product has no databases with names.

    ``application``: the name of those that nothing names.
    """
    if "database" not in service.product.options:
        return ()
    asked: list[Link | Job | None] = [*topology.users(service.id), *service.jobs]
    statements = [requested(service, each) for each in asked or [None]]
    return tuple(sorted({(each and each.value.literal) or application for each in statements}))
