"""The target of the guide for authors works as it stands there."""

from __future__ import annotations

import re
import sys
import types

import pytest
from support import phases
from support.plans import EXAMPLES, ROOT

from camp2iac.synth import hcl
from camp2iac.targets import registry
from camp2iac.targets.base import Outcome
from camp2iac.targets.kit.places import places

GUIDE = ROOT / "docs" / "targets" / "writing-a-target.md"


@pytest.fixture
def nomad(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found is not None
    module = types.ModuleType("nomad")
    monkeypatch.setitem(sys.modules, "nomad", module)
    exec(compile(found[1], "nomad.py", "exec"), module.__dict__)
    monkeypatch.setattr(registry, "_installed", lambda: {"nomad": "nomad:NomadTarget"})
    return module


def test_the_target_of_the_guide_compiles_a_plan(nomad: types.ModuleType) -> None:
    compiled = phases.compile(phases.load(EXAMPLES / "guestbook" / "camp.yaml"), target="nomad")
    assert compiled.ok
    assert compiled.result is not None
    files = hcl.write(compiled.result.lowered.module)
    assert 'source  = "hashicorp/nomad"' in files["versions.tf"]
    assert "# camp.yaml: web, Scale" in files["variables.tf"]
    entries = {entry.statement.words: entry for entry in compiled.result.statements}
    assert entries["Scale: 2, from 2 to 4"].how == "-var web_count=N"
    assert entries["Expose: port 8080"].outcome is Outcome.LOST


def test_its_places_are_found_beside_its_class(nomad: types.ModuleType) -> None:
    assert [place.kind for place in places(nomad.NomadTarget()) or ()] == ["scale", "key_pair"]
