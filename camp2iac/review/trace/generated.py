"""An output folder on disk, with what its source map knows about each line."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from camp2iac.camp import git
from camp2iac.camp.bounded import read_plain
from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth import hcl_items, json_items, sourcemap, sourcemap_json
from camp2iac.synth.addresses import configured
from camp2iac.synth.sourcemap import Standing
from camp2iac.synth.written import WrittenItem, innermost

MOST = 64 * 1024 * 1024  # bytes of a source map
_MOST_FILE = 8 * 1024 * 1024  # bytes of another file that is read
_LONGEST = 10_000  # characters of a line that are looked at
_PLACE = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,8}):(?P<column>[0-9]{1,8})", re.DOTALL)
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|[^\s#,{}\[\]].*?(?=\s*(?::\s|:$|\s#|[,}\]]|$))|.')
_MODULES = (".tf", ".tf.json", ".tofu", ".tofu.json")


class UnreadableOutputError(Exception):
    """The source map of an output cannot be read. ``name``: the file."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PlanPlace(Record, frozen=True):
    """The place of a statement that asks for something.

    ``name``: what it asks for, as the source map names it. ``span``: its place, in a file with a name that can be
    opened from the working directory. ``kind``, ``node``: the part of the plan that contains it; empty if unknown.
    """

    name: str
    span: Span
    kind: str = ""
    node: str = ""

    @property
    def part(self) -> str:
        """``service web``, or ``the key sizes`` of an environment file; empty if unknown."""
        return f"{self.kind} {self.node}" if self.node else f"the key {self.kind}" if self.kind else ""


class GeneratedOutput(Record, frozen=True, dict=True):
    """An output on disk. ``folder``: as the user named it. ``plan``, ``environment``: their paths from the folder."""

    folder: Path
    standing: Standing
    plan: str
    environment: str
    files: tuple[str, ...]

    # --- files of the output ------------------------------------------------------------------------------------------

    @cached_property
    def _items(self) -> dict[str, tuple[WrittenItem, ...]]:
        return {}

    def items(self, path: str) -> tuple[WrittenItem, ...]:
        """The blocks and arguments of a file of the folder; nothing if it has none or cannot be read."""
        if path not in self._items:
            reader = json_items.items if path.endswith(".json") else hcl_items.items
            text = self.text(path) if path.endswith(_MODULES) else None
            self._items[path] = tuple(reader(text)) if text is not None else ()
        return self._items[path]

    def text(self, path: str) -> str | None:
        """The text of a file of the folder; None if it cannot be read."""
        return _text(self.folder / path) if sourcemap.is_safe(path) else None

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The files of the module, also those that camp2iac did not write."""
        found = {path for path in self.files if path.endswith(_MODULES)}
        for folder in {(self.folder / path).parent for path in found} | {self.folder}:
            if folder.is_dir():
                inside = PurePosixPath(os.path.relpath(folder, self.folder))
                found |= {(inside / each.name).as_posix() for each in folder.iterdir() if each.name.endswith(_MODULES)}
        return tuple(sorted(found))

    @cached_property
    def written(self) -> Mapping[str, Span]:
        """The name of each block and argument, to where it is written: the first of several places.

        A generated file is before the user's own, which can override its blocks.
        """
        found: dict[str, Span] = {}
        for path in sorted(self.modules, key=lambda path: path not in self.files):
            for item in self.items(path):
                found.setdefault(item.name, _in(item.span, path))
        return found

    @cached_property
    def comments(self) -> Mapping[str, str]:
        """The name of each block and argument with a comment, to the first of its comments."""
        found: dict[str, str] = {}
        for path in self.modules:
            for item in self.items(path):
                if item.says:
                    found.setdefault(item.name, item.says)
        return found

    @cached_property
    def blocks(self) -> frozenset[str]:
        """The names of all top-level blocks, and of locals."""
        items = [item for path in self.modules for item in self.items(path)]
        tops = {item.name for item in items if item.is_block and _is_top(item.name)}
        nodes = self.standing.graph.nodes if self.standing.graph is not None else {}
        return frozenset(
            {*tops, *(name for name in nodes if "/" not in name), *(i.name for i in items if _is_local(i.name))}
        )

    def at(self, path: str, line: int, column: int | None = None, end_line: int | None = None) -> WrittenItem | None:
        """The block or argument at a place of a file."""
        items = self.items(path)
        found = innermost(items, line, column, end_line)
        return found or innermost(items, line, column) or (innermost(items, line) if column else None)

    def block_of(self, name: str) -> str:
        """The block that contains an argument; empty if no block of the output does."""
        parts = name.split(".", self._longest)
        for count in range(min(len(parts), self._longest), 0, -1):
            candidate = ".".join(parts[:count])
            if candidate in self.blocks or (candidate in self.standing.origins and _is_top(candidate)):
                return candidate
        return ""

    def shown(self, path: str) -> str:
        """A file of the folder with a name that can be opened from the working directory."""
        return Path(os.path.normpath(self.folder / path)).as_posix()

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files of the folder that are known, and those of the module."""
        return frozenset({*self.files, *self.modules})

    @cached_property
    def deepest(self) -> int:
        """The largest number of folders and files in one of the paths."""
        return max((path.count("/") + 1 for path in self.paths), default=0)

    @cached_property
    def _longest(self) -> int:
        """The largest number of parts of a name that is known. A longer name is not looked up part by part."""
        nodes = self.standing.graph.nodes if self.standing.graph is not None else {}
        return max((name.count(".") + 1 for name in {*self.standing.origins, *nodes, *self.blocks}), default=1)

    # --- where things come from ---------------------------------------------------------------------------------------

    def asked(self, name: str) -> PlanPlace | None:
        """The statement that asks for an address, an argument or a file: its own, or that of what contains it."""
        origins = self.standing.origins
        key = name if "/" in name else ".".join(name.split(".", self._longest)[: self._longest])
        while key not in origins and "." in key and "/" not in key:
            key = key.rpartition(".")[0]
        span = self.span(self.standing.place(key)) if key in origins else None
        return PlanPlace(key, span, *self.standing.part(key)) if span is not None else None

    def statements(self) -> Iterator[PlanPlace]:
        """Everything with an origin."""
        for name, place in self.standing.origins.items():
            span = self.span(self.standing.place(name)) if place else None
            if span is not None:
                yield PlanPlace(name, span, *self.standing.part(name))

    def span(self, place: str) -> Span | None:
        """The word at a place of the source map (``file:line:column``); None if it has another form."""
        found = _PLACE.fullmatch(place)
        if found is None:
            return None
        file, line, column = self.source(found["file"]), int(found["line"]), int(found["column"])
        text = self.lines(file)
        here = text[line - 1][:_LONGEST] if 0 < line <= len(text) else ""
        word = _WORD.match(here, column - 1) if 0 < column <= len(here) else None
        return Span(file, line, column, line, column + (len(word[0]) if word else 1))

    @cached_property
    def base(self) -> Path | None:
        """The plan's folder; None if it is not above the output."""
        file = Path(os.path.normpath(self.folder / self.plan))
        ups = self.plan.split("/")[:-1]
        return file.parent if set(ups) <= {".."} and not Path(self.plan).is_absolute() else None

    def source(self, file: str) -> str:
        """The name of a plan or environment file, so that it can be opened from the working directory."""
        for path in (self.plan, self.environment):
            if path and path.startswith("../") and PurePosixPath(path).as_posix().lstrip("./") == file:
                return self.shown(path)
        if self.base is None or Path(file).is_absolute() or ".." in file.split("/"):
            return file
        return Path(os.path.normpath(self.base / file)).as_posix()

    @cached_property
    def _texts(self) -> dict[str, str | None]:
        return {}

    def lines(self, source: str) -> list[str]:
        """The lines of a plan or environment file (a name from :meth:`source`); none if it cannot be read."""
        text = self.source_text(source)
        return text.split("\n") if text is not None else []

    def source_text(self, source: str) -> str | None:
        """Its text. Only files in the plan's folder and in the repository are read: a source map can name any file."""
        if source not in self._texts:
            real = Path(os.path.realpath(source))
            top = git.top(os.path.realpath(self.folder))
            allowed = self.base is not None and real.is_relative_to(os.path.realpath(self.base))
            allowed = allowed and (top is None or real.is_relative_to(top))
            self._texts[source] = _text(Path(source)) if allowed else None
        return self._texts[source]

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The plan and environment files that are not those from which the output was compiled."""
        found = []
        for name, digest in self.standing.inputs.items():
            source = self.source(name)
            if name not in {place.rpartition("#")[0] for place in self.standing.anchors}:
                continue
            text = self.source_text(source)
            if text is not None and _digest(Path(source)) != digest:
                found.append(source)
        return tuple(found)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The plan and environment files that cannot be read."""
        names = dict.fromkeys(_file(place) for place in self.standing.anchors)
        return tuple(source for source in map(self.source, names) if self.source_text(source) is None)

    # --- what refers to what ------------------------------------------------------------------------------------------

    @cached_property
    def references(self) -> Mapping[str, tuple[str, ...]]:
        """Each node of the graph to the nodes that it refers to."""
        graph = self.standing.graph
        nodes = graph.nodes if graph is not None else {}
        return {
            name: tuple(
                dict.fromkeys(
                    found for item in node.items.values() for each in item.references if (found := self.node(each))
                )
            )
            for name, node in nodes.items()
        }

    @cached_property
    def referrers(self) -> Mapping[str, tuple[str, ...]]:
        """Each node of the graph to the nodes that refer to it."""
        found: dict[str, list[str]] = {}
        for name, others in self.references.items():
            for other in others:
                found.setdefault(other, []).append(name)
        return {name: tuple(others) for name, others in found.items()}

    def node(self, reference: str) -> str:
        """The node of the graph that a reference leads to; empty if there is none."""
        nodes = self.standing.graph.nodes if self.standing.graph is not None else {}
        name = reference if reference in nodes else configured(reference)
        if name not in nodes:
            name = ".".join(name.split(".", self._longest)[: self._longest])
        while name and name not in nodes:
            name = name.rpartition(".")[0]
        return name

    def needed(self, name: str) -> tuple[PlanPlace, ...]:
        """The nearest statements that ask for what refers to a block, otherwise for what the block refers to.

        For blocks that neither plan nor environment file asks for. Only if all are in the same part of the plan.
        """
        if name not in self._needed:
            self._needed[name] = self._needing(name)
        return self._needed[name]

    @cached_property
    def _needed(self) -> dict[str, tuple[PlanPlace, ...]]:
        return {}

    def _needing(self, name: str) -> tuple[PlanPlace, ...]:
        for edges in (self.referrers, self.references):
            found = self.nearest(self.node(name), edges)
            parts = {each.part for each in found if each.kind}
            if len(parts) == 1:
                places = {each.span: each for each in reversed(found) if each.kind}
                return tuple(places[span] for span in sorted(places))
        return ()

    def serves(self, name: str) -> tuple[str, ...]:
        """The parts of the plan whose blocks refer to a block or are connected by one that does, sorted."""
        node = self.node(name)
        found = self.nearest(node, self.referrers) or [
            each for other in self.referrers.get(node, ()) for each in self.nearest(other, self.references)
        ]
        return tuple(sorted({each.part for each in found}))

    def nearest(self, name: str, edges: Mapping[str, tuple[str, ...]]) -> list[PlanPlace]:
        """Along each way, the first that has an origin."""
        seen, waiting, found = {name}, list(edges.get(name, ())), []
        while waiting:
            each = waiting.pop(0)
            if each in seen:
                continue
            seen.add(each)
            asked = self.asked(each)
            if asked is not None and asked.kind:
                found.append(asked)
            else:
                waiting += edges.get(each, ())
        return found


def read(folder: Path) -> GeneratedOutput:
    """An output. UnreadableOutputError if its source map is missing or has another form."""
    found = _bytes(folder / sourcemap.NAME)
    if found is None or sourcemap_json.origins(found) is None:
        raise UnreadableOutputError(sourcemap.NAME)
    digests = _bytes(folder / sourcemap.DIGESTS)
    standing = sourcemap_json.standing(found, digests)
    files = sourcemap_json.files(digests if digests is not None else found)
    if standing is None or files is None:
        raise UnreadableOutputError(sourcemap.DIGESTS)
    head = sourcemap_json.head(found)
    return GeneratedOutput(
        folder, standing, head.get("plan") or "", head.get("environment") or "", tuple(sorted(files))
    )


def _is_top(name: str) -> bool:
    """Whether a name has the form of a block's address, and not of an argument."""
    parts = name.split(".")
    return (
        len(parts) == {"data": 3, "terraform": 1, "moved": 1, "import": 1, "local": 1}.get(parts[0], 2)
        and "/" not in name
    )


def _is_local(name: str) -> bool:
    return name.startswith("local.") and name.count(".") == 1


def _file(anchor: str) -> str:
    return anchor.partition("#")[0].replace("%23", "#").replace("%25", "%")


def _in(span: Span, path: str) -> Span:
    return Span(path, span.line, span.column, span.end_line, span.end_column)


def _bytes(path: Path, most: int = MOST) -> bytes | None:
    try:
        return read_plain(path, most)
    except (OSError, ValueError):
        return None


def _text(path: Path) -> str | None:
    data = _bytes(path, _MOST_FILE)
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n") if data is not None else None


def _digest(path: Path) -> str:
    return hashlib.sha256(_bytes(path) or b"").hexdigest()
