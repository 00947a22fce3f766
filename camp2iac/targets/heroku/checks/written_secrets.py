"""CAMP632: secrets in the environment file."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.topology import confidential


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the variables of apps and of review apps."""
    for name, span in _written(layout.settings):
        yield _secret(name, span)


def _written(settings: HerokuSettings) -> Iterator[tuple[str, Span]]:
    """The names of variables that look like secrets by their name or value, and the places of the values."""
    sections = [settings.environment.values.get("variables")]
    pipeline = settings.environment.values.get("pipeline")
    review = pipeline.get("review_apps") if isinstance(pipeline, YamlMapping) else None
    if isinstance(review, YamlMapping):
        sections.append(review)
    for section in sections:
        for each in section.entries.values() if isinstance(section, YamlMapping) else ():
            for name, entry in each.value.entries.items() if isinstance(each.value, YamlMapping) else ():
                value = entry.value
                text = value.value if isinstance(value, Scalar) else None
                if isinstance(text, str) and text and (confidential.looks(name) or holds_secret(text)):
                    yield name, value.span


def _secret(name: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP632",
        f"the environment file contains the value of {name}, which looks like a secret",
        span,
        label="everyone who can read this file or the output can read this",
        help=f"write  {name}: {{ variable: {names.identifier(name.lower())} }}"
        f"\nand set the variable when you apply: TF_VAR_{names.identifier(name.lower())}=...",
    )
