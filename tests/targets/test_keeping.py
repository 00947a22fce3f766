"""Each type of resource has a decision about what it keeps, and what keeps something has a name for people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.plans import CASES, EXAMPLES

from camp2iac.synth.tracked import Keeps
from camp2iac.targets.docker import resource_types as docker_types
from camp2iac.targets.docker.keeping import KEEPS as DOCKER
from camp2iac.targets.docker.replacing import REPLACING as DOCKER_TYPES
from camp2iac.targets.heroku.keeping import KEEPS as HEROKU
from camp2iac.targets.heroku.replacing import REPLACING as HEROKU_TYPES
from camp2iac.targets.kubernetes import resource_types as kubernetes_types
from camp2iac.targets.kubernetes.keeping import KEEPS as KUBERNETES
from camp2iac.targets.kubernetes.replacing import REPLACING as KUBERNETES_TYPES
from camp2iac.targets.openstack import resource_types
from camp2iac.targets.openstack.keeping import KEEPS as OPENSTACK
from camp2iac.targets.openstack.replacing import REPLACING as OPENSTACK_TYPES

TABLES: dict[str, Mapping[str, Keeps]] = {
    "docker": DOCKER,
    "openstack": OPENSTACK,
    "heroku": HEROKU,
    "kubernetes": KUBERNETES,
}
CONSTANTS = {value for name, value in vars(resource_types).items() if name.isupper()}
MAPS = [
    *EXAMPLES.glob("*/infra/*/.camp2iac.json"),
    *(file for file in CASES.rglob(".camp2iac.json") if "expected" in file.parts),
]
#: resources without a name for people although their type keeps something, and why
UNNAMED = {
    "openstack_objectstorage_container_v1.content": "each apply fills it from the content",
    "random_password.content_key": "each apply signs new URLs with the key that it has",
}


def written() -> dict[str, list[tuple[str, bool, dict[str, object] | None]]]:
    """The resources of all committed outputs: address, whether it has prevent_destroy, and its name for people."""
    found: dict[str, list[tuple[str, bool, dict[str, object] | None]]] = {target: [] for target in TABLES}
    for file in MAPS:
        content = json.loads(file.read_text())
        for module in file.parent.glob("*.tf"):
            for type_, name, body in re.findall(r'(?ms)^resource "(\w+)" "(\w+)" \{\n(.*?)^\}', module.read_text()):
                address = f"{type_}.{name}"
                named = content["resources"].get(address)
                found[content["target"]].append((address, "prevent_destroy" in body, named))
    return found


def test_each_type_has_a_decision() -> None:
    assert set(OPENSTACK) == CONSTANTS
    assert set(OPENSTACK_TYPES) - {"terraform_data"} <= CONSTANTS
    assert set(HEROKU) == set(HEROKU_TYPES)
    assert set(DOCKER) == set(DOCKER_TYPES) == {value for name, value in vars(docker_types).items() if name.isupper()}
    assert (
        set(KUBERNETES)
        == set(KUBERNETES_TYPES)
        == {value for name, value in vars(kubernetes_types).items() if name.isupper()}
    )


def test_every_resource_that_is_written_has_a_decision() -> None:
    for target, resources in written().items():
        types = {address.partition(".")[0] for address, _, _ in resources}
        assert types, target
        assert types <= TABLES[target].keys()


def test_what_keeps_something_has_a_name_and_what_keeps_nothing_has_no_data() -> None:
    for target, resources in written().items():
        for address, _, named in resources:
            keeps = TABLES[target][address.partition(".")[0]]
            assert named is not None or keeps is Keeps.NOTHING or address in UNNAMED, address
            if named is not None and named["holds_data"]:
                assert keeps is Keeps.DATA or named["part"] in ("secret", "environment"), address


def test_what_holds_data_is_protected_unless_it_scales() -> None:
    seen = set()
    for resources in written().values():
        for address, prevented, named in resources:
            if prevented:
                assert named is not None
                assert named["holds_data"], address
                assert "instances" not in named, f"{address} could not be scaled down"
            assert prevented is bool(named and named.get("protected")), address
            seen.add((address.partition(".")[0], prevented))
    protected = {type_ for type_, prevented in seen if prevented}
    assert protected >= {type_ for type_, keeps in OPENSTACK.items() if keeps is Keeps.DATA} | {"heroku_addon"}


@pytest.mark.parametrize("environment", sorted(EXAMPLES.glob("*/environments/*.yaml")), ids=str)
def test_examples_can_be_destroyed(environment: Path) -> None:
    assert "\nprotect: false " in environment.read_text()
    output = environment.parents[1] / "infra" / environment.stem
    assert not any("prevent_destroy" in file.read_text() for file in output.glob("*.tf"))
