"""Variables of Score workloads that a link of the plan sets anyway, such as ``DATABASE_URL``."""

from __future__ import annotations

import re

from camp2iac.importers.formats.score.placeholders import Placeholder, split
from camp2iac.importers.formats.score.resources import ScoreResource, ScoreWorkload
from camp2iac.topology.ids import slug

#: The outputs of a resource that a URL is made of; those before ``host`` can be missing.
_URL = re.compile(
    r"(\w+)://(?:(?:\{(?:username|user)\})?:\{password\}@)?\{host\}:\{port\}(?:/\{(?:name|database|vhost)\})?"
)
_CALLED = {"HOST": "{hostname}", "PORT": "{port}", "URL": "http://{hostname}:{port}"}


def link(workload: ScoreWorkload, name: str, text: str) -> str:
    """The resource whose link sets a variable to the same; empty if none does."""
    pieces = split(text)
    named = {each.resource for each in pieces if isinstance(each, Placeholder)}
    made = workload.resources.get(next(iter(named))) if len(named) == 1 else None
    if made is None:
        return ""
    form = "".join(f"{{{each.output}}}" if isinstance(each, Placeholder) else each for each in pieces)
    if made.type == "service-port":
        base, _, part = name.rpartition("_")
        return (
            made.name if base == _upper(made.name) and _CALLED.get(part) == form.replace("{host}", "{hostname}") else ""
        )
    if made.service is None or made.match is None or name not in _names(workload, made):
        return ""
    url = _URL.fullmatch(form)
    is_url = url is not None and url[1] in made.match.schemes
    return made.name if is_url or (form == "{connection}" and made.type == "mongodb") else ""


def _names(workload: ScoreWorkload, made: ScoreResource) -> set[str]:
    """The variables of the link: the usual one only if the workload has one such resource."""
    assert made.service is not None  # noqa: S101 - the caller checks it
    assert made.match is not None  # noqa: S101
    usual = set(made.match.variables)
    for other in workload.resources.values():
        if other is not made and other.match is not None:
            usual -= set(other.match.variables)
    return {f"{_upper(made.service.id)}_URL", *usual}


def _upper(id_: str) -> str:
    return re.sub(r"\W", "_", slug(id_)).upper()
