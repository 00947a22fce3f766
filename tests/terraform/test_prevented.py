"""Terraform refuses to destroy and to replace what ``protect`` names, and plans it otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.compiler import in_process
from support.terraform import PROVIDERS, Terraform

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

PLAN = """\
camp_version: CAMP 1.1
name: shop
services:
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
"""
ENVIRONMENT = """\
target: openstack
region: RegionOne
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }
external_network: public
"""
VOLUME = "openstack_blockstorage_volume_v3.database_data"


def _synth(package: Path, protect: str, *arguments: str) -> Path:
    (package / "environments").mkdir(exist_ok=True)
    (package / "camp.yaml").write_text(PLAN)
    (package / "environments/prod.yaml").write_text(ENVIRONMENT + protect)
    in_process("synth", package, "-e", package / "environments/prod.yaml", *arguments)
    return package / "infra/prod"


def _state(module: Path, *keys: str) -> None:
    """The state after an apply: the volume exists, or one for each key of ``for_each``."""
    type_, name = VOLUME.split(".")
    provider = f'provider["registry.terraform.io/{PROVIDERS["openstack"][0]}"]'
    volume = {"id": "0d1e2f30-4142-4344-8546-474849505152", "name": "shop-database-1-data", "size": 10}
    resource = {
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider": provider,
        "instances": [
            {"schema_version": 0, "attributes": {**volume, "region": "RegionOne"}} | ({"index_key": key} if key else {})
            for key in keys or ("",)
        ],
    }
    state = {"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "a", "resources": [resource]}
    (module / "terraform.tfstate").write_text(json.dumps(state))


def _destroy(terraform: Terraform, module: Path, *arguments: str, status: int) -> str:
    words = ("-refresh=false", "-input=false", "-no-color", "-target=" + VOLUME)
    return terraform.run(module, "plan", *words, "-json", *arguments, accept=(status,))


def test_destroy(tmp_path: Path, terraform: Terraform) -> None:
    module = _synth(tmp_path, "")
    terraform.init(module)
    _state(module)
    assert "Instance cannot be destroyed" in _destroy(terraform, module, "-destroy", status=1)
    assert "Instance cannot be destroyed" in _destroy(terraform, module, f"-replace={VOLUME}", status=1)
    _synth(tmp_path, "protect: false\n")
    assert '"remove":1' in _destroy(terraform, module, "-destroy", status=0), "no apply is necessary before"


def test_scale_taken(tmp_path: Path, terraform: Terraform) -> None:
    """The block of the only instance protects those of the others, too. ``synth --lose`` says so."""
    module = _synth(tmp_path, "")
    terraform.init(module)
    _state(module, "database-1", "database-2")
    refused = _destroy(terraform, module, status=1)
    assert "Instance cannot be destroyed" in refused
    assert 'database_data[\\"database-2\\"]' in refused
    _synth(tmp_path, "protect: false\n")
    assert '"remove":1' in _destroy(terraform, module, status=0)
