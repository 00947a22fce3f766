"""The content of a plan: for a terminal, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from camp2iac.camp.reasons import CONTENT, LEFT_OUT, Contents, IncludedFile, LeftOut
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.review.contents import ArtifactContent, ContentReport, Total, total, total_left_out
from camp2iac.review.formats.cells import pad, wide

_UNITS = (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))
_WIDEST = 60  # the largest width of the column of paths


def pretty(report: ContentReport) -> str:
    """The files of each artifact with size and reason, what is left out and by which rule, and the totals."""
    lines = [line for each in report.artifacts for line in (*_artifact(each, report.file), "")]
    lines.append(f"content: {_total(report.content)}; left out: {_total(report.left_out)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _artifact(row: ArtifactContent, file: str) -> Iterator[str]:
    yield f"{harmless(row.name)}: {harmless(row.where)}  ({harmless(file)}:{row.span.line})"
    if row.compressed is not None:
        yield f"  compressed in the user data, {size(row.compressed)}"
    if row.contents is None:
        known = f"in the plan, {size(row.data)}" if row.data is not None else "at a URL: camp2iac does not download it"
        yield f"  {known}"
        return
    cells = [(each.path, size(each.size), CONTENT[each.why]) for each in row.contents.files]
    yield from _table(cells)
    yield f"  {_total(total(row.contents))}"
    if row.contents.left_out:
        yield "  left out:"
        yield from _table([(each.path, _amount(each), reason(each)) for each in row.contents.left_out])
        yield f"  {_total(total_left_out(row.contents.left_out))}"
    if row.contents.partial:
        yield "  the folder has more files: camp2iac does not list all of them"


def _table(cells: list[tuple[str, str, str]]) -> Iterator[str]:
    paths = min(max((wide(path) for path, _, _ in cells), default=0), _WIDEST)
    sizes = max((len(amount) for _, amount, _ in cells), default=0)
    for path, amount, why in cells:
        yield f"    {pad(path, paths)}  {amount:>{sizes}}  {harmless(why)}"


def reason(left_out: LeftOut) -> str:
    """Why a path is left out, with the rule: ``.gitignore:3: build/``."""
    rule = left_out.rule
    return f"{rule.where}: {rule.pattern}" if rule is not None else LEFT_OUT[left_out.why]


def _amount(left_out: LeftOut) -> str:
    if left_out.files is None:
        return "-"
    plain = not left_out.path.endswith("/")
    return size(left_out.size) if plain else _total(Total(left_out.files, left_out.size or 0))


def _total(total: Total) -> str:
    return f"{total.files:,} file{'' if total.files == 1 else 's'}, {size(total.size)}"


def size(number: int | None) -> str:
    """A number of bytes in a unit: ``1.5 MiB``."""
    if number is None:
        return "unreadable"
    for unit, factor in _UNITS:
        if number >= factor:
            return f"{number / factor:.1f} {unit}"
    return f"{number} B"


def to_json(report: ContentReport) -> str:
    """``{"name", "plan", "artifacts": [...], "content": {...}, "left_out": {...}}``. The first line is 1."""
    document = {
        "name": report.title,
        "plan": report.file,
        "artifacts": [_entry(each) for each in report.artifacts],
        "content": _sum(report.content),
        "left_out": _sum(report.left_out),
    }
    return json.dumps(document, indent=2) + "\n"


def _sum(total: Total) -> dict[str, int]:
    return {"files": total.files, "bytes": total.size}


def _entry(row: ArtifactContent) -> dict[str, object]:
    kind = "url" if row.data is None else "data"
    head: dict[str, object] = {"artifact": row.name, "line": row.span.line, "column": row.span.column}
    head["compressed"] = row.compressed
    if row.contents is None:
        return {**head, "kind": kind, "where": row.where, "bytes": row.data}
    return {**head, "kind": "package", "where": row.contents.path, **_contents(row.contents)}


def _contents(found: Contents) -> dict[str, object]:
    return {
        "files": [_file(each) for each in found.files],
        "left_out": [_left_out(each) for each in found.left_out],
        "complete": not found.partial,
        "total": {"content": _sum(total(found)), "left_out": _sum(total_left_out(found.left_out))},
    }


def _file(file: IncludedFile) -> dict[str, object]:
    return {"path": file.path, "bytes": file.size, "why": file.why}


def _left_out(each: LeftOut) -> dict[str, object]:
    rule = {"where": each.rule.where, "pattern": each.rule.pattern} if each.rule is not None else None
    return {"path": each.path, "files": each.files, "bytes": each.size, "why": each.why, "rule": rule}
