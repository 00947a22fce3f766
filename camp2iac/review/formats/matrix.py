"""Environments side by side: for a terminal, a pull request, and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from camp2iac.diagnostics.excerpt import harmless
from camp2iac.review.formats.cells import folded, narrowed, pad, wide
from camp2iac.review.formats.markdown import words
from camp2iac.review.matrix import Cell, Matrix, MatrixRow

NONE = "-"
_WIDEST = 60  # the largest width of a column
_SOURCES = {"default": "default of {}", "parameters": "parameter {}", "--set": "{}", "overrides": "overrides"}
_PROFILE = "org.camp2iac:"


def source(cell: Cell) -> str:
    """The place of a value, and its kind: ``environments/prod.yaml:4, parameter memory``."""
    if cell.span is None:
        return f"variable {cell.parameter}"
    if cell.origin == "--set":
        return cell.span.file
    kind = _SOURCES.get(cell.origin, "")
    if cell.origin != "overrides" and cell.parameter is None:
        kind = ""
    where = f"{cell.span.file}:{cell.span.line}"
    return f"{where}, {kind.format(cell.parameter)}" if kind else where


def pretty(matrix: Matrix, width: int | None = None) -> str:
    """A table with the value of each environment and, below it, the place that it comes from.

    ``width``: the terminal's columns. None: the table is as wide as necessary.
    """
    if not matrix.rows:
        return "The environments have the same values.\n"
    lead = max([wide(matrix.title), *(wide(_key(row)) + 2 for row in matrix.rows)]) + 2
    sizes = [lead, *(_size(name, matrix) for name in matrix.environments)]
    if width is not None:
        sizes = narrowed(sizes, width + 1)
    names = [matrix.title, *matrix.environments]
    targets = ["", *matrix.environments.values()]
    out = [_line(names, sizes), _line(targets, sizes)]
    for node, rows in matrix.by_node().items():
        out += ["", harmless(node)]
        for row in rows:
            out += _rows(row, matrix, sizes)
    return "\n".join(line.rstrip() for line in out) + "\n"


def _size(name: str, matrix: Matrix) -> int:
    cells = [cell for row in matrix.rows if (cell := row.cells.get(name))]
    texts = [name, matrix.environments[name], *(text for cell in cells for text in (cell.text, source(cell)))]
    return min(_WIDEST, max(map(wide, texts))) + 2


def _rows(row: MatrixRow, matrix: Matrix, sizes: list[int]) -> Iterator[str]:
    columns = [[f"  {line}" for line in folded(_key(row), sizes[0] - 4)]]
    for name, size in zip(matrix.environments, sizes[1:], strict=True):
        cell = row.cells.get(name)
        columns.append([*folded(cell.text, size - 2), *folded(source(cell), size - 2)] if cell else [NONE])
    for index in range(max(map(len, columns))):
        yield _line([column[index] if index < len(column) else "" for column in columns], sizes)


def _line(texts: list[str], sizes: list[int]) -> str:
    return "".join(pad(text, size) for text, size in zip(texts, sizes, strict=True))


def _key(row: MatrixRow) -> str:
    return row.key.replace(_PROFILE, "")


def markdown(matrix: Matrix) -> str:
    """A table for a pull request."""
    names = list(matrix.environments)
    heads = [f"{words(name)} ({words(target)})" for name, target in matrix.environments.items()]
    lines = [f"| node | key | {' | '.join(heads)} |", "|---|---|" + "---|" * len(names)]
    for row in matrix.rows:
        cells = [_cell(row.cells.get(name)) for name in names]
        lines.append(f"| {words(row.node)} | {words(_key(row))} | {' | '.join(cells)} |")
    table = "\n".join(lines) if matrix.rows else "The environments have the same values."
    return f"# Environments of {words(matrix.title)}\n\n{table}\n"


def _cell(cell: Cell | None) -> str:
    return f"{words(cell.text)}<br>{words(source(cell))}" if cell else NONE


def to_json(matrix: Matrix) -> str:
    """``{"name", "plan", "environments": [...], "values": [...]}``. The first line is 1."""
    document = {
        "name": matrix.title,
        "plan": matrix.file,
        "environments": [{"name": name, "target": target} for name, target in matrix.environments.items()],
        "values": [
            {
                "node": row.node,
                "key": row.key,
                "differs": row.differs,
                "environments": {name: _entry(cell) for name, cell in row.cells.items()},
            }
            for row in matrix.rows
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _entry(cell: Cell) -> dict[str, object]:
    in_file = cell.span is not None and cell.origin != "--set"
    return {
        "value": cell.text,
        "origin": cell.origin,
        "parameter": cell.parameter,
        "file": cell.span.file if cell.span is not None and in_file else None,
        "line": cell.span.line if cell.span is not None and in_file else None,
        "column": cell.span.column if cell.span is not None and in_file else None,
    }
