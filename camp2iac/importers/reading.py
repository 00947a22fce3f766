"""Read a source with an importer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from camp2iac.camp import text as texts
from camp2iac.camp import yaml
from camp2iac.camp.nodes import Node
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.importers.draft import DraftPlan
from camp2iac.importers.folder import SourceFolder
from camp2iac.importers.part import SourcePart
from camp2iac.importers.statements import ImportLedger
from camp2iac.record import Record, field

Parse = Callable[[str, str, Diagnostics], "Node | None"]
"""Reads the text of a file with a name, and reports errors: as :func:`camp2iac.camp.yaml.parse`."""


class ImportSource(Record):
    """What an importer reads.

    ``folder``: the source, or the folder of the file that the user named. ``main``: the files to begin with, relative
    to it, at least one. ``ledger``: the fate of each statement. ``texts``: the files that were read, for error
    messages.
    """

    folder: SourceFolder
    main: tuple[str, ...]
    diagnostics: Diagnostics
    ledger: ImportLedger = field(default_factory=ImportLedger)
    texts: dict[str, str] = field(default_factory=dict)
    _documents: dict[str, SourcePart | None] = field(default_factory=dict)

    def text(self, path: str, at: Span | None = None) -> str | None:
        """The text of a file. ``at``: the statement that names it. None after reporting an error.

        Its statements are not in the ledger.
        """
        if path not in self.texts:
            data = self.folder.data(path, at)
            found = texts.decode(data, path, self.diagnostics) if data is not None else None
            if found is None:
                return None
            self.texts[path] = found
        return self.texts[path]

    def document(self, path: str, at: Span | None = None, parse: Parse = yaml.parse) -> SourcePart | None:
        """The document in a file, YAML or JSON by default, with its leaves in the ledger. None after an error.

        ``parse``: the reader of another format.
        """
        if path not in self._documents:
            text = self.text(path, at)
            node = parse(text, path, self.diagnostics) if text is not None else None
            self._documents[path] = self.part(path, node) if node is not None else None
        return self._documents[path]

    def documents(self) -> tuple[SourcePart, ...]:
        """The documents that were read, in this order."""
        return tuple(each for each in self._documents.values() if each is not None)

    def part(self, path: str, node: Node) -> SourcePart:
        """A document that an importer has read itself, with its leaves in the ledger."""
        self.ledger.add(path, node)
        return SourcePart(path, (), node, self.ledger, self.diagnostics)


class Importer(Protocol):
    """An importer, the ``IMPORTER`` of a module in :mod:`.formats` or of an entry point.

    ``title``: the format for people, in the plural: ``Compose files``. ``files``: globs of the files at the top of a
    source that it can begin with, the most specific first. ``several``: it begins with all of them, instead of the
    first.
    """

    title: str
    files: tuple[str, ...]
    several: bool

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan for a source; None after reporting an error."""


class Imported(Record, frozen=True):
    """The result. ``plan``: None after errors. ``folder``: of the source. ``main``: the files that it began with."""

    format: str
    plan: DraftPlan | None
    folder: Path
    main: tuple[str, ...]
    ledger: ImportLedger
    diagnostics: Diagnostics
    texts: Mapping[str, str]


def read(name: str, importer: Importer, source: Path) -> Imported:
    """Read a source, a file or a folder, with an importer. Errors in it are in the diagnostics, with their places."""
    diagnostics = Diagnostics()
    is_folder = source.is_dir()
    folder = SourceFolder(source if is_folder else source.parent, diagnostics)
    main = folder.names(*importer.files) if is_folder else (source.name,)
    main = main if importer.several else main[:1]
    opened = ImportSource(folder, main, diagnostics)
    plan = None
    if main:
        plan = importer.read(opened)
    else:
        diagnostics.add(
            Diagnostic(
                "CAMP761",
                f"{short(source.as_posix())} has no file that the importer {name} reads",
                notes=(f"it reads {listed(importer.files)}",),
                help="name the file, or the folder that has it at its top",
            )
        )
    if diagnostics.failed:
        plan = None
    return Imported(name, plan, folder.root, main, opened.ledger, diagnostics, opened.texts)
