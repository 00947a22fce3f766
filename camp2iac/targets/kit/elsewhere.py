"""The variables of components that connect to a service elsewhere (``href``)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from camp2iac.diagnostics.secrets import query_secrets
from camp2iac.synth.module import Template, Value, call
from camp2iac.targets.kit.values import Resolved
from camp2iac.topology import elsewhere
from camp2iac.topology.elsewhere import Address
from camp2iac.topology.href_secrets import query_key
from camp2iac.topology.model import Link, Service, TextValue


class Elsewhere:
    """A service elsewhere. ``resolve``: the platform's value of an attribute."""

    def __init__(self, service: Service, resolve: Callable[[TextValue], Resolved]) -> None:
        self.address = elsewhere.of(service)
        self._service = service
        self._given = {
            name: resolve(text)
            for name in elsewhere.CREDENTIALS
            if (text := elsewhere.credential(service, name)) is not None
        }

        self._query = {key: resolve(text) for key, text in service.query.items()}

    def without_secrets(self, text: str) -> list[Value]:
        """A part of the URL from its path on, with references instead of the secrets in its query."""
        parts: list[Value] = []
        done = 0
        for start, stop in query_secrets(text):
            parts += [text[done:start], encoded(self._query[query_key(text, start)].value)]
            done = stop
        return [*parts, text[done:]]

    def part(self, name: str) -> Resolved:
        """The user or the password: the attribute, or else as in the URL."""
        return self._given.get(name) or Resolved(getattr(self.address, name) if self.address else "", False, ())

    @property
    def url(self) -> Resolved:
        """The URL as in the plan; if the service has a user or a password as attribute, with both of them.

        A secret in its query is a reference.
        """
        href, address = self._service.href, self.address
        if href is None or address is None or not (self._given or self._query):
            return Resolved(href.value if href is not None else "", False, ())
        user, password = self.part("user"), self.part("password")
        pair: list[Value] = [encoded(user.value)]
        pair += [":", encoded(password.value)] if password.value != "" else []
        pair += ["@"] if pair != [""] else []
        parts = [f"{address.scheme}://", *pair, address.authority, *self.without_secrets(address.rest)]
        return Resolved(joined(parts), bool(self._query) or user.sensitive or password.sensitive, ())

    def variables(self, link: Link) -> dict[str, Resolved]:
        """The variables of a link: the URL and, without a product, its parts."""
        found = dict.fromkeys(link.variables, self.url)
        for part, name in elsewhere.names(self._service, link):
            found[name] = self._of(part, self.address) if self.address else Resolved("", False, ())
        return found

    def _of(self, part: str, address: Address) -> Resolved:
        if part in elsewhere.CREDENTIALS:
            return self.part(part)
        return Resolved(str(getattr(address, part)), False, ())


def encoded(value: Value) -> Value:
    """A value in the user information of a URL. Terraform's ``urlencode`` makes a plus sign of a space."""
    if isinstance(value, str):
        return quote(value, safe="")
    return call("replace", call("urlencode", value), "+", "%20")


def joined(parts: list[Value]) -> Value:
    """A string if all parts are strings, else a template."""
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    merged: list[Value] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return Template(tuple(merged))
