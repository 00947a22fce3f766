"""camp2iac compiles OASIS CAMP plans into Terraform and cloud-init.

The library in five lines::

    from pathlib import Path
    import camp2iac

    loaded = camp2iac.load(Path("camp.yaml"))
    compiled = camp2iac.compile(loaded, environment=Path("environments/openstack.yaml"))
    print(compiled.lowered.module if not compiled.diagnostics.failed else list(compiled.diagnostics))

Names are imported when they are first used, so that ``import camp2iac`` costs nothing.
"""

from __future__ import annotations

from camp2iac.version import VERSION

TYPE_CHECKING = False  # as in typing, which takes longer to import than Ctrl-C may wait
if TYPE_CHECKING:
    from typing import Any

    from camp2iac.camp.model import Plan
    from camp2iac.compiler import Compiled, Loaded, compile, load  # noqa: A004
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.synth.module import Module
    from camp2iac.targets.base import Target
    from camp2iac.topology.model import Topology


__version__ = VERSION

__all__ = ["Compiled", "Diagnostic", "Loaded", "Module", "Plan", "Target", "Topology", "__version__", "compile", "load"]

_PLACES = {
    "Compiled": "compiler",
    "Diagnostic": "diagnostics",
    "Loaded": "compiler",
    "Module": "synth.module",
    "Plan": "camp.model",
    "Target": "targets.base",
    "Topology": "topology.model",
    "compile": "compiler",
    "load": "compiler",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'camp2iac' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"camp2iac.{_PLACES[name]}"), name)
