"""A plan's documents, as the OpenStack target makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth import hcl
from camp2iac.targets.base import Outcome


@dataclass(frozen=True)
class Built:
    """What came out: file to text, the diagnostics, and statement to (outcome, how)."""

    files: dict[str, str]
    diagnostics: list[Diagnostic]
    ledger: dict[str, tuple[Outcome, str]]

    @property
    def codes(self) -> list[str]:
        """Of what is more than a note."""
        return [d.code for d in self.diagnostics if d.level.value != "note"]


Make = Callable[..., Built]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a plan and its files, and compiles it for OpenStack."""

    def build(
        plan: str, files: dict[str, str | bytes] | None = None, executables: tuple[str, ...] = (), os: str = "debian-12"
    ) -> Built:
        folder = tmp_path / "plan"
        folder.mkdir(exist_ok=True)
        (folder / "camp.yaml").write_text(plan)
        for name, content in (files or {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            if name in executables:
                path.chmod(0o755)
        environment = tmp_path / "openstack.yaml"
        environment.write_text(f"target: openstack\nimage: {os}\nexternal_network: public\nssh_from: 192.0.2.0/24\n")
        loaded = phases.load(folder)
        compiled = phases.compile(loaded, environment=environment, output=folder / "infra")
        texts: dict[str, str] = {}
        if compiled.result is not None:
            texts |= hcl.write(compiled.result.lowered.module)
            texts |= {d.path: d.data.decode("utf-8", "surrogateescape") for d in compiled.result.lowered.documents}
        ledger = {
            e.statement.words: (e.outcome, e.how) for e in (compiled.result.statements if compiled.result else ())
        }
        return Built(texts, list(compiled.diagnostics), ledger)

    return build
