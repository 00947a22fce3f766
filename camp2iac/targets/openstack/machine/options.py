"""What a plan says of how a product is to run something: attributes and options, checked before they go anywhere."""

from __future__ import annotations

import re
from typing import Any

from camp2iac.catalogue.forms import ELSEWHERE
from camp2iac.catalogue.recipe import Recipe
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import Remedy
from camp2iac.targets.openstack.layout import values
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput, line_of
from camp2iac.topology.model import Component, Service, Statement, TextValue

_PLAIN = r"[A-Za-z0-9@%+=:,./_-]*"
_ADDRESSES = ("IP", "IPALL", "PORT")  # references that are safe wherever they stand


def attributes(document: MachineDocument, service: Service) -> dict[str, Any]:
    """Every attribute of the product: the plan's value, else the default, else None."""
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
            document.given.context.ledger.keep(statement, "as the plan says")
            continue
        pattern = {"integer": "[0-9]{1,9}", "boolean": "true|false"}.get(form.type) or _pattern(
            document.given.recipe(service), name
        )
        if not re.fullmatch(pattern, text):
            document.given.context.diagnostics.add(
                Diagnostic(
                    "CAMP422",
                    f"{name} of {service.name} cannot be this: {_short(text)}",
                    statement.value.span,
                    label=form.description[:1].lower() + form.description[1:],
                    help=f"write for example  {name}: {form.default or 1}"
                    if form.default or form.type == "integer"
                    else "",
                )
            )
            continue
        found[name] = int(text) if form.type == "integer" else text == "true" if form.type == "boolean" else text
        document.given.context.ledger.keep(statement, text)
    return found


def options(given: MachineInput, service: Service, component: Component) -> dict[str, str]:
    """The options of a component's host, as text."""
    found = {}
    for name, statement in component.options.items():
        text = statement.value.literal
        if text is None:
            later(given, name, component.name, statement)
            continue
        given.context.ledger.keep(statement, _KEPT.get(name, text))
        if name == "server" and text not in ("gunicorn", "platform"):
            why = f"Applications are served by gunicorn here, which speaks WSGI as {_short(text)} does."
            given.context.ledger.degrade(
                statement, "gunicorn", why, Remedy("None needed, as long as nothing counts on it.")
            )
        elif name not in ("application", "server") and not re.fullmatch(_pattern(given.recipe(service), name), text):
            given.context.diagnostics.add(
                Diagnostic(
                    "CAMP422",
                    f"{service.product.title} cannot have this for {component.name}: {_short(text)}",
                    statement.value.span,
                    label="letters, digits and a few signs may stand here",
                    help="write it in letters, digits, dots, dashes and slashes",
                )
            )
            continue
        found[name] = text
    return found


_KEPT = {"application": "gunicorn, by systemd", "server": "gunicorn"}


def _pattern(recipe: Recipe, name: str) -> str:
    return recipe.patterns.get(name, _PLAIN)


def later(given: MachineInput, name: str, owner: str, statement: Statement[TextValue]) -> None:
    """CAMP422 where only Terraform knows the value of an attribute or option."""
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP422",
            f"{name} of {owner} must be known before anything is deployed",
            statement.value.span,
            label="this is known later",
            help="write the value itself",
        )
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
