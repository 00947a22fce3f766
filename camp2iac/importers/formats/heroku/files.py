"""The files of a source: those of a repository, and the description of an app that runs.

Sources of the formats: devcenter.heroku.com/articles/app-json-schema, .../procfile, .../build-docker-images-heroku-yml,
and github.com/buildpacks/spec, extensions/project-descriptor.md.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as AnyMapping

from camp2iac.camp import yaml
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource

APP, PROCFILE, MANIFEST, PROJECT = "app.json", "Procfile", "heroku.yml", "project.toml"
FILES = (APP, PROCFILE, MANIFEST, PROJECT)
"""What a repository has."""

FOLDER = ".heroku"
APPS, CONFIG, ADDONS, PS, DOMAINS = (f"{FOLDER}/{name}.json" for name in ("apps", "config", "addons", "ps", "domains"))
RUNNING = (APPS, CONFIG, ADDONS, PS, DOMAINS)
"""How the Heroku CLI describes an app that runs."""

IGNORED = "line "
"""How the name of a line of a ``Procfile`` begins that Heroku does not read."""

_PROCESS = re.compile(r"([A-Za-z0-9_-]+):[ \t]*(\S.*)")
_DEEPEST = 20  # levels of a TOML document


def documents(source: ImportSource) -> dict[str, SourcePart] | None:
    """The documents by file, those of the repository first. None after an error."""
    named = [name for name in (*FILES, *RUNNING) if source.folder.is_file(name)]
    first = source.main[0]
    if first not in FILES:
        source.diagnostics.add(
            Diagnostic(
                "CAMP761",
                f"{first} is not a file that Heroku reads",
                notes=("it reads app.json, Procfile, heroku.yml and project.toml",),
                help="name the folder that has these files",
            )
        )
        return None
    found = {}
    for name in named:
        path = source.folder.inside(name)
        parse = {PROCFILE: _procfile, PROJECT: _toml}.get(name, yaml.parse)
        part = source.document(path, parse=parse) if path is not None else None
        if part is None:
            return None
        if not part.is_mapping and name in (APP, MANIFEST, APPS):
            part.wrong("a mapping")
        found[name] = part
    return None if source.diagnostics.failed else found


def _procfile(text: str, file: str, _: Diagnostics) -> Node:
    """A ``Procfile`` as a mapping of process types to command lines. Heroku ignores other lines, and so do we."""
    entries: dict[str, MappingEntry] = {}
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        match = _PROCESS.fullmatch(written)
        name, command = (match[1], match[2]) if match is not None else (f"{IGNORED}{number}", written)
        if name in entries:
            name, command = f"{IGNORED}{number}", written
        start = line.find(command) + 1
        key = Scalar(name, name, Span(file, number, 1, number, 1 + len(written)))
        value = Scalar(command, command, Span(file, number, start, number, start + len(command)), quoted=True)
        entries[name] = MappingEntry(key, value)
    return Mapping(entries, Span(file, 1, 1, 1, 1))


def _toml(text: str, file: str, diagnostics: Diagnostics) -> Node | None:
    """A TOML document. The place of a value is that of the first line that has its key."""
    from msgspec import DecodeError, toml

    try:
        return _TomlPlaces(text, file).node(toml.decode(text), Span(file, 1, 1, 1, 1), 0)
    except (DecodeError, ValueError, RecursionError) as error:
        match = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(match[1]), int(match[2])) if match is not None else (1, 1)
        why = "not TOML" if match is not None else "nested too deeply, or ends too early"
        diagnostics.add(
            Diagnostic(
                "CAMP762",
                f"{file} cannot be read: it is {why}",
                Span(file, line, column, line, column + 1),
                "TOML is expected here",
                help=f"correct {file}, and import it again",
            )
        )
        return None


class _TomlPlaces:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.places: dict[str, Span] = {}
        for number, line in enumerate(text.splitlines(), 1):
            for match in re.finditer(r"[\w-]{1,100}", line[:1000]):
                start = match.start() + 1
                self.places.setdefault(match[0], Span(file, number, start, number, start + len(match[0])))

    def node(self, value: object, span: Span, depth: int) -> Node:
        """A value with its place. ValueError if it is nested too deeply."""
        if depth > _DEEPEST:
            raise ValueError
        if isinstance(value, AnyMapping):
            entries = {}
            for key, each in value.items():
                at = self.places.get(key, span)
                entries[key] = MappingEntry(Scalar(key, key, at), self.node(each, at, depth + 1))
            return Mapping(entries, span)
        if isinstance(value, list):
            return Sequence(tuple(self.node(each, span, depth + 1) for each in value), span)
        if isinstance(value, (str, int, float, bool, datetime.date)):
            text = str(value).lower() if isinstance(value, bool) else str(value)
            return Scalar(value, text, span, quoted=isinstance(value, str))
        return Scalar(str(value), str(value), span, quoted=True)
