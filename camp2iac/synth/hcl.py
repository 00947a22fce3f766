"""The HCL writer: a module's files, formatted like ``terraform fmt`` does.

The module decides the order of things. The layout follows these rules:

- ``for_each``, ``count`` and ``provider`` come first, followed by a blank line. ``depends_on`` follows a blank line.
- Arguments of several lines and nested blocks have blank lines around them, except between nested blocks of one type.
- A comment is above what it describes, and follows a blank line.
- A list of references, or a list that is too long, has one element per line. So has an argument that is an object.
"""

from __future__ import annotations

from camp2iac.synth.hcl_text import HclLine, align, comment, quote
from camp2iac.synth.hcl_values import entry
from camp2iac.synth.module import Attribute, Block, Module
from camp2iac.synth.remarks import Remark

_FIRST = frozenset({"for_each", "count", "provider"})
_APART = frozenset({"depends_on"})
# Blocks with few arguments, written without blank lines.
_TIGHT = frozenset({"validation", "precondition", "postcondition", "assert", "required_providers"})


def write(module: Module) -> dict[str, str]:
    """The text of each file. Files without blocks and header are left out.

    Raises ValueError for a float that has no literal (``inf``, ``nan``).
    """
    return {
        file: _file(module.headers.get(file, ""), blocks)
        for file, blocks in module.files.items()
        if blocks or file in module.headers
    }


def _file(header: Remark, blocks: list[Block]) -> str:
    lines = [HclLine(text) for text in comment(header)] if header else []
    for block in blocks:
        if lines:
            lines.append(HclLine())
        lines += _comment(block, "") + _block(block, "")
    return align(lines)


def _block(block: Block, indent: str) -> list[HclLine]:
    head = " ".join([indent + block.type, *map(quote, block.labels)])
    if not block.body:
        return [HclLine(f"{head} {{"), HclLine(f"{indent}}}")]
    return [HclLine(f"{head} {{"), *_body(block, indent + "  "), HclLine(f"{indent}}}")]


def _body(block: Block, indent: str) -> list[HclLine]:
    tight = block.type in _TIGHT
    lines: list[HclLine] = []
    before: Attribute | Block | None = None
    apart_before = False
    for item in sorted(block.body, key=lambda item: not _is_first(item)):
        if isinstance(item, Attribute):
            own = entry(item.name, item.value, indent)
            apart = len(own) > 1 or item.name in _APART or _is_first(item)
        else:
            own = _block(item, indent)
            apart = True
        together = isinstance(item, Block) and isinstance(before, Block) and item.type == before.type
        meta = before is not None and _is_first(item) and _is_first(before)
        if before is not None and (
            item.comment or (not tight and not together and not meta and (apart or apart_before))
        ):
            lines.append(HclLine())
        lines += _comment(item, indent) + own
        before, apart_before = item, apart
    return lines


def _is_first(item: Attribute | Block) -> bool:
    return isinstance(item, Attribute) and item.name in _FIRST


def _comment(item: Attribute | Block, indent: str) -> list[HclLine]:
    return [HclLine(indent + text) for text in comment(item.comment)] if item.comment else []
