"""Environment variables that an application reads: their names, never their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from camp2iac.detect import compose
from camp2iac.detect.compose import ComposeService
from camp2iac.detect.rules import services, variables
from camp2iac.detect.starts import Project
from camp2iac.diagnostics.secrets import is_secret
from camp2iac.record import Record

_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,99})[ \t]*=[ \t]*(.*)$", re.MULTILINE | re.ASCII)
_EMPTY = re.compile(r"|\"\"|''|(changeme|change[-_ ]me|xxx+|<[^>]*>|your[-_ ].*|\.\.\.)|#.*", re.IGNORECASE)
_MOST = 100


class EnvironmentVariable(Record, frozen=True):
    """A variable. ``secret``: its value is never in a file. ``generate``: how long the generated value is.
    ``optional``: the example has a value, so the code probably has a default. ``value``: what the plan sets.
    """

    name: str
    file: str
    secret: bool = False
    generate: int = 0
    optional: bool = False
    value: str = ""


def find(project: Project, products: Iterable[str], built: Iterable[ComposeService]) -> list[EnvironmentVariable]:
    """The variables, in the order of the files."""
    used = list(products)
    links = [rule for product, rule in services().items() if product in used]
    framework = project.framework
    known = dict(framework.secrets) if framework is not None else {}
    found: dict[str, EnvironmentVariable] = {}
    for name, choices in (framework.environment if framework is not None else {}).items():
        value = next((choices[product] for product in used if product in choices), "")
        if value and framework is not None:
            found[name] = EnvironmentVariable(name, f"{framework.name} reads it", value=value)
    for name, file, optional in _named(project, built):
        given = re.fullmatch(variables().given, name) or any(
            link.replaces(name) or name in link.reads for link in links
        )
        if not given and name not in found and len(found) < _MOST:
            found[name] = _variable(name, file, optional, known)
    for name, length in known.items():
        file = _read(project, name)
        if name not in found and file:
            found[name] = EnvironmentVariable(name, file, True, length)
    return list(found.values())


def _variable(name: str, file: str, optional: bool | None, known: dict[str, int]) -> EnvironmentVariable:
    generated = re.fullmatch(variables().generated, name) is not None
    secret = name in known or generated or is_secret(name)
    length = known.get(name, 50 if generated else 0)
    return EnvironmentVariable(name, file, secret, length, optional is None or (optional and not secret))


def _named(project: Project, built: Iterable[ComposeService]) -> Iterator[tuple[str, str, bool | None]]:
    """Names, the files that have them, and whether there is an example value; None: it is null."""
    for name in variables().examples:
        if name in project.folder:
            for found in _LINE.finditer(project.folder.lines(name)):
                value = found[2].rstrip()
                null = value.lower() in ("null", "none")
                yield found[1], project.shown(name), None if null else not _EMPTY.fullmatch(value)
    for name in compose.variables(project.folder):
        yield name, project.shown("Dockerfile"), True
    for service in built:
        for name in service.variables:
            yield name, service.file, True


def _read(project: Project, name: str) -> str:
    """The file that reads an environment variable; empty if none does."""
    expression = rf"(?:environ\b|getenv\b|\bENV\b|\benv\b|\bconfig\()[^\n]{{0,12}}?\b{re.escape(name)}\b"
    return next((project.shown(file) for file, _ in project.folder.search("*", expression)), "")


def mentions(project: Project, names: Iterable[str]) -> Iterator[str]:
    """The files that mention one of these variables."""
    expression = rf"\b(?:{'|'.join(map(re.escape, names))})\b"
    for name, _ in project.folder.search("*", expression):
        yield project.shown(name)
