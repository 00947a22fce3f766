"""CAMP632: secrets in the environment file, on every platform.

A value is judged as those of plans are: by its name, where people choose the name and the target's schema allows any
string, and by itself anywhere else, so that a key which comes to a target's schema is included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp.nodes import Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.targets import backend
from camp2iac.targets.base import Environment, Target
from camp2iac.targets.kit.environment_names import free_values
from camp2iac.topology import confidential
from camp2iac.topology.model import Topology

_NAMED = ("parameters", "overrides")  # of all targets: their names are the plan's
_HEADERS = re.compile(r"(proxy-)?authorization|(set-)?cookie", re.IGNORECASE)


def check(environment: Environment, topology: Topology, target: Target | None) -> Iterator[Diagnostic]:
    """Check each value of an environment file."""
    free = {id(each) for each in free_values(target.environment_schema, environment.values)} if target else set()
    declared = {**topology.parameters, **topology.compiled}
    hidden = {name for name, parameter in declared.items() if parameter.confidential}
    for path, value in _leaves(environment.values, ()):
        if isinstance(value.value, bool | None) or not value.text or value.span.file != environment.file:
            continue
        text = value.text
        if path[0] in ("drains", backend.KEY):
            continue  # CAMP618, CAMP339
        name = path[-2] if path[-1] == "value" and len(path) > 1 else path[-1]
        judged = id(value) in free or any(key in path[:-1] for key in _NAMED)
        named = judged and (confidential.looks(name) or ("headers" in path[:-1] and _HEADERS.fullmatch(name)))
        if named or holds_secret(text):
            yield _secret(path, name, value.span)
        elif path[0] == "parameters" and name in hidden:
            yield _secret(path, name, None)  # an excerpt of its line would show it


def _leaves(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Each value below a node, with its keys."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _leaves(item, path)
    else:
        for name, entry in node.entries.items():
            yield from _leaves(entry.value, (*path, name))


def _secret(path: tuple[str, ...], name: str, span: Span | None) -> Diagnostic:
    asked = re.sub("[^a-z0-9_]", "_", name.lower())
    asked = asked if asked[:1].isalpha() else f"_{asked}"
    if path[0] == "parameters" or path[0] == "overrides":
        help_ = (
            f"remove it, write  {{ secret: {asked} }}  in the plan where it is used, and declare it there:\n"
            f"org.camp2iac:Secrets:\n  {asked}: {{ description: {name} }}\n"
            f"and set the variable when you apply: TF_VAR_{asked}=..."
        )
    elif any(key in path for key in ("variables", "review_apps", "headers")):
        help_ = f"write  {name}: {{ variable: {asked} }}\nand set the variable when you apply: TF_VAR_{asked}=..."
    else:
        help_ = "remove it from the file"
    return Diagnostic(
        "CAMP632",
        f"the environment file contains the value of {name}, which looks like a secret",
        span,
        label="everyone who can read this file or the output can read this" if span is not None else "",
        help=help_,
    )
