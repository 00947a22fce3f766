"""Debian 13's cloud-init accepts every document."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.plans import Compilation, compilations

from camp2iac.catalogue import load
from roots.machine import HOME, run
from roots.paper import Paper, Resources

ROOT = HOME / "roots" / "trixie"
PLANS = {
    each.id: each
    for each in compilations()
    if each.environment and yaml.safe_load(each.environment.read_text()).get("target") == "openstack"
}


PRODUCTS = load().products
#: systems without a root file system here, and the environments for them
OTHERS = {
    f"{os} {name}": product.folder / "sample"
    for os, like in (("ubuntu-24.04", "ubuntu-24.04"), ("rocky-9", "rhel-9"))
    for name, product in sorted(PRODUCTS.items())
    if like in product.available and (product.folder / "sample/camp.yaml").exists()
}


@pytest.mark.parametrize("name", PLANS)
def test_documents(name: str, tmp_path: Path) -> None:
    plan: Compilation = PLANS[name]
    valid(Paper(plan.package, tmp_path / "work", given=plan.environment).apply(), tmp_path)


@pytest.mark.parametrize("name", OTHERS)
def test_other_systems(name: str, tmp_path: Path) -> None:
    environment = tmp_path / "environment.yaml"
    environment.write_text(f"target: openstack\nos: {name.partition(' ')[0]}\n")
    valid(Paper(OTHERS[name], tmp_path / "work", given=environment).apply(), tmp_path)


def valid(resources: Resources, folder: Path) -> None:
    """Every instance's document, as cloud-init gets it."""
    if not (ROOT / "etc/vm-root").exists():
        pytest.skip("no cloud-init: proofs/roots/vm root-make trixie")
    found = {
        values["user_data"]
        for address, values in resources.items()
        if address.startswith("openstack_compute_instance_v2.") and values["user_data"]
    }
    files = folder / "files"
    files.mkdir()
    for n, text in enumerate(sorted(found)):
        (files / f"{n}.yaml").write_text(text)
    one = f"chroot {ROOT} cloud-init schema --config-file /mnt/${{f##*/}} 2>&1 || exit"
    check = f"mount --bind {files} {ROOT}/mnt; for f in {ROOT}/mnt/*.yaml; do {one}; done"
    said = run("unshare", "--mount", "--propagation", "private", "sh", "-c", check).stdout
    assert said.count("Valid schema") == len(found) > 0, said
    assert "Warning" not in said
    assert "deprecat" not in said.lower()
