"""CAMP364: two environments that keep their state in the same place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets import backend
from camp2iac.targets.base import Environment


def shared(environment: Environment, earlier: Sequence[Environment]) -> Diagnostic | None:
    """CAMP364 if the backend of an environment is that of an earlier one.

    Only if both say where the state is: ``-backend-config`` can give what they leave out.
    """
    found, place = backend.chosen(environment), _place(environment)
    other = next((each for each in earlier if _place(each) == place), None) if place else None
    theirs = backend.chosen(other) if other is not None else None
    if found is None or found.known is None or other is None or theirs is None:
        return None
    return Diagnostic(
        "CAMP364",
        f"the environments {other.name} and {environment.name} keep their state in the same place",
        found.key.span,
        label=f"the same as in {other.name}",
        related=(Label(theirs.key.span, f"the backend of {other.name}"),),
        notes=(
            f"Terraform treats resources of {other.name} as those of {environment.name}: it changes or destroys them",
        ),
        help=f"give {environment.name} another {found.known.state[-1]}, or select a workspace for each environment",
    )


def _place(environment: Environment) -> Mapping[str, str]:
    """Where the state is: the backend and its values. Empty if they do not say it."""
    found = backend.chosen(environment)
    if found is None or found.known is None or not found.known.state:
        return {}
    values = {".".join(path): value.text for path, value in backend.leaves(found.values, ())}
    return {"": found.name, **values} if set(found.known.state) <= values.keys() else {}
