"""Values of the plan in Terraform: strings stay strings, parameters and secrets become references."""

from __future__ import annotations

from camp2iac.synth.module import Value, call, ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.kit.values import Resolved
from camp2iac.targets.kit.values import resolve as resolve_text
from camp2iac.topology.model import Component, Reference, TextValue, Topology


def resolve(text: TextValue, topology: Topology) -> Resolved:
    """The Terraform value of a string of the plan. Heroku has no addresses, ports or passwords to refer to."""

    def value(reference: Reference) -> Value:
        if reference.kind == "parameter":
            return ref(f"var.{names.variable(reference.name)}")
        return secret(reference.name, topology) if reference.kind == "secret" else None

    return resolve_text(text, topology, value)


def secret(name: str, topology: Topology) -> Value:
    """The value of a secret: from ``random_password`` or from a variable."""
    known = topology.secrets.get(name)
    if known is not None and known.length is not None:
        return ref(f"random_password.{names.variable(name)}", ".result")
    return ref(f"var.{names.variable(name)}")


def url(component: Component) -> Value:
    """The URL of an app, without a slash at the end."""
    return call("trimsuffix", ref(names.app(component), ".web_url"), "/")


def peer_url(component: Component) -> Value:
    """The URL of an app in the configuration of another one, which is current in the apply that renames the app."""
    return ref(f"local.{peer(component)}")


def peer(component: Component) -> str:
    """The local value that contains :func:`peer_url`."""
    return names.identifier(component.id, "url")


def renamed(component: Component) -> str:
    """The name of the ``terraform_data`` whose output is unknown while Terraform renames an app."""
    return names.identifier(component.id, "name")
