"""Attributes and options of a plan, checked before a product uses them."""

from __future__ import annotations

import re
from typing import Any

from camp2iac.catalogue.forms import ELSEWHERE
from camp2iac.catalogue.recipe import Recipe
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout import values
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput, line_of
from camp2iac.targets.openstack.machine.late_values import later
from camp2iac.targets.openstack.machine.served_folders import folders
from camp2iac.topology.model import Component, Service

_PLAIN = r"[A-Za-z0-9@%+=:,./_-]*"
_ADDRESSES = ("IP", "IPALL", "PORT")  # references whose values are safe everywhere


def attributes(document: MachineDocument, service: Service) -> dict[str, Any]:
    """Return the attributes of the product: the value of the plan, or the default, or None."""
    found: dict[str, Any] = {name: form.default for name, form in service.product.attributes.items()}
    for name, statement in service.attributes.items():
        form = service.product.attributes.get(name)
        if form is None or form.secret or name in ELSEWHERE:
            continue
        text = statement.value.literal
        if text is None:
            pattern = _PLAIN
            plain = "".join(part for part in statement.value.parts if isinstance(part, str))
            if any(part.kind not in _ADDRESSES for part in statement.value.references) or not re.fullmatch(
                _PLAIN, plain
            ):
                later(document.given, name, service.name, statement)
                continue
            value = values.value(statement.value, document.given.topology, document.given.infrastructure)
            found[name] = document.variable(service.id, name, line_of(value))
            document.given.context.ledger.keep(statement, "with this value")
            continue
        if form.type == "folders":
            found[name] = folders(document.given, service, name, statement, text)
            document.given.context.ledger.keep(statement, text)
            continue
        pattern = {"integer": "[0-9]{1,9}", "boolean": "true|false"}.get(form.type) or _pattern(
            document.given.recipe(service), name
        )
        if not re.fullmatch(pattern, text):
            document.given.context.diagnostics.add(
                Diagnostic(
                    "CAMP422",
                    f"{name} of {service.name} cannot have this value: {_short(text)}",
                    statement.value.span,
                    label=form.description[:1].lower() + form.description[1:],
                    help=f"for example, write  {name}: {form.default or 1}"
                    if form.default or form.type == "integer"
                    else "",
                )
            )
            continue
        found[name] = int(text) if form.type == "integer" else text == "true" if form.type == "boolean" else text
        document.given.context.ledger.keep(statement, text)
    return found


def options(given: MachineInput, service: Service, component: Component) -> dict[str, str]:
    """Return the options of a component's host as strings."""
    found = {}
    for name, statement in component.options.items():
        text = statement.value.literal
        if text is None:
            later(given, name, component.name, statement)
            continue
        given.context.ledger.keep(statement, _KEPT.get(name, text))
        if name == "server" and text not in ("gunicorn", "platform"):
            why = f"gunicorn serves the application. It supports WSGI, as {_short(text)} does."
            given.context.ledger.degrade(
                statement, "gunicorn", why, "None, unless the application depends on that server."
            )
        elif name not in ("application", "server") and not re.fullmatch(_pattern(given.recipe(service), name), text):
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP422",
                    f"{service.product.title} does not accept this {name} for {component.name}: {_short(text)}",
                    statement.value.span,
                    label="it can have letters, digits and @%+=:,./_-",
                    help="write it with letters, digits, dots, dashes and slashes",
                )
            )
            continue
        found[name] = text
    return found


_KEPT = {"application": "gunicorn, by systemd", "server": "gunicorn"}


def _pattern(recipe: Recipe, name: str) -> str:
    return recipe.patterns.get(name, _PLAIN)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
