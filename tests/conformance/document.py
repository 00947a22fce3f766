"""Generate docs/conformance.md from the tests."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.conformance import IDS, ROWS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "conformance.md"

HEAD = """# Conformance to CAMP

What OASIS CAMP 1.1 demands of plans, packages (PDPs) and the programs that read them, and the test that proves it for
camp2iac. This page is generated from the tests in `tests/conformance/`. Run `python -m tests.conformance` to update it.

The ids are camp2iac's own. They are not the names of CAMP's published test assertions. The levels mean:

- **must**: documents that violate the demand are refused. If the demand is about programs, they must accept what it
  names.
- **should**: a violation is a warning.
- **may**: a violation is a note.
- **ours**: CAMP does not say, so this is camp2iac's rule.

Plans with `CAMP 1.2` are read with the grammar of CAMP 1.1.

| id | demand | level | test |
|---|---|---|---|
"""


def document() -> str:
    """The page."""
    for module in sorted(HERE.glob("test_*.py")):
        if f"conformance.{module.stem}" not in sys.modules:  # pytest's name for it
            import_module(f"tests.conformance.{module.stem}")
    rows = (ROWS[name] for name in IDS)
    return HEAD + "".join(f"| {r.id} | {r.demand} | {r.level} | `{r.test}` |\n" for r in rows)
