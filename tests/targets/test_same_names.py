"""A plan has one name for each thing on each platform: variables of processes and of the module, and outputs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.plans import EXAMPLES

from camp2iac import read

PLANS = sorted(path.parent for path in EXAMPLES.glob("*/camp.yaml"))
#: Variables for the object store of an example, which Docker does not have.
MISSING = ("PHOTOS_", "AWS_")
#: Variables of camp2iac's own, which an image reads instead of a file of the instance.
OWN = "CAMP_"


def module(package: Path, target: str) -> str:
    """All of Terraform's files."""
    made = read(package / "camp.yaml").compile(package / "environments" / f"{target}.yaml")
    assert made.ok, made.diagnostics
    return "\n".join(data.decode() for path, data in sorted(made.files().items()) if path.endswith(".tf"))


def keys(text: str, name: str) -> set[str]:
    """The keys of a local value."""
    found = re.search(rf"^  {name} = \{{\n(.*?)\n  \}}", text, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^    (\w+) +=", found[1], re.MULTILINE)) if found else set()


def named(text: str, kind: str, ending: str) -> set[str]:
    return {name for name in re.findall(rf'^{kind} "(\w+)"', text, re.MULTILINE) if name.endswith(ending)}


@pytest.mark.parametrize("package", PLANS, ids=lambda path: path.name)
def test_names_are_the_same(package: Path) -> None:
    docker, openstack, heroku, kubernetes = (
        module(package, target) for target in ("docker", "openstack", "heroku", "kubernetes")
    )
    components = set(re.findall(r"^  (\w+)_(?:environment|secrets) = \{$", docker, re.MULTILINE))
    everyone = set().union(*(keys(openstack, name) for name in re.findall(r"^  (\w+_environment) = ", openstack, re.M)))
    for component in components:
        found = keys(docker, f"{component}_environment") | keys(docker, f"{component}_secrets")
        mine = {name for name in found if not name.startswith(OWN)}
        theirs = keys(openstack, f"{component}_environment")
        if theirs:
            assert mine == {name for name in theirs if not name.startswith(MISSING)}, component
        else:  # on instances, they belong to the server, and static files have none
            assert mine - {"PORT"} <= everyone, component
    urls = named(docker, "output", "_url")
    assert urls
    assert urls <= named(heroku, "output", "_url")
    assert urls <= named(openstack, "output", "_url") | {
        name.removesuffix("s") for name in named(openstack, "output", "_urls")
    }
    assert named(docker, "variable", "_count") <= named(openstack, "variable", "_count")
    for name in re.findall(r"^  (\w+_(?:environment|secrets)) = \{$", docker, re.MULTILINE):
        assert keys(kubernetes, name) == keys(docker, name), name
    for kind, ending in (("output", "_url"), ("variable", "_count")):
        assert named(kubernetes, kind, ending) == named(docker, kind, ending)
