"""The variables of a link in Java's form: the URL for JDBC, and the user and the password by themselves."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from urllib.parse import quote

from camp2iac.catalogue.recipe import Recipe
from camp2iac.synth.module import Value, call, expr
from camp2iac.targets.kit.elsewhere import Elsewhere, encoded, joined
from camp2iac.targets.kit.values import Resolved
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Link, Service

_SAME = re.compile("[A-Za-z0-9._~-]*")  # what is the same in a URL, encoded or not (RFC 3986, unreserved)


def applies(runtime: Recipe, service: Service) -> bool:
    """Whether components on a runtime get the URL of a service in Java's form."""
    return runtime.jdbc_variables and bool(service.product.recipe.jdbc)


def names(variable: str) -> tuple[str, str, str]:
    """The variables beside ``DATABASE_URL``: the URL, the user, the password."""
    base = f"JDBC_{variable.removesuffix('_URL')}"
    return f"JDBC_{variable}", f"{base}_USERNAME", f"{base}_PASSWORD"


def of_elsewhere(service: Service, link: Link, known: Elsewhere) -> Mapping[str, Resolved]:
    """The variables of a link to a service elsewhere; none if the plan does not say all of its URL.

    A URL for JDBC has the user and the password as parameters, which most drivers decode (:func:`login`). Its other
    parameters are those of the plan's URL, such as ``sslmode``.
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
        "name": quote(address.database, safe=""),
        "login": login(user.value, password.value),
    }
    query = address.rest.partition("#")[0].partition("?")[2]
    more = known.without_secrets(f"&{query}") if query else []
    url = joined([*_filled(service.product.recipe.jdbc, parts), *more])
    told = (Resolved(url, bool(service.query) or user.sensitive or password.sensitive, ()), user, password)
    return {name: value for variable in link.variables for name, value in zip(names(variable), told, strict=True)}


def login(user: Value, password: Value) -> Value:
    """The user and the password as parameters of a URL for drivers of which some do not decode them.

    MariaDB Connector/J uses parameters as they are written, MySQL Connector/J decodes them. If both would not read the
    same, there are none: applications then need ``JDBC_..._USERNAME`` and ``_PASSWORD``, which always work. In a URL,
    they would win over those (proofs/drivers).
    """
    if isinstance(user, str) and not _SAME.fullmatch(user):
        return ""
    both = joined(["&user=", user, "&password=", password])
    if isinstance(password, str) and isinstance(user, str):
        return both if _SAME.fullmatch(password) else ""
    tried = joined([user, password]) if not isinstance(user, str) else password
    return expr("can(", call("regex", f"^{_SAME.pattern}$", tried), ") ? ", both, ' : ""')


def _filled(form: str, parts: Mapping[str, Value]) -> list[Value]:
    found: list[Value] = []
    for text, name, _, _ in string.Formatter().parse(form):
        found += [text, parts[name]] if name is not None else [text]
    return found
