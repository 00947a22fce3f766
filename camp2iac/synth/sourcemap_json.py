"""Write and read the two files of a source map: ``.camp2iac.json`` and ``.camp2iac.digests.json``.

Each entry is one line, so that a diff shows what changed. Origins count lines from the part of the plan that contains
them: a line that is added above the part changes one number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, get_args

from camp2iac.synth import graph_json, places
from camp2iac.synth.sourcemap import SourceMap, Standing, is_safe
from camp2iac.synth.tracked import Advice, Part, Tracked
from camp2iac.version import VERSION

FORMAT = 3
_BEFORE = 1  # everything in one file
_KNOWN = (_BEFORE, 2, FORMAT)
Sections = Iterable[tuple[str, graph_json.Entries]]

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: resources that can hold data, for source maps without this information
_STORES = {
    "openstack_blockstorage_volume_v3": "volume",
    "openstack_compute_instance_v2": "instance, which may keep data on its own disk",
    "heroku_addon": "add-on",
}


# --- writing ----------------------------------------------------------------------------------------------------------


def source_map(of: SourceMap) -> bytes:
    """``.camp2iac.json``."""
    standing = of.standing()
    sections: Sections = (
        ("anchors", standing.anchors.items()),
        ("origins", sorted(standing.origins.items())),
        ("resources", ((address, _tracked(each)) for address, each in sorted(of.resources.items()))),
    )
    head = {"version": VERSION, "target": of.target, "plan": of.plan, "environment": of.environment}
    return _written(head, sections)


def digests(of: SourceMap, files: Mapping[str, str]) -> bytes:
    """``.camp2iac.digests.json``. ``files``: path of each generated file to its SHA-256."""
    sections: Sections = (
        ("inputs", sorted(of.inputs.items())),
        ("files", sorted(files.items())),
        *(graph_json.sections(of.graph) if of.graph is not None else ()),
    )
    return _written({}, sections)


def _written(head: Mapping[str, object], sections: Sections) -> bytes:
    """A JSON object with one line for each key of ``head`` and for each entry of a section.

    It is written line by line. For a thousand services, the peak is 9 MiB lower than with a list of all lines.
    """
    file = BytesIO()
    for line in _lines({"format": FORMAT, **head}, sections):
        file.write(line.encode())
    return file.getvalue()


def _lines(head: Mapping[str, object], sections: Sections) -> Iterator[str]:
    before = "{\n"
    for name, value in head.items():
        yield f"{before}  {_json(name)}: {_json(value)}"
        before = ",\n"
    for name, entries in sections:
        yield f"{before}  {_json(name)}: {{"
        start = inner = "\n"
        for key, entry in entries:
            yield f"{inner}    {_json(key)}: {_json(entry)}"
            inner = ",\n"
        yield "}" if inner is start else "\n  }"
    yield "\n}\n"


_json = json.JSONEncoder(ensure_ascii=False).encode


def _tracked(tracked: Tracked) -> dict[str, object]:
    content: dict[str, object] = {"node": tracked.node, "part": tracked.part, "words": tracked.words}
    content["holds_data"] = tracked.holds_data
    if tracked.protected:
        content["protected"] = True
    optional = {
        "product": tracked.product,
        "release": tracked.release,
        "region": tracked.region,
        "size": tracked.size,
        "databases": list(tracked.databases),
    }
    content |= {name: value for name, value in optional.items() if value}
    if tracked.instances:
        content["instances"] = list(tracked.instances)
    if tracked.advice:
        content["advice"] = {name: [each.needs, each.write] for name, each in sorted(tracked.advice.items())}
    return content


# --- reading ----------------------------------------------------------------------------------------------------------


def files(text: bytes) -> dict[str, str] | None:
    """The files in a source map, path to SHA-256; None if the format is unknown.

    ``text``: ``.camp2iac.digests.json``, or the one file that older releases wrote.
    """
    return _files(_content(text))


def _files(content: Mapping[str, object] | None) -> dict[str, str] | None:
    if content is not None and "origins" in content and content["format"] != _BEFORE:
        return {}  # the other file has the digests, and an interrupted run did not write it
    found = content.get("files") if content else None
    if not isinstance(found, dict):
        return None
    sound = all(
        is_safe(path) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256) for path, sha256 in found.items()
    )
    return found if sound else None


def standing(text: bytes, of_digests: bytes | None) -> Standing | None:
    """The output that the files of a source map describe; None if the format is unknown.

    In maps of older releases, ``resources`` has those that can hold data.
    """
    content = _content(text)
    told = content if content and content["format"] == _BEFORE else _content(of_digests or b"")
    if content is None or told is None or _files(told) is None:
        return None
    resources = content.get("resources")
    try:
        found = (
            {str(address): _read(each) for address, each in resources.items()}
            if resources is not None
            else dict(_stores(content["origins"]))
        )
        inputs = {str(path): str(digest) for path, digest in told["inputs"].items()}
        graph = graph_json.read(told)
        anchors = {str(name): int(line) for name, line in content.get("anchors", {}).items()}
        origins = {str(name): place and str(place) for name, place in content["origins"].items()}
        return Standing(str(content["target"]), str(content.get("version", "")), inputs, found, graph, origins, anchors)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def origins(text: bytes) -> dict[str, str | None] | None:
    """Address, or path of a document, to ``file:line:column``; None if the text is not a ``.camp2iac.json``."""
    content = _content(text)
    try:
        anchors = content.get("anchors", {}) if content else {}
        return content and {
            str(name): place and places.line(place, anchors) for name, place in content["origins"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def head(text: bytes) -> dict[str, str]:
    """The ``version``, ``target``, ``plan`` and ``environment`` of a ``.camp2iac.json``, as far as it has them."""
    content = _content(text) or {}
    names = ("version", "target", "plan", "environment")
    return {name: content[name] for name in names if isinstance(content.get(name), str)}


def _content(text: bytes) -> dict[str, Any] | None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and content.get("format") in _KNOWN else None


def _stores(addresses: Iterable[str]) -> Iterator[tuple[str, Tracked]]:
    for address in addresses:
        type_, _, name = address.partition(".")
        if type_ in _STORES and "." not in name:
            yield address, Tracked(name, _STORES[type_], holds_data=True)


def _read(content: Mapping[str, Any]) -> Tracked:
    instances, part = content.get("instances"), content["part"]
    if part not in get_args(Part):
        raise ValueError(part)
    return Tracked(
        node=str(content["node"]),
        words=str(content["words"]),
        part=part,
        holds_data=bool(content["holds_data"]),
        protected=bool(content.get("protected")),
        product=str(content.get("product", "")),
        release=str(content.get("release", "")),
        databases=tuple(map(str, content.get("databases", ()))),
        instances=(int(instances[0]), int(instances[1])) if instances else None,
        region=str(content.get("region", "")),
        size=int(content["size"]) if "size" in content else None,
        advice={name: Advice(str(needs), str(write)) for name, (needs, write) in content.get("advice", {}).items()},
    )
