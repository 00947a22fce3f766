"""The newest cloud-init at hand, Debian 13's, finds nothing to say about any document."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.plans import Compilation, compilations

from roots.machine import HOME, run
from roots.paper import Paper

#: what a made-up provider cannot answer
LEFT_OUT = {"regions/two-openstack": "a rule names the address that the router gets outside"}
ROOT = HOME / "roots" / "trixie"
PLANS = {
    each.id: each
    for each in compilations()
    if each.environment and yaml.safe_load(each.environment.read_text()).get("target") == "openstack"
}


@pytest.mark.parametrize("name", PLANS)
def test_documents(name: str, tmp_path: Path) -> None:
    if not (ROOT / "etc/vm-root").exists():
        pytest.skip("no cloud-init: tests/roots/vm root-make trixie")
    if why := LEFT_OUT.get(name):
        pytest.skip(f"the documents of {name} are not checked: {why}")
    plan: Compilation = PLANS[name]
    paper = Paper(plan.package, tmp_path / "work", given=plan.environment)
    resources = paper.apply()
    found = {
        address: values["user_data"]
        for address, values in resources.items()
        if address.startswith("openstack_compute_instance_v2.") and values["user_data"]
    }
    files = tmp_path / "files"
    files.mkdir()
    for n, text in enumerate(sorted(set(found.values()))):
        (files / f"{n}.yaml").write_text(text)
    one = f"chroot {ROOT} cloud-init schema --config-file /mnt/${{f##*/}} 2>&1 || exit"
    check = f"mount --bind {files} {ROOT}/mnt; for f in {ROOT}/mnt/*.yaml; do {one}; done"
    said = run("unshare", "--mount", "--propagation", "private", "sh", "-c", check).stdout
    assert said.count("Valid schema") == len(set(found.values())), said
    assert "Warning" not in said
    assert "deprecat" not in said.lower()
