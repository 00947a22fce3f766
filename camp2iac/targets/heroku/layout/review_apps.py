"""Variables of review apps, from the environment file."""

from __future__ import annotations

from camp2iac.targets.base import Environment
from camp2iac.targets.heroku.layout.configuration import Asked


def plain(environment: Environment) -> dict[str, str]:
    """The variables with a value in the environment file, by name."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in _given(environment)
        if not isinstance(value, dict)
    }


def asked(environment: Environment) -> dict[str, Asked]:
    """The variables whose values are variables of the module, by name."""
    return {
        name: Asked(
            str(value["variable"]),
            f"{name} of the review apps.",
            "pipeline",
            environment.span("pipeline", "review_apps", "variables", name),
        )
        for name, value in _given(environment)
        if isinstance(value, dict)
    }


def _given(environment: Environment) -> list[tuple[str, object]]:
    return sorted((environment.get("pipeline", "review_apps", "variables") or {}).items())
