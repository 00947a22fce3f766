"""The scripts that user data can have compressed are the ones that instances otherwise get."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest
from support import phases
from support.plans import ROOT

from camp2iac.targets.openstack.machine.document import PACKED, SCRIPTS, packed


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_script_is_the_script(name: str, pytestconfig: pytest.Config) -> None:
    [script] = SCRIPTS.glob(f"{name}.*")
    file = SCRIPTS / "packed" / f"{script.name}.gz"
    if pytestconfig.getoption("--regen") and (
        not file.exists() or gzip.decompress(file.read_bytes()) != script.read_bytes()
    ):
        file.write_bytes(gzip.compress(script.read_bytes(), 9, mtime=0))
    assert gzip.decompress(packed(script.name)) == script.read_bytes()
    assert len(packed(script.name)) * 4 // 3 < len(script.read_bytes()) * 0.6


MORE = """\
      - { requirement_type: org.camp2iac:Process, release: python guestbook.py }
      - { requirement_type: org.camp2iac:Schedule, name: tick, command: python guestbook.py, at: "@daily" }
"""
GIT = "releases: { from: git, repository: https://git.example.org/shop.git }\non_change: rerun\n"


@pytest.mark.parametrize("more", ["", MORE])
def test_scripts_are_compressed_if_they_would_not_fit(tmp_path: Path, more: str) -> None:
    """An ordinary application: releases from git, a migration, and a job by the clock."""
    plan = tmp_path / "guestbook"
    shutil.copytree(ROOT / "examples" / "guestbook", plan, ignore=shutil.ignore_patterns("infra"))
    text, environment = (plan / "camp.yaml").read_text(), plan / "environments" / "openstack.yaml"
    expose = "      - requirement_type: org.camp2iac:Expose\n"
    (plan / "camp.yaml").write_text(text.replace(expose, more + expose))
    environment.write_text(environment.read_text() + GIT)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=plan, check=True)
    made = phases.compile(phases.load(plan), environment=environment, output=plan / "infra")
    assert made.ok, made.diagnostics
    assert made.result is not None
    found = {each.path: each.data for each in made.result.lowered.documents}
    packed_ = [path for path in found if path.endswith(".gz")]
    assert bool(packed_) == bool(more)
    assert all(gzip.decompress(found[path]) == found[path.removesuffix(".gz")] for path in packed_)
    assert (b"encoding: gz+b64" in found["cloud-init/web.yaml.tftpl"]) == bool(more)
