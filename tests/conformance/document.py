"""docs/conformance.md, made from the tests."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.conformance import IDS, ROWS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "conformance.md"

HEAD = """# Conformance to CAMP

What OASIS CAMP 1.1 demands of a plan, of a package (PDP) and of those who read them, and the test that proves it for
camp2iac. This page is made from the tests in `tests/conformance/`: `python -m tests.conformance` renews it.

The ids are our own: the assertions of CAMP's published test assertions have other names, and no row claims to be one of
them. **must**: what does not comply is refused, or, where the reader is meant, always accepted. **should**: a warning.
**may**: a note. **ours**: CAMP is silent, and this is our rule. `CAMP 1.2` is read with the grammar of 1.1.

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
