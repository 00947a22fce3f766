"""Environments that keep their state in the same place (CAMP364)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import Command

CASE = Path(__file__).parents[1] / "errors/CAMP364-two-environments-one-state"
S3 = "target: heroku\nbackend:\n  s3: { bucket: example-states, key: shop.tfstate, region: eu-north-1 }\n"
BOTH = ("-e", "prod.yaml", "-e", "staging.yaml")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASE, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


@pytest.mark.parametrize("command", ["synth", "validate"])
def test_it_is_a_warning_where_both_are_read(command: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac(command, "camp.yaml", *BOTH)
    assert (done.status, (done.out + done.err).count("[CAMP364]")) == (0, 1)
    assert "CAMP364" not in (lambda one: one.out + one.err)(camp2iac(command, "camp.yaml", "-e", "prod.yaml"))


def test_strict_writes_only_the_first(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", *BOTH, "--strict")
    assert (done.status, "error[CAMP364]" in done.err) == (1, True)
    assert [(shop / "infra" / name).exists() for name in ("prod", "staging")] == [True, False]


@pytest.mark.parametrize(
    "other",
    [
        S3.replace("shop.tfstate", "shop/staging.tfstate"),
        S3.replace("example-states", "other-states"),
        S3.replace("key: shop.tfstate, ", ""),  # -backend-config gives it
        "target: heroku\nbackend:\n  pg: { schema_name: shop }\n",  # PG_CONN_STR decides
        "target: heroku\n",
    ],
)
def test_states_apart(other: str, shop: Path, camp2iac: Command) -> None:
    (shop / "staging.yaml").write_text(other)
    for first in (S3, other):
        (shop / "prod.yaml").write_text(first)
        done = camp2iac("validate", "camp.yaml", *BOTH)
        together = first == other and "key" in other
        assert (done.status, "CAMP364" in done.out) == (0, together)
