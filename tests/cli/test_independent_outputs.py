"""An output does not depend on which other outputs and environments the plan has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import PLAN, Command

WHOLE = PLAN.replace("{ href: web/ }", "{ href: 'pdp:!' }")
NAMES = ("openstack", "heroku", "docker", "kubernetes")


@pytest.fixture
def whole(shop: Path) -> Path:
    """A plan whose content is its own folder, with an environment for each platform."""
    (shop / "camp.yaml").write_text(WHOLE)
    (shop / "web/guestbook.py").rename(shop / "guestbook.py")
    (shop / "web").rmdir()
    (shop / "environments/docker.yaml").write_text("target: docker\n")
    (shop / "environments/kubernetes.yaml").write_text("target: kubernetes\n")
    return shop


@pytest.mark.parametrize("name", NAMES)
def test_another_environment_leaves_an_output_as_it_is(name: str, whole: Path, camp2iac: Command) -> None:
    alone = ("synth", "-e", f"environments/{name}.yaml")
    assert camp2iac(*alone).status == 0
    assert camp2iac("synth").status == 0
    (whole / "environments/another.yaml").write_text(f"target: {name}\n")
    assert camp2iac("synth", "-e", "environments/another.yaml").status == 0
    for command in (alone, ("synth",)):
        done = camp2iac(*command, "--check")
        assert (done.status, done.out) == (0, ""), command


def test_a_removed_environment_leaves_an_output_as_it_is(whole: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    for name in NAMES[1:]:
        (whole / f"environments/{name}.yaml").unlink()
        shutil.rmtree(whole / "infra" / name)
    done = camp2iac("synth", "--check")
    assert (done.status, done.out) == (0, "")


def test_an_output_elsewhere_leaves_the_others_as_they_are(whole: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    assert camp2iac("synth", "-e", "environments/openstack.yaml", "-o", "deploy/here").status == 0
    assert camp2iac("synth", "--check").status == 0
    assert camp2iac("synth", "-e", "environments/openstack.yaml", "-o", "deploy/here", "--check").status == 0
