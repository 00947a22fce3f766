"""``camp2iac export`` writes all files or none, none of others, and no value of a secret."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.cli import run

CASE = Path(__file__).parent / "compose/shop/files"
RECORD = ".camp2iac-export.json"
Export = Callable[..., tuple[int, str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the plan of a case, as working directory."""
    shutil.copytree(CASE, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path / "shop"


@pytest.fixture
def exported(capsys: pytest.CaptureFixture[str]) -> Export:
    """``exported("compose", "-o", "out")``: the status, and what is printed."""

    def call(*args: str) -> tuple[int, str]:
        capsys.readouterr()
        status = run(["export", *args])
        return status, "".join(capsys.readouterr())

    return call


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_no_exporter_has_this_name(shop: Path, exported: Export) -> None:
    status, said = exported("comopse")
    assert status == 1
    assert "error[CAMP775]" in said
    assert "write  compose" in said


def test_the_same_plan_gives_the_same_bytes(shop: Path, exported: Export) -> None:
    assert exported("compose")[0] == 0
    first = files(shop / "infra/compose")
    assert exported("compose")[0] == 0  # the first one is not content of the second one
    assert files(shop / "infra/compose") == first
    assert exported("compose", "camp.yaml", "-o", "../elsewhere")[0] == 0
    assert files(shop.parent / "elsewhere") == first
    assert set(json.loads(first[RECORD])["files"]) == first.keys() - {RECORD}
    assert os.access(shop / "infra/compose/build/web/camp-run", os.X_OK)


def test_beside_the_plan(shop: Path, exported: Export) -> None:
    assert exported("compose", "-o", ".")[0] == 0
    assert Path("compose.yaml").is_file()
    before = files(shop)
    assert exported("compose", "-o", ".")[0] == 0
    assert files(shop) == before


def test_files_of_others_stay(shop: Path, exported: Export) -> None:
    place = shop / "out"
    place.mkdir()
    (place / "compose.yaml").write_text("services: {}\n")
    status, said = exported("compose", "-o", "out")
    assert status == 1
    assert "error[CAMP777]" in said
    assert files(place) == {"compose.yaml": b"services: {}\n"}
    (place / "compose.yaml").unlink()
    (place / "notes.txt").write_text("mine")
    assert exported("compose", "-o", "out")[0] == 0
    assert (place / "notes.txt").read_text() == "mine"
    with (place / "compose.yaml").open("a") as file:
        file.write("# by hand\n")
    before = files(place)
    status, said = exported("compose", "-o", "out", "--set", "title=x")
    assert status == 1
    assert "out/compose.yaml is not a file that an export wrote" in said
    assert files(place) == before


def test_what_is_no_longer_exported_is_removed(shop: Path, exported: Export) -> None:
    assert exported("compose")[0] == 0
    place = shop / "infra/compose"
    (place / "load/database/camp-start").write_text("changed\n")
    plan = (shop / "camp.yaml").read_text()
    start, end = plan.index("  - name: tables"), plan.index("services:")
    (shop / "camp.yaml").write_text(plan[:start] + plan[end:])
    assert (place / "load/database/001-tables/tables.sql").exists()
    status, said = exported("compose")
    if status == 1:  # the changed file is still one of the export
        assert "error[CAMP777]" in said
        (place / "load/database/camp-start").unlink()
        status, said = exported("compose")
    assert status == 0
    assert "removed: infra/compose/load/database/001-tables/tables.sql" in said
    assert not (place / "load/database/001-tables/tables.sql").exists()


def test_links_are_not_followed(shop: Path, exported: Export, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "Dockerfile").write_text("mine")
    place = shop / "out"
    (place / "build").mkdir(parents=True)
    (place / "build/web").symlink_to(other)
    assert exported("compose", "-o", "out")[0] == 1
    (shop / "infra").symlink_to(other)
    status, said = exported("compose")
    assert status == 1
    assert "error[CAMP777]" in said
    assert files(other) == {"Dockerfile": b"mine"}


@pytest.mark.parametrize("record", ["", "[]", '{"files": 1}', "[" * 100_000, "\xff"])
def test_a_record_that_is_none(record: str, shop: Path, exported: Export) -> None:
    (shop / "out").mkdir()
    (shop / "out" / RECORD).write_bytes(record.encode("latin-1"))
    status, said = exported("compose", "-o", "out")
    assert status == 1
    assert "error[CAMP777]" in said


def test_a_record_names_no_file_outside(shop: Path, exported: Export) -> None:
    from hashlib import sha256

    (shop / "out").mkdir()
    digest = sha256((shop / "camp.yaml").read_bytes()).hexdigest()
    names = ["../camp.yaml", (shop / "camp.yaml").as_posix(), "a/../../camp.yaml"]
    (shop / "out" / RECORD).write_text(json.dumps({"files": dict.fromkeys(names, digest)}))
    assert exported("compose", "-o", "out")[0] == 0
    assert (shop / "camp.yaml").is_file()


@pytest.mark.parametrize("place", ["web", "web/compose", "web/infra/compose"])
def test_no_export_becomes_content(place: str, shop: Path, exported: Export) -> None:
    before = files(shop)
    status, said = exported("compose", "-o", place)
    assert status == 1
    assert "error[CAMP778]" in said
    assert files(shop) == before


def test_an_environment_for_another_platform(shop: Path, exported: Export) -> None:
    (shop / "environments").mkdir()
    (shop / "environments/heroku.yaml").write_text("target: heroku\n")
    status, said = exported("compose", "-e", "environments/heroku.yaml")
    assert status == 1
    assert "error[CAMP779]" in said
    assert exported("compose")[0] == 0  # without an environment file
    (shop / "environments/one.yaml").write_text("target: docker\nparameters: { title: Of the environment }\n")
    assert exported("compose")[0] == 0
    assert "Of the environment" in (shop / "infra/compose/compose.yaml").read_text()
    (shop / "environments/two.yaml").write_text("target: 'docker'\n")
    status, said = exported("compose")
    assert status == 2
    assert "environments/one.yaml and environments/two.yaml are for docker" in said


def test_nothing_is_written_after_an_error(shop: Path, exported: Export) -> None:
    plan = (shop / "camp.yaml").read_text()
    (shop / "camp.yaml").write_text(plan.replace("fulfillment: id:cache", "fulfillment: id:cahce"))
    assert exported("compose")[0] == 1
    assert not (shop / "infra").exists()


def test_no_value_of_a_secret_is_written(shop: Path, exported: Export) -> None:
    canary = "canary-7f3a"
    plan = (shop / "camp.yaml").read_text()
    plan = plan.replace(
        "TITLE: { parameter: title }", "TITLE: { parameter: title }\n        ADMIN_PASSWORD: { parameter: pin }"
    )
    plan = plan.replace("  unused:", "  pin: { description: Its use makes it a secret }\n  unused:")
    (shop / "camp.yaml").write_text(plan)
    (shop / "environments").mkdir()
    (shop / "environments/docker.yaml").write_text(f"target: docker\nparameters: {{ pin: {canary} }}\n")
    for more in ((), ("--output", "json"), ("--set", f"pin={canary}")):
        _, said = exported("compose", *more)
        assert canary not in said
        written = files(shop / "infra") if (shop / "infra").exists() else {}
        assert all(canary.encode() not in data for data in written.values())
    (shop / "environments/docker.yaml").unlink()
    assert exported("compose")[0] == 0
    text = (shop / "infra/compose/compose.yaml").read_text()
    assert 'ADMIN_PASSWORD: "${PIN:?}"' in text
    assert 'SEAL: "${SEAL:?}"' in text
    assert 'MAIL_TOKEN: "${MAIL_TOKEN:?}"' in text


def test_for_programs(shop: Path, exported: Export) -> None:
    status, said = exported("compose", "--output", "json", "-q")
    assert status == 0
    report = json.loads(said)
    assert report["format"] == "compose"
    assert report["folder"] == "infra/compose"
    assert "compose.yaml" in report["written"]
    assert sum(report["counts"].values()) == len(report["statements"])
    assert {each["outcome"] for each in report["statements"]} == {"kept", "changed", "left out"}
    assert exported("none", "--output", "json")[1].count("CAMP775") == 1
