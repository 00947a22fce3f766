"""What can be seen without a control plane: the real provider accepts each module."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from kube_applied import run
from kube_entries import ENTRIES, chosen
from support.compiler import camp2iac
from support.terraform import command

pytestmark = pytest.mark.kubernetes


@pytest.mark.parametrize("name", chosen(os.environ.get("KUBE_ENTRIES", "").splitlines()))
def test_the_provider_accepts_it(name: str, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    package = tmp_path / entry.package.name
    shutil.copytree(entry.package, package, ignore=shutil.ignore_patterns("infra", "expected"))
    environment = package / "environments/kubernetes.yaml"
    if entry.environment:
        environment = package / entry.environment.relative_to(entry.package)
    else:
        environment.parent.mkdir(exist_ok=True)
        environment.write_text(entry.text)
    module = package / "infra/kubernetes"
    camp2iac("synth", "camp.yaml", "-e", environment, "-q", "-o", module, cwd=package)
    run(*command(), f"-chdir={module}", "init", "-input=false", "-no-color", "-backend=false")
    said = json.loads(run(*command(), f"-chdir={module}", "validate", "-json", accept=(0, 1)))
    assert said["diagnostics"] == []
