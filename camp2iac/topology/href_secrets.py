"""Secrets in the ``href`` of services: the output asks for their values instead of repeating them.

A password becomes the attribute ``password`` with a secret that the operator gives. A key or a signature in the query
becomes such a secret, too. The warning about the plan itself is that of :mod:`camp2iac.topology.checks.secrets`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostics
from camp2iac.diagnostics.secrets import query_secrets
from camp2iac.record import replace
from camp2iac.topology import duplicates, elsewhere, object_stores
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.declarations import Declarations
from camp2iac.topology.model import Reference, Secret, Service, TextValue
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def ask(
    services: Mapping[str, Service], declared: Declarations, statements: Statements, diagnostics: Diagnostics
) -> tuple[dict[str, Service], dict[str, Secret]]:
    """The services and the secrets of a plan, with secrets for what the ``href`` of services contains.

    Reports a user or a password that is in the ``href`` and among the attributes (CAMP318).
    """
    made, found, taken = dict(services), dict(declared.secrets), {*declared.secrets, *declared.parameters}
    for id_, service in services.items():
        address, href = elsewhere.of(service), service.href
        if address is None or href is None or object_stores.is_store(service):
            continue
        for name in elsewhere.CREDENTIALS:
            given = service.attributes.get(name)
            if given is not None and getattr(address, name):
                help_ = "remove it from the href, or from the attributes"
                duplicates.report(f"the {name}", service.name, href.span, given.span, help_, diagnostics)
        if address.password and "password" not in service.attributes:
            text = _secret(service, "password", found, taken, statements)
            subject = Subject(SubjectKind.SERVICE, id_, service.name)
            words = "password, in the href"
            said = statements.say(subject, kinds.ATTRIBUTE, text, words, href.span, name="password")
            made[id_] = service = replace(service, attributes={**service.attributes, "password": said})
        keys = dict.fromkeys(query_key(address.rest, start) for start, _ in query_secrets(address.rest))
        if keys:
            query = {key: _secret(service, key, found, taken, statements) for key in keys}
            made[id_] = replace(service, query=query)
    return made, dict(sorted(found.items()))


def query_key(text: str, start: int) -> str:
    """The key in a query whose value begins at ``start``."""
    return re.split("[?&;]", text[: start - 1])[-1]


def _secret(
    service: Service, what: str, secrets: dict[str, Secret], taken: set[str], statements: Statements
) -> TextValue:
    """A reference to a new secret that the operator gives."""
    span = service.href.span if service.href is not None else service.span
    base = re.sub("[^a-z0-9_]", "_", f"{service.id}_{what}".lower())
    name = base if base[0].isalpha() else f"service_{base}"
    while name in taken:
        name += "_in_href"
    taken.add(name)
    subject = Subject(SubjectKind.SECRET, name, name)
    words = f"Secret {name}, given by the operator"
    said = statements.say(subject, kinds.SECRET, name, words, span)
    secrets[name] = Secret(name, f"The {what} of {service.name}, which the plan has in its href.", None, said, span)
    return TextValue((Reference("secret", name, span),), span)
