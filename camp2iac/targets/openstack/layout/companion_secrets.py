"""The secrets of companions as values of Terraform: generated, or a sensitive variable."""

from __future__ import annotations

from camp2iac.catalogue.companion_asks import CompanionSecret
from camp2iac.synth.module import Value, call, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.resource_types import PASSWORD


def variable(companion: str, name: str) -> str:
    """The variable that the operator sets, and the output that shows a generated secret."""
    return f"{names.label(companion)}_{name}"


def label(companion: str, name: str) -> str:
    """The name of a generated secret, and of the variable that replaces it.

    :mod:`..secrets` knows such names: the value must not change.
    """
    return f"companion_{variable(companion, name)}"


def secret(companion: str, name: str, form: CompanionSecret) -> Value:
    """The value of a secret."""
    if not form.length:
        return ref(f"var.{variable(companion, name)}")
    own = label(companion, name)
    return call("coalesce", ref(f"var.{own}"), ref(f"{PASSWORD}.{own}", ".result"))
