"""The commands of docs/libpaas.md, run on the simulated platform with the real provider."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.page_runs import PageRun
from support.plans import ROOT
from support.terraform import Terraform

from heroku.api import Platform, serve
from heroku.support_apply import LOUD

APP = "readings-7f3a"


@pytest.fixture
def platform() -> Iterator[Platform]:
    with serve() as served:
        yield served


@pytest.fixture
def page(tmp_path: Path, terraform: Terraform, platform: Platform) -> PageRun:
    api = {"HEROKU_API_URL": platform.base, "HEROKU_API_KEY": "any"}
    return PageRun(ROOT / "docs/libpaas.md", tmp_path, terraform, api)


def dynos(platform: Platform) -> int:
    found: int = platform.named(APP)["formation"]["web"]["quantity"]
    return found


def test_packages_and_providers(page: PageRun, platform: Platform) -> None:
    page.run("Packages")
    assert (page.here / "app/camp.yaml").read_bytes() == (page.here / "readings/camp.yaml").read_bytes()
    listed = page.run("Providers")
    assert "heroku" in listed
    assert platform.empty


def test_every_command(page: PageRun, platform: Platform, terraform: Terraform) -> None:
    if not terraform.real:
        print(f"\n{'!' * 20} {LOUD}", file=sys.stderr)
        pytest.skip(LOUD)
    page.run("Packages")
    page.run("Providers")
    page.run("app install")
    app = platform.named(APP)
    assert {name: app["vars"][name] for name in ("UNIT", "PLACE")} == {"UNIT": "celsius", "PLACE": "the cellar"}
    assert [each["status"] for each in app["builds"].values()] == ["succeeded"]
    assert dynos(platform) == 1
    assert app["web_url"].rstrip("/") in page.run("app info")

    stop, start = page.left["app stop and app start"]
    page.left["app stop and app start"] = [stop]
    page.run("app stop and app start")
    assert dynos(platform) == 0
    page.left["app stop and app start"] = [start]
    page.run("app stop and app start")
    assert dynos(platform) == 1

    page.run("app list")
    app["formation"]["web"]["quantity"] = 0  # someone else stops it
    assert "quantity" in page.run("refresh")
    page.run("app uninstall")
    assert platform.empty
    assert not page.left
    assert not platform.refused
