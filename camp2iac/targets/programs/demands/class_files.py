"""The release of Java that compiled classes need: the version in the head of a class file (JVM specification, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.camp import zip as zips
from camp2iac.camp.members import BadArchiveError, Budget
from camp2iac.camp.spool import Spool
from camp2iac.record import Record
from camp2iac.targets.programs.contents import ContentFiles

_MAGIC = b"\xca\xfe\xba\xbe"
_BEFORE = 44  # Java 1.0 wrote 45
_MOST_CLASSES = 60
_MOST_BYTES = 1024 * 1024  # of a class file
_MANIFEST = "META-INF/MANIFEST.MF"
_NAMED = r"^(Start-Class|Main-Class):[ \t]*([\w.$]{1,400})[ \t]*\r?$"
_OTHER = r"META-INF/|(?:.*/)?(?:module|package)-info\.class$"  # classes of other releases, and no classes


class CompiledClass(Record, frozen=True):
    """A class file: its path, and the release of Java that it needs at least."""

    path: str
    release: int


def newest(files: ContentFiles, kind: str) -> CompiledClass | None:
    """The class that needs the newest Java, of a JAR or a web archive, packed or not. None if no class can be read."""
    archives = [files.single] if files.single else []
    if kind == "jar" and not archives:
        archives = [name for name in files.names if name.endswith(".jar") and "/" not in name]
    if len(archives) == 1:
        return _packed(files.archive(archives[0]), archives[0], kind)
    if kind != "war":
        return None
    chosen = [name for name in files.names if name.startswith("WEB-INF/classes/") and name.endswith(".class")]
    return _highest((name, files.read(name)[:8]) for name in chosen[:_MOST_CLASSES])


def _packed(archive: Spool, name: str, kind: str) -> CompiledClass | None:
    budget = Budget(name, len(archive), most_entries=len(archive), most_names=len(archive))
    try:
        entries = {each.name: each for each in zips.entries(archive, budget)}
        manifest = zips.one(archive, _MANIFEST, _MOST_BYTES) or b""
        chosen = [entries[name] for name in _chosen(set(entries), manifest, kind) if entries[name].size <= _MOST_BYTES]
        return _highest((f"{name}!/{each.name}", zips.content(archive, each, budget).start(8)) for each in chosen)
    except BadArchiveError:  # reported by the check of the kind
        return None


def _chosen(names: set[str], manifest: bytes, kind: str) -> list[str]:
    """The classes to look at: of a program, the one that starts, and those beside the classes of Spring Boot."""
    named = dict(re.findall(_NAMED, manifest.decode("utf-8", "replace").replace("\n ", ""), flags=re.MULTILINE))
    paths = [f"{name.replace('.', '/')}.class" for name in named.values()]
    starts = [place for path in paths for place in (path, f"BOOT-INF/classes/{path}") if place in names]
    prefix = "WEB-INF/classes/" if kind == "war" else "BOOT-INF/classes/"
    own = sorted(name for name in names if name.startswith(prefix) and name.endswith(".class"))
    if not starts and not own and kind == "jar":
        own = sorted(name for name in names if name.endswith(".class") and not re.match(_OTHER, name))
    return [*starts, *own[:_MOST_CLASSES]]


def _highest(classes: Iterable[tuple[str, bytes]]) -> CompiledClass | None:
    found = [
        CompiledClass(path, int.from_bytes(head[6:8], "big") - _BEFORE)
        for path, head in classes
        if len(head) == 8 and head[:4] == _MAGIC
    ]
    return max((each for each in found if each.release > 0), key=lambda each: each.release, default=None)
