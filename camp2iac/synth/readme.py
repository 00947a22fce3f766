"""Sections of an output folder's README.md that the module alone tells: what it makes, which variables it has."""

from __future__ import annotations

import re

from camp2iac.synth.hcl_text import one_line
from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Block, Module

_VERSION = re.compile(r"_v[0-9]+$")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def makes(module: Module) -> str:
    """``## What it makes``: a row for each resource type, in the module's order; empty without resources.

    A block with ``for_each`` or ``count`` stands for several: its row says of what.
    """
    found: dict[str, list[str]] = {}
    for block in module.blocks():
        if block.type == "resource":
            found.setdefault(block.labels[0], []).append(_block(block))
    if not found:
        return ""
    rows = [f"| {_words(type_)} | {', '.join(names)} |" for type_, names in found.items()]
    return "\n".join(["## What it makes", "", "| What | Which |", "|---|---|", *rows])


def variables(module: Module) -> str:
    """``## Variables``: name, default and description; empty without variables. A sensitive default is not shown."""
    blocks = [block for block in module.blocks() if block.type == "variable"]
    if not blocks:
        return ""
    rows = [
        f"| `{block.labels[0]}` | {_default(block)} | {text(str(block.get('description') or ''))} |" for block in blocks
    ]
    return "\n".join(["## Variables", "", "| Variable | Default | What it is |", "|---|---|---|", *rows])


def text(data: str) -> str:
    """Data within a line of Markdown: it shows as it is."""
    return _MARKS.sub(r"\\\1", one_line(" ".join(data.split())))


def _words(type_: str) -> str:
    """``openstack_compute_instance_v2`` is a compute instance; the provider is named once, in versions.tf."""
    return _VERSION.sub("", type_.split("_", 1)[-1]).replace("_", " ")


def _block(block: Block) -> str:
    several = block.get("for_each") if block.get("for_each") is not None else block.get("count")
    if several is None:
        return f"`{block.labels[1]}`"
    of = code(several)
    return f"`{block.labels[1]}`, one for each of {_code(of)}" if "\n" not in of else f"`{block.labels[1]}`, several"


def _default(block: Block) -> str:
    if not any(getattr(item, "name", "") == "default" for item in block.body):
        return "none: it must be given"
    if block.get("sensitive"):
        return "a secret"
    value = block.get("default")
    return "nothing" if value is None else _code(" ".join(code(value).split()))


def _code(data: str) -> str:
    """Data as code: within more backticks than it has in a row."""
    fence = "`" * (max(map(len, re.findall("`+", data)), default=0) + 1)
    space = " " if data.startswith("`") or data.endswith("`") else ""
    return f"{fence}{space}{data}{space}{fence}".replace("|", "\\|")
