"""Whether Java can start a JAR: its manifest names a main class, which it contains (java(1), ``-jar``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.camp import zip as zips
from camp2iac.camp.members import BadArchiveError, Budget
from camp2iac.camp.spool import Spool
from camp2iac.diagnostics.suggest import nearest
from camp2iac.topology.model import Component

_MANIFEST = "META-INF/MANIFEST.MF"
_MOST = 1024 * 1024  # bytes of a manifest
_USUAL = r"(^|/)(Main|App|Application|Server|Launcher)\.class$"
_BUILD = "create it with  jar --create --file NAME.jar --main-class CLASS ...  or set the main class in your build tool"


def fault(archive: Spool, component: Component) -> tuple[str, str] | None:
    """Why Java cannot start it, and what to do. None if it can.

    If the plan has a process ``web``, that names the main class, and the file only has to be a JAR.
    """
    names = names_in(archive)
    if names is None:
        return "not a JAR: JARs are ZIP archives", "name the JAR that the build creates"
    if any(process.type == "web" for process in component.processes):
        return None
    statement = _attributes(zips.one(archive, _MANIFEST, _MOST) or b"")
    main = statement.get("main-class", "").replace(".", "/")
    if not main:
        usual = [name for name in sorted(names) if re.search(_USUAL, name)]
        shown = usual[0].removesuffix(".class").replace("/", ".") if len(usual) == 1 else "CLASS"
        return f"this JAR has no Main-Class in {_MANIFEST}", _BUILD.replace("CLASS", shown)
    if "class-path" in statement or _contains(names, main):
        return None
    near = _nearest(main, names)
    help_ = "name the JAR with all classes (often called -all, -fat or -with-dependencies)"
    help_ = f"set Main-Class: {near} in your build tool" if near else f"{help_}, or correct its Main-Class"
    return f"its manifest has Main-Class: {statement['main-class']}, but it does not contain {main}.class", help_


def no_class(archive: Spool, main: str) -> tuple[str, str | None] | None:
    """The path of a class that a JAR does not contain, and the class that may be meant. None if it may be there."""
    names, path = names_in(archive), main.replace(".", "/")
    if (
        names is None
        or _contains(names, path)
        or "class-path" in _attributes(zips.one(archive, _MANIFEST, _MOST) or b"")
    ):
        return None
    return path, _nearest(path, names)


def names_in(archive: Spool) -> set[str] | None:
    """The names in a JAR or another ZIP archive. None if it is not one."""
    budget = Budget("", len(archive), most_entries=len(archive), most_names=len(archive))
    try:
        return {entry.name for entry in zips.entries(archive, budget)}
    except BadArchiveError:
        return None


def _contains(names: set[str], path: str) -> bool:
    """Whether a class is among the names. A multi-release JAR has several of them."""
    inside = re.compile(rf"(META-INF/versions/\d+/)?{re.escape(path)}\.class")
    return any(inside.fullmatch(name) for name in names)


def _nearest(main: str, names: Iterable[str]) -> str | None:
    """The class that may be meant: with the same name in another package, or with almost the same name."""
    classes = [name.removesuffix(".class") for name in names if name.endswith(".class") and "$" not in name]
    same = [each for each in classes if each.rpartition("/")[2] == main.rpartition("/")[2]]
    near = same[0] if len(same) == 1 else nearest(main, classes)
    return near.replace("/", ".") if near else None


def _attributes(manifest: bytes) -> dict[str, str]:
    """The main section of a manifest. A line that begins with a space continues the previous line."""
    text = re.sub(rb"\r\n?", b"\n", manifest).replace(b"\n ", b"").partition(b"\n\n")[0].decode("utf-8", "replace")
    lines = (line.partition(":") for line in text.split("\n"))
    return {name.strip().lower(): " ".join(value.split()) for name, _, value in lines if value.strip()}
