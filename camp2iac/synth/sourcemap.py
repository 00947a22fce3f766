"""The source map: where each block of an output folder comes from, and the digests of what was read and written.

``.camp2iac.json`` is the one file that names lines, so that nothing else changes when a line is put into a plan. Its
digests tell a file of ours from somebody else's, and an untouched one from one changed by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.synth.identity import Identity
from camp2iac.synth.module import Attribute, Block, Commented, Document, Module, Value
from camp2iac.synth.tracked import Advice, Tracked
from camp2iac.version import VERSION

NAME = ".camp2iac.json"
STAGE = ".camp2iac-new"  # the folder of what is being written: see journal.py
FORMAT = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: what may hold data, for source maps that do not tell
_STORES = {
    "openstack_blockstorage_volume_v3": "volume",
    "openstack_compute_instance_v2": "instance, which may keep data on its own disk",
    "heroku_addon": "add-on",
}


class Recorded(Record, frozen=True):
    """A resource in a source map; ``identity`` is None where an older release did not write it."""

    tracked: Tracked
    identity: Identity | None


class SourceMap(Record, frozen=True):
    """What a folder was made from.

    ``plan``, ``environment``: their paths, from the folder (``../../camp.yaml``). ``inputs``: path in the package to
    SHA-256. ``origins``: address, or path of a document, to ``file:line:column``; None: nobody's decision but ours.
    ``effects``: what a change of an address or a document does (:func:`camp2iac.synth.impact.effects`). ``resources``:
    address to what a person calls it and what decides whether Terraform keeps it.
    """

    target: str
    plan: str
    environment: str | None
    inputs: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str | None] = field(default_factory=dict)
    effects: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    resources: Mapping[str, Recorded] = field(default_factory=dict)

    def text(self, files: Mapping[str, str]) -> str:
        """The file; ``files``: path of each generated file to its SHA-256."""
        content = {
            "format": FORMAT,
            "version": VERSION,
            "target": self.target,
            "plan": self.plan,
            "environment": self.environment,
            "inputs": dict(sorted(self.inputs.items())),
            "files": dict(sorted(files.items())),
            "origins": dict(sorted(self.origins.items())),
            "effects": {name: dict(sorted(does.items())) for name, does in sorted(self.effects.items())},
            "resources": {address: _written(each) for address, each in sorted(self.resources.items())},
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def standing(self) -> Standing:
        """The same as :func:`standing` reads it again."""
        return Standing(self.target, VERSION, self.inputs, self.resources)


def digests(text: bytes) -> dict[str, str] | None:
    """The files that a source map names, path to SHA-256; None if it is not a source map of a format we know."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return None
    files = content.get("files")
    if not isinstance(files, dict):
        return None
    sound = all(
        is_safe(path) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256) for path, sha256 in files.items()
    )
    return files if sound else None


class Standing(Record, frozen=True):
    """An output that stands, as its source map tells. ``version``: of the camp2iac that wrote it; empty: unknown."""

    target: str
    version: str
    inputs: Mapping[str, str]
    resources: Mapping[str, Recorded]


def standing(text: bytes) -> Standing | None:
    """What a source map tells of its output; None if it is not a source map of a format we know.

    Of a map that an older release wrote ``resources`` are those that may hold data whatever the plan says.
    """
    if digests(text) is None:
        return None
    content = json.loads(text)
    written = content.get("resources")
    try:
        found = (
            {str(address): _read(each) for address, each in written.items()}
            if written is not None
            else dict(_stores(content["origins"]))
        )
        given = {str(path): str(digest) for path, digest in content["inputs"].items()}
        return Standing(str(content["target"]), str(content.get("version", "")), given, found)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def _stores(addresses: Iterable[str]) -> Iterator[tuple[str, Recorded]]:
    for address in addresses:
        type_, _, name = address.partition(".")
        if type_ in _STORES and "." not in name:
            yield address, Recorded(Tracked(name, _STORES[type_], holds_data=True), None)


def _written(recorded: Recorded) -> dict[str, object]:
    tracked, identity = recorded.tracked, recorded.identity
    content: dict[str, object] = {"node": tracked.node, "part": tracked.part, "words": tracked.words}
    content["holds_data"] = tracked.holds_data
    told = {"product": tracked.product, "region": tracked.region, "size": tracked.size}
    content |= {name: value for name, value in told.items() if value}
    if tracked.instances:
        content["instances"] = list(tracked.instances)
    if tracked.advice:
        content["advice"] = {name: [each.needs, each.write] for name, each in sorted(tracked.advice.items())}
    if identity:
        content["exact"] = dict(sorted(identity.exact.items()))
        content["loose"] = {name: text for name, text in sorted(identity.loose.items()) if text != identity.exact[name]}
        content["ignored"] = list(identity.ignored)
        content["parts"] = dict(sorted(identity.parts.items()))
    return content


def _read(content: Mapping[str, Any]) -> Recorded:
    instances, part = content.get("instances"), content["part"]
    if part not in ("service", "component", "tier"):
        raise ValueError(part)
    tracked = Tracked(
        node=str(content["node"]),
        words=str(content["words"]),
        part=part,
        holds_data=bool(content["holds_data"]),
        product=str(content.get("product", "")),
        instances=(int(instances[0]), int(instances[1])) if instances else None,
        region=str(content.get("region", "")),
        size=int(content["size"]) if "size" in content else None,
        advice={name: Advice(str(needs), str(write)) for name, (needs, write) in content.get("advice", {}).items()},
    )
    exact, loose, parts = (
        {str(name): str(digest) for name, digest in content[key].items()} for key in ("exact", "loose", "parts")
    )
    ignored = tuple(str(name) for name in content["ignored"])
    return Recorded(tracked, Identity(exact, {**exact, **loose}, ignored, parts))


def is_safe(path: str) -> bool:
    """Whether a path stays in its folder and away from what is Terraform's or the source map's own."""
    parts = path.split("/")
    return (
        all(part not in ("", ".", "..") for part in parts)
        and not any(c in path for c in "\\\0")
        and parts[0] not in (NAME, STAGE, ".camp2iac-lock", ".terraform", ".terraform.lock.hcl")
        and not parts[-1].endswith((".tfstate", ".tfstate.backup"))
    )


def origins(module: Module, documents: Iterable[Document] = ()) -> dict[str, str | None]:
    """Where the blocks, their arguments and the documents come from.

    Every block with an address is there, but for providers without an origin; arguments (``address.argument``),
    entries of objects (``address.argument.KEY``), locals and documents as far as they have one.
    """
    return dict(_origins(module, documents))


def _origins(module: Module, documents: Iterable[Document]) -> Iterator[tuple[str, str | None]]:
    for block in module.blocks():
        address = "local" if block.type == "locals" else block.address
        if address is None:
            continue
        if block.type != "locals" and (block.origin or block.type != "provider"):
            yield address, _place(block.origin)
        yield from _inner(address, block)
    for document in documents:
        if document.origin:
            yield document.path, _place(document.origin)


def _inner(address: str, block: Block) -> Iterator[tuple[str, str | None]]:
    for item in block.body:
        if isinstance(item, Block):
            yield from _inner(f"{address}.{item.type}", item)
            continue
        name = f"{address}.{item.name}"
        if isinstance(item, Attribute) and item.origin:
            yield name, _place(item.origin)
        yield from _entries(name, item.value)


def _entries(name: str, value: Value) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, Commented) and item.origin:
                yield f"{name}.{key}", _place(item.origin)


def _place(span: Span | None) -> str | None:
    return str(span) if span else None
