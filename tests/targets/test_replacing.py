"""Every resource type that a target makes is in its table of arguments that make another resource."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.plans import CASES, ROOT

import camp2iac
from camp2iac.synth import providers
from camp2iac.synth.force_new import ALL, Replacing
from camp2iac.targets.heroku.replacing import REPLACING as HEROKU
from camp2iac.targets.kit.replacing import BUILT_IN
from camp2iac.targets.openstack.replacing import COMMON
from camp2iac.targets.openstack.replacing import REPLACING as OPENSTACK

TARGETS = Path(camp2iac.__file__).parent / "targets"
TABLES = {"heroku": HEROKU, "openstack": OPENSTACK}
#: resource types, too, of which a target only reads the data source
READ = {
    "openstack_blockstorage_quotaset_v3",
    "openstack_compute_flavor_v2",
    "openstack_compute_quotaset_v2",
    "openstack_images_image_v2",
    "openstack_networking_quota_v2",
}


def written(target: str) -> set[str]:
    """The types in the outputs of examples and cases."""
    folders = [*(ROOT / "examples").rglob(f"infra/{target}"), *CASES.rglob(f"expected/{target}")]
    files = [file for folder in folders for file in folder.rglob("*.tf")]
    return {type_ for file in files for type_ in re.findall(r'(?m)^resource "(\w+)"', file.read_text())}


def named(target: str) -> Iterator[str]:
    """The types that its code names, whether an example has them or not."""
    table = providers.load(target)
    assert table is not None
    for file in (TARGETS / target).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and table.type("resource", node.value):
                yield node.value


@pytest.mark.parametrize("target", TABLES)
def test_every_type_is_there(target: str) -> None:
    found = written(target)
    assert len(found) > 10
    assert not found & READ
    assert found | set(named(target)) - READ <= TABLES[target].keys()


@pytest.mark.parametrize("target", TABLES)
def test_every_argument_is_one(target: str) -> None:
    known: Replacing = TABLES[target]
    for type_, arguments in known.items():
        if type_ in BUILT_IN:  # no provider has it
            continue
        table = providers.load(type_.partition("_")[0])
        found = table.type("resource", type_) if table else None
        assert found is not None, type_
        for name in arguments - {ALL, *COMMON}:
            assert found.argument(name) or found.block(name), f"{type_} has no {name}"
