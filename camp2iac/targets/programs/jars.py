"""Whether Java can start a JAR: its manifest names a main class, and that class is in it (java(1), ``-jar``)."""

from __future__ import annotations

import re

from camp2iac.camp import zip as zips
from camp2iac.camp.members import BadArchiveError, Budget
from camp2iac.topology.model import Component

_MANIFEST = "META-INF/MANIFEST.MF"
_MOST = 1024 * 1024  # bytes of a manifest
_BUILD = "make it with  jar --create --file NAME.jar --main-class CLASS ...  or your build tool's word for that"


def fault(data: bytes, component: Component) -> tuple[str, str] | None:
    """What keeps Java from starting it, and what to do; None where nothing does.

    A ``web`` process of the plan's own says itself what Java starts: then it only has to be a JAR.
    """
    budget = Budget("", len(data), most_entries=len(data), most_names=len(data))
    try:
        names = {entry.name for entry in zips.entries(data, budget)}
    except BadArchiveError:
        return "it is no ZIP archive, as every JAR is", "give the JAR that its build makes"
    if any(process.type == "web" for process in component.processes):
        return None
    statement = _attributes(zips.one(data, _MANIFEST, _MOST) or b"")
    main = statement.get("main-class", "").replace(".", "/")
    if not main:
        return f"no {_MANIFEST} in it that says Main-Class", _BUILD
    inside = re.compile(rf"(META-INF/versions/\d+/)?{re.escape(main)}\.class")  # a multi-release JAR has several
    if "class-path" in statement or any(inside.fullmatch(name) for name in names):
        return None
    return (
        f"its manifest says Main-Class: {statement['main-class']}, and no {main}.class is in it",
        "give the JAR that has its classes (often called -all, -fat or -with-dependencies), or correct its Main-Class",
    )


def _attributes(manifest: bytes) -> dict[str, str]:
    """The main section of a manifest; lines that begin with a space continue the one before."""
    text = re.sub(rb"\r\n?", b"\n", manifest).replace(b"\n ", b"").partition(b"\n\n")[0].decode("utf-8", "replace")
    lines = (line.partition(":") for line in text.split("\n"))
    return {name.strip().lower(): " ".join(value.split()) for name, _, value in lines if value.strip()}
