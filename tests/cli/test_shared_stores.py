"""Environments whose backups are in the same place (CAMP366)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import Command

CASE = Path(__file__).parents[1] / "errors/CAMP366-two-environments-one-backup"
BOTH = ("-e", "prod.yaml", "-e", "staging.yaml")
STAGING = (CASE / "staging.yaml").read_text()
SWIFT = "  swift: { container: example-backups, auth_url: https://identity.example.org/v3 }\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASE, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


@pytest.mark.parametrize("command", ["synth", "validate"])
def test_it_is_a_warning_where_both_are_read(command: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac(command, "camp.yaml", *BOTH)
    assert (done.status, (done.out + done.err).count("[CAMP366]")) == (0, 1)
    assert "folder: shop-staging" in done.out + done.err
    one = camp2iac(command, "camp.yaml", "-e", "prod.yaml")
    assert "CAMP366" not in one.out + one.err


def test_the_help_helps(shop: Path, camp2iac: Command) -> None:
    (shop / "staging.yaml").write_text(f"{STAGING}  folder: shop-staging\n")
    assert "CAMP366" not in camp2iac("validate", "camp.yaml", *BOTH).out


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("", "", True),
        ("objects.example.org", "objects.example.org/", True),  # the path / is the same
        ("application: shop\n", "", False),  # the folder has the environment's name
        ("application: shop\n", "application: Shop\n", True),
        ("example-backups", "other-backups", False),
        ("objects.example", "other.example", False),
        (STAGING[STAGING.index("  s3") :], SWIFT, False),
        (STAGING[STAGING.index("backup") :], "", False),
    ],
)
def test_places(old: str, new: str, same: bool, shop: Path, camp2iac: Command) -> None:
    (shop / "staging.yaml").write_text(STAGING.replace(old, new, 1) if old else STAGING)
    done = camp2iac("validate", "camp.yaml", *BOTH)
    assert (done.status, "CAMP366" in done.out) == (0, same)


def test_a_container_of_swift(shop: Path, camp2iac: Command) -> None:
    for file in (shop / "prod.yaml", shop / "staging.yaml"):
        text = file.read_text()
        file.write_text(text[: text.index("  s3")] + SWIFT)
    assert camp2iac("validate", "camp.yaml", *BOTH).out.count("[CAMP366]") == 1
