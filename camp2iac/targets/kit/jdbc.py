"""The variables of a link in Java's form: the URL for JDBC, and the user and the password by themselves."""

from __future__ import annotations

import string
from collections.abc import Mapping

from camp2iac.catalogue.recipe import Recipe
from camp2iac.synth.module import Value
from camp2iac.targets.kit.elsewhere import Elsewhere, encoded, joined
from camp2iac.targets.kit.values import Resolved
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Link, Service


def applies(runtime: Recipe, service: Service) -> bool:
    """Whether components on a runtime get the URL of a service in Java's form."""
    return runtime.jdbc_variables and bool(service.product.recipe.jdbc)


def names(variable: str) -> tuple[str, str, str]:
    """The variables beside ``DATABASE_URL``: the URL, the user, the password."""
    base = f"JDBC_{variable.removesuffix('_URL')}"
    return f"JDBC_{variable}", f"{base}_USERNAME", f"{base}_PASSWORD"


def of_elsewhere(service: Service, link: Link, known: Elsewhere) -> Mapping[str, Resolved]:
    """The variables of a link to a service elsewhere; none if the plan does not say all of its URL.

    A URL for JDBC has the user and the password as parameters, which drivers decode. Its other parameters are those of
    the plan's URL, such as ``sslmode``.
    """
    address = known.address
    if address is None or address.port is None or not elsewhere.whole(service):
        return {}
    user, password = known.part("user"), known.part("password")
    parts: dict[str, Value] = {
        "user": encoded(user.value),
        "password": encoded(password.value),
        "host": f"[{address.host}]" if ":" in address.host else address.host,
        "port": str(address.port),
        "name": address.database,
    }
    query = address.rest.partition("#")[0].partition("?")[2]
    more = known.without_secrets(f"&{query}") if query else []
    url = joined([*_filled(service.product.recipe.jdbc, parts), *more])
    told = (Resolved(url, bool(service.query) or user.sensitive or password.sensitive, ()), user, password)
    return {name: value for variable in link.variables for name, value in zip(names(variable), told, strict=True)}


def _filled(form: str, parts: Mapping[str, Value]) -> list[Value]:
    found: list[Value] = []
    for text, name, _, _ in string.Formatter().parse(form):
        found += [text, parts[name]] if name is not None else [text]
    return found
