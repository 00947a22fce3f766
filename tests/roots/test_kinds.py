"""Kinds of artifacts, each by the sample plan of its catalogue entry: booted and used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fleet import Fleet
from test_machines import PRODUCTS, boot, fleets

__all__ = ["fleets"]
GREETING = 'it\'s "here", ${HOME}'


def greets(fleet: Fleet) -> None:
    assert fleet.curl(f"http://{fleet.address('web')}:8080/").strip() == GREETING


def builds_and_runs(fleet: Fleet) -> None:
    greets(fleet)
    assert fleet.curl(f"http://{fleet.address('web')}:8081/") == "it's built\n"


def installs_and_executes_in_order(fleet: Fleet) -> None:
    assert "Here." in fleet.curl(f"http://{fleet.address('web')}:8080/")
    assert fleet.sh("web", "cat /var/lib/words/said /var/lib/words/here") == "first\nsecond\nit's here\n"
    assert fleet.sh("web", "dpkg-query --show words").split() == ["words", "1.0"]


def runs_in_a_container(fleet: Fleet) -> None:
    greets(fleet)
    assert "podman-sample-app" in fleet.sh("web", "podman ps --format '{{.Names}}'")
    unit = "podman-sample-app.service"
    assert "/hello" in fleet.sh("web", f"systemctl status {unit}"), "the program is in the unit's control group"
    fleet.sh("web", f"systemctl restart {unit}")
    greets(fleet)


def answers_from_a_migrated_database(fleet: Fleet) -> None:
    greets(fleet)
    assert "green" in fleet.curl(f"http://{fleet.address('web')}:8080/static/greetings.css")


USES: dict[str, tuple[int, Callable[[Fleet], None]]] = {
    "java": (60, greets),
    "go": (61, builds_and_runs),
    "ruby": (62, greets),
    "linux": (63, installs_and_executes_in_order),
    "podman": (64, runs_in_a_container),
    "django": (65, answers_from_a_migrated_database),
}


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
@pytest.mark.parametrize("product", USES)
def test_kind(fleets: list[Fleet], tmp_path: Path, product: str, root: str) -> None:
    first, use = USES[product]
    os = {"bookworm": "debian-12", "trixie": "debian-13"}[root]
    fleet = boot(fleets, PRODUCTS / product / "sample", tmp_path, first, f"k-{product}", os=os, root=root)
    use(fleet)
