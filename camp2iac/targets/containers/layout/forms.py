"""The strings of ``docker.yaml``, filled in."""

from __future__ import annotations

import string
from collections.abc import Mapping

from camp2iac.synth.module import Value
from camp2iac.targets.kit.elsewhere import joined


def filled(form: str, parts: Mapping[str, Value]) -> Value:
    """A form with values of Terraform: ``{user}``."""
    found: list[Value] = []
    for words, name, _, _ in string.Formatter().parse(form):
        found += [words, parts.get(name, "")] if name is not None else [words]
    return joined(found)


def text(form: str, parts: Mapping[str, Value]) -> str:
    """A form whose values are all strings."""
    return str(filled(form, parts))
