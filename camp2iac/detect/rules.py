"""The rules of detection, which are data: a file for each language in ``rules/``, services, variables.

To add a language, add a file. To add a driver, add a line to its language's ``drivers``. ``tests/init/test_rules.py``
checks the files: the names of products, requirements and artifacts, and the regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.prepared import read_yaml
from camp2iac.record import Record, convert
from camp2iac.targets.programs.demands.sources import ValueSource

HERE = Path(__file__).parent
RULES = HERE / "rules"


class ContentRule(Record, frozen=True, forbid_unknown_fields=True):
    """A pattern in files that shows that an application uses a service."""

    file: str
    pattern: str
    service: str


class ProcessRule(Record, frozen=True, forbid_unknown_fields=True):
    """A process that a dependency runs. ``{module}`` in the command: the module of the file that has the pattern."""

    type: str
    dependency: str
    command: str
    file: str = ""
    pattern: str = ""


class Framework(Record, frozen=True, forbid_unknown_fields=True):
    """A framework: what shows it, and what differs from its language.

    ``asgi``: the class of an ASGI application. ``release``: the command before each new version, if it has a database.
    ``web``: the command if no server is known. ``ids``: a product to the id of its service. ``environment``: a variable
    to its value for each product (``*``: for any). ``secrets``: variables that the framework reads, and how many
    characters to generate (0: ask for the value). ``required``: those without which it does not start.
    """

    name: str
    dependency: str = ""
    file: str = ""
    product: str = ""
    artifact: str = ""
    requirement: str = ""
    characteristics: tuple[str, ...] = ()
    asgi: str = ""
    release: str = ""
    web: str = ""
    ids: Mapping[str, str] = {}
    environment: Mapping[str, Mapping[str, str]] = {}
    secrets: Mapping[str, int] = {}
    required: tuple[str, ...] = ()


class ArchiveRule(Record, frozen=True, forbid_unknown_fields=True):
    """A pattern in files that shows which releases of its server an archive needs. ``words``: what it shows."""

    file: str
    pattern: str
    range: str
    words: str


class Generator(Record, frozen=True, forbid_unknown_fields=True):
    """A generator of static sites: the file that shows it, its build, and the folder that the build fills."""

    title: str
    file: str
    command: str
    folder: str


class Language(Record, frozen=True, forbid_unknown_fields=True):
    """A language or a kind of site.

    ``order``: which of several in a folder is the application's. ``marks``: globs of files that show it. ``kind``: the
    module of :mod:`camp2iac.detect.starts` that finds what to run. ``unsupported``: it cannot be deployed, and what to
    do instead. ``product``, ``artifact``, ``requirement``, ``characteristic``: how a plan spells it. ``connect``:
    requirement types of links that differ from those in ``services.yaml``. ``reads``: variables of a link that its
    applications may read instead. The other fields are for its module of ``starts``.
    """

    title: str
    order: int
    marks: tuple[str, ...]
    kind: str = ""
    unsupported: str = ""
    product: str = ""
    artifact: str = ""
    requirement: str = ""
    plain_requirement: str = ""
    characteristic: str = ""
    connect: Mapping[str, str] = {}
    reads: tuple[str, ...] = ()
    dependencies: tuple[ValueSource, ...] = ()
    names: tuple[ValueSource, ...] = ()
    drivers: Mapping[str, str] = {}
    brokers: Mapping[str, str] = {}
    contents: tuple[ContentRule, ...] = ()
    needs: tuple[str, ...] = ()
    processes: tuple[ProcessRule, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    roots: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    sites: Mapping[str, str] = {}
    generators: tuple[Generator, ...] = ()
    archives: tuple[ArchiveRule, ...] = ()
    workers: str = ""
    servers: str = ""


class ServiceRule(Record, frozen=True, forbid_unknown_fields=True):
    """A service of a plan, and how it shows. The head of ``services.yaml`` explains the fields."""

    id: str
    group: str
    connect: str
    images: tuple[str, ...]
    tagged: tuple[str, ...]
    schemes: tuple[str, ...]
    reads: tuple[str, ...]
    local: str

    def replaces(self, variable: str) -> bool:
        """Whether a link to the service replaces a variable."""
        return re.fullmatch(self.local, variable) is not None


class VariableRules(Record, frozen=True, forbid_unknown_fields=True):
    """Which environment variables belong into a plan. The comments in ``variables.yaml`` explain the fields."""

    given: str
    generated: str
    settings: str
    limits: str
    local: str
    local_values: str
    examples: tuple[str, ...]


@cache
def languages() -> tuple[Language, ...]:
    """All languages, in their order."""
    found = [convert(_data(path), Language) for path in sorted(RULES.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda each: each.order))


@cache
def services() -> Mapping[str, ServiceRule]:
    """All services, by their product."""
    return convert(_data(HERE / "services.yaml"), dict[str, ServiceRule])


@cache
def variables() -> VariableRules:
    """The rules for environment variables."""
    return convert(_data(HERE / "variables.yaml"), VariableRules)


def _data(path: Path) -> object:
    data: object = read_yaml(path)
    return data
