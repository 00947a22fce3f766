"""What the runtime of each kind of artifact starts: one module per kind, with its name (CAMP216, CAMP217).

Each has ``check(case)``, which yields diagnostics. They are errors only if the content shows that a start must fail.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from importlib.util import find_spec

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case


def check(case: Case) -> Iterator[Diagnostic]:
    """Check the entry point of a component. Kinds without a module have none."""
    name = f"{__name__}.{case.component.kind}"
    if case.component.kind.isidentifier() and find_spec(name) is not None:
        yield from importlib.import_module(name).check(case)
