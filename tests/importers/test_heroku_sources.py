"""Hostile sources of Heroku, and what the importer must not copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from camp2iac.importers import Fate, Imported, read, registry
from tests.packing.making import camp2iac, laid_out, tree

HERE = Path(__file__).parent
CODE = {"requirements.txt": b"flask==3.1.0\n", "orders.py": b"from flask import Flask\n\napp = Flask(__name__)\n"}
SECRET = "Zq81-never-in-a-file"


def imported(folder: Path) -> Imported:
    importer = registry.find("heroku")
    assert importer is not None
    return read("heroku", importer, folder)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("project.toml", "a = [" + "[" * 5_000),
        ("project.toml", "a" + ".a" * 5_000 + " = 1"),
        ("project.toml", "[[build.env]]\nname = 1\n"),
        ("project.toml", "build = 1\nio = 2\n"),
        ("project.toml", "a = 1\na = 2\n"),
        ("project.toml", "d = 2026-12-02\nt = 10:00:00\nf = nan\n"),
        ("Procfile", ":\n" * 2_000 + "web:\nweb: \x01\x02\n"),
        ("Procfile", "w" * 100_000 + ": x"),
        ("heroku.yml", "run: { web: { command: { a: b } } }\nsetup: 3\nbuild: []\nrelease: []"),
        ("app.json", '{ "env": { "' + "A" * 5_000 + '": "1", "A": { "value": {} }, "B": [] }, "formation": [] }'),
        ("app.json", '{ "env": { "A": { "generator": [] } }, "scripts": [], "environments": 3 }'),
        ("app.json", "[]"),
        (".heroku/apps.json", "[]"),
        (".heroku/apps.json", '{ "app": { "name": "../../etc" } }'),
        (".heroku/apps.json", '{ "app": { "name": "orders", "space": { "name": [] }, "region": { "name": {} } } }'),
        (".heroku/apps.json", '{ "app": { "name": "orders" }, "pipeline_coupling": { "pipeline": 3, "stage": [] } }'),
        (".heroku/addons.json", '[{ "plan": { "name": "x" } }, 3, { "plan": [] }]'),
        (".heroku/ps.json", '{ "web": 1 }'),
        (".heroku/ps.json", '[{ "type": "web", "size": [] }, { "type": "' + "w" * 9_000 + '" }]'),
        (".heroku/config.json", '[["A"]]'),
        (".heroku/config.json", '{ "A": { "B": "C" } }'),
        (".heroku/domains.json", '[{ "hostname": "a b" }, { "hostname": "a.b", "kind": [] }]'),
    ],
)
def test_hostile_files(name: str, text: str, tmp_path: Path) -> None:
    result = imported(
        laid_out(tmp_path / "shop", {"Procfile": b"web: gunicorn orders:app\n", **CODE, name: text.encode()})
    )
    assert (result.plan is None) == result.diagnostics.failed
    if result.plan is not None:
        assert result.ledger.forgotten() == []
    assert all(each.span is not None for each in result.diagnostics if each.code == "CAMP762")


def test_a_link_out_of_the_source_is_not_followed(tmp_path: Path) -> None:
    laid_out(tmp_path / "outside", {"config.json": b'["STOLEN"]'})
    shop = laid_out(tmp_path / "shop", {"Procfile": b"web: gunicorn orders:app\n", **CODE})
    (shop / ".heroku").symlink_to(tmp_path / "outside")
    result = imported(shop)
    assert result.plan is None
    assert {each.code for each in result.diagnostics} == {"CAMP764"}


def test_no_value_of_an_app_that_runs_is_in_any_file(tmp_path: Path) -> None:
    """Neither in the plan, nor in the copy of the content, nor in what is compiled from it."""
    shop = tmp_path / "shop"
    shutil.copytree(HERE / "heroku/running/files", shop)
    names = json.loads((shop / ".heroku/config.json").read_text())
    (shop / ".heroku/config.json").write_text(json.dumps({name: f"{SECRET}-{name}" for name in names}))
    done = camp2iac("import", "heroku", str(shop), "-o", str(tmp_path / "plan"), "--output", "json")
    assert done.status == 0, done.err
    assert SECRET not in done.out + done.err
    assert "pier_orders.py" in tree(tmp_path / "plan")
    for target in ("docker", "heroku", "kubernetes", "openstack"):
        environment, place = tmp_path / f"plan/environments/{target}.yaml", tmp_path / "out" / target
        assert camp2iac("synth", tmp_path / "plan", "-e", environment, "-o", place).status == 0
    for name, (_, data) in {**tree(tmp_path / "plan"), **tree(tmp_path / "out")}.items():
        assert SECRET.encode() not in data, name
        assert ".heroku" not in Path(name).parts


def test_the_files_of_the_cli_are_no_content_beside_the_plan(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(HERE / "heroku/running/files", shop)
    assert camp2iac("import", "heroku", str(shop)).status == 0
    assert camp2iac("synth", shop, "-e", shop / "environments/heroku.yaml", "-o", tmp_path / "out").status == 0
    made = tree(tmp_path / "out")
    assert "build/web/pier_orders.py" in made
    assert not [name for name in made if ".heroku" in Path(name).parts]


def test_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    shop = laid_out(tmp_path / "shop", {"Procfile.dev": b"web: x\n", **CODE})
    result = imported(shop / "Procfile.dev")
    assert result.plan is None
    assert {each.code for each in result.diagnostics} == {"CAMP761"}


def test_a_secret_of_the_repository_is_only_in_the_repository(tmp_path: Path) -> None:
    text = json.dumps({"env": {"MAIL_PASSWORD": SECRET, "HOOK": f"https://u:{SECRET}@hooks.harbour.org/"}})
    result = imported(laid_out(tmp_path / "shop", {"app.json": text.encode(), **CODE}))
    assert result.plan is not None
    assert SECRET not in result.plan.text("heroku", "app.json")
    assert SECRET not in "".join(result.plan.environment(target) for target in result.plan.environments)
    assert result.ledger.counts()[Fate.CHANGED] == 2
