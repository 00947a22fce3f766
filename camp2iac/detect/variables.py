"""Environment variables that an application reads: their names, and example values that are plain settings.

Of other variables, the plan has the names: an example value can be a secret, or fit only a developer's computer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from camp2iac.detect import compose
from camp2iac.detect.compose import ComposeService
from camp2iac.detect.rules import services, variables
from camp2iac.detect.starts import Project
from camp2iac.diagnostics.secrets import is_secret
from camp2iac.record import Record, replace
from camp2iac.topology.confidential import looks

_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,99})[ \t]*=[ \t]*(.*)$", re.MULTILINE | re.ASCII)
_EMPTY = re.compile(r"|\"\"|''|(changeme|change[-_ ]me|xxx+|<[^>]*>|your[-_ ].*|\.\.\.)|#.*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_MOST = 100


class EnvironmentVariable(Record, frozen=True):
    """A variable. ``secret``: its value is never in a file. ``generate``: how long the generated value is.
    ``optional``: the example has a value, so the code probably has a default. ``value``: what the plan sets.
    ``example``: the value comes from an example, and is a plain setting.
    """

    name: str
    file: str
    secret: bool = False
    generate: int = 0
    optional: bool = False
    value: str = ""
    example: bool = False


def find(project: Project, products: Iterable[str], built: Iterable[ComposeService]) -> list[EnvironmentVariable]:
    """The variables, in the order of the files."""
    used = list(products)
    links = [rule for product, rule in services().items() if product in used]
    framework = project.framework
    known = dict(framework.secrets) if framework is not None else {}
    found: dict[str, EnvironmentVariable] = {}
    for name, choices in (framework.environment if framework is not None else {}).items():
        value = next((choices[product] for product in [*used, "*"] if product in choices), "")
        if value and framework is not None:
            found[name] = EnvironmentVariable(name, f"{framework.name} reads it", value=value)
    for name, file, optional, example in _named(project, built):
        given = re.fullmatch(variables().given, name) or any(
            link.replaces(name) or name in link.reads for link in links
        )
        if not given and name not in found and len(found) < _MOST:
            found[name] = _variable(name, file, optional, known)
            if re.fullmatch(variables().limits, name) and _NUMBER.fullmatch(example):  # MAX_TOKENS=100 is not a secret
                found[name] = EnvironmentVariable(name, file, optional=True)
                continue
            if found[name].optional and _is_plain(name, example):
                found[name] = replace(found[name], optional=False, value=example, example=True)
    for name, length in known.items():
        file = _read(project, name)
        needed = f"{framework.name} needs it" if framework is not None and name in framework.required else ""
        if name not in found and (file or needed):
            found[name] = EnvironmentVariable(name, file or needed, True, length)
    return list(found.values())


def replaced(project: Project, product: str, built: Iterable[ComposeService]) -> dict[str, list[str]]:
    """The variables with the address of a service, which its link replaces: their names by file."""
    rule = services()[product]
    found: dict[str, list[str]] = {}
    for name, file, _, _ in _named(project, built):
        if rule.replaces(name) and name not in rule.reads and name not in (names := found.setdefault(file, [])):
            names.append(name)
    return {file: names for file, names in found.items() if names}


def _variable(name: str, file: str, optional: bool | None, known: dict[str, int]) -> EnvironmentVariable:
    generated = re.fullmatch(variables().generated, name) is not None
    secret = name in known or generated or is_secret(name) or looks(name)
    length = known.get(name, 50 if generated else 0)
    return EnvironmentVariable(name, file, secret, length, optional is None or (optional and not secret))


def _is_plain(name: str, value: str) -> bool:
    """Whether an example value is a setting that any environment can have: ``LOG_LEVEL=info``, ``PAGE_SIZE=20``."""
    rules = variables()
    if re.fullmatch(rules.local, name) or not re.fullmatch(r"[\w.+-]{1,40}", value, re.ASCII):
        return False
    if re.fullmatch(rules.local_values, value, re.IGNORECASE):
        return False
    flag = value.lower() in ("true", "false", "yes", "no", "on", "off")
    return flag or _NUMBER.fullmatch(value) is not None or re.fullmatch(rules.settings, name) is not None


def _named(project: Project, built: Iterable[ComposeService]) -> Iterator[tuple[str, str, bool | None, str]]:
    """Names, the files that have them, whether there is an example value (None: it is null), and the value."""
    for name in variables().examples:
        if name in project.folder:
            for found in _LINE.finditer(project.folder.lines(name)):
                value = found[2].rstrip()
                null = value.lower() in ("null", "none")
                optional = None if null else not _EMPTY.fullmatch(value)
                yield found[1], project.shown(name), optional, _unquoted(value) if optional else ""
    for name in compose.variables(project.folder):
        yield name, project.shown("Dockerfile"), True, ""
    for service in built:
        for name in service.variables:
            yield name, service.file, True, ""


def _unquoted(value: str) -> str:
    """A value without quotes and without a comment after it."""
    match = re.fullmatch(r"""(["'])(.*?)\1[ \t]*(?:#.*)?|([^"'#]*?)(?:[ \t]+#.*)?""", value)
    return "" if match is None else match[2] if match[1] else match[3]


def _read(project: Project, name: str) -> str:
    """The file that reads an environment variable; empty if none does."""
    expression = rf"(?:environ\b|getenv\b|\bENV\b|\benv\b|\bconfig\()[^\n]{{0,12}}?\b{re.escape(name)}\b"
    return next((project.shown(file) for file, _ in project.folder.search("*", expression)), "")


def mentions(project: Project, names: Iterable[str]) -> Iterator[str]:
    """The files that mention one of these variables."""
    expression = rf"\b(?:{'|'.join(map(re.escape, names))})\b"
    for name, _ in project.folder.search("*", expression):
        yield project.shown(name)
