"""An app that runs is taken over: ``adopt`` writes ``import`` blocks, and the second plan changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.terraform import Terraform

from heroku.api import Platform, serve
from heroku.support_apply import Applied
from heroku.support_heroku import Output, compile_plan
from tests.packing.making import camp2iac

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

PROCFILE = "web: gunicorn orders:app\nworker: python work.py\n"


def running(platform: Platform) -> dict[str, object]:
    """An app as somebody made it by hand: with add-ons, a domain, variables, and processes."""
    made = platform.create_app({"name": "harbour-orders", "region": "eu", "stack": "heroku-24"})
    app = platform.app(made["id"])
    platform.create_addon(app["id"], {"plan": "heroku-postgresql:standard-0"})
    platform.create_addon(app["id"], {"plan": "papertrail:choklad"})
    platform.create_domain(app["id"], {"hostname": "orders.example.org"})
    platform.update_vars(app["id"], {"SESSION_SECRET": "as-it-was"})
    app["processes"] = {"web": "gunicorn orders:app", "worker": "python work.py"}
    for type_, size in (("web", "Standard-1X"), ("worker", "Standard-2X")):
        app["formation"][type_] = {
            "id": f"f1234567-89ab-cdef-0123-45678900{len(app['formation']):04}",
            "app": {"id": app["id"], "name": app["name"]},
            "type": type_,
            "quantity": 1,
            "size": size,
            "command": app["processes"][type_],
        }
    return app


def saved(platform: Platform, folder: Path) -> Path:
    """The source: the code, and what the CLI prints of the app."""
    app = platform.named("harbour-orders")
    (folder / ".heroku").mkdir(parents=True)
    (folder / "Procfile").write_text(PROCFILE)
    (folder / "requirements.txt").write_text("flask==3.1.0\ngunicorn==23.0.0\n")
    (folder / "orders.py").write_text("from flask import Flask\n\napp = Flask(__name__)\n")
    (folder / "work.py").write_text("print('work')\n")
    files = {
        "apps": {"app": platform.read_app(app["id"])},
        "addons": [platform.read_addon(id_) for id_ in platform.addons],
        "config": sorted(app["vars"]),
        "ps": [{"type": each["type"], "size": each["size"]} for each in app["formation"].values()],
        "domains": list(app["domains"].values()),
    }
    for name, content in files.items():
        (folder / f".heroku/{name}.json").write_text(json.dumps(content))
    return folder


def test_what_runs_is_taken_over(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        app = running(platform)
        addons, domains = dict(platform.addons), dict(app["domains"])  # type: ignore[call-overload]
        source = saved(platform, tmp_path / "shop")
        done = camp2iac("import", "heroku", source)
        assert done.status == 0, done.err
        output: Output = compile_plan(source / "camp.yaml", source / "environments/heroku.yaml")
        assert output.files["imports.tf"].count("import {") == 6
        module = Applied(tmp_path / "module", output, platform, terraform)
        assert "The configuration is valid" in module.run("validate", "-no-color")
        secret = "-var=session_secret=as-it-was"
        changes = module.changes(secret)
        replaced = {address: each for address, each in changes.items() if "delete" in each}
        assert not replaced
        made = {address.partition(".")[0] for address, each in changes.items() if each == ["create"]}
        assert made <= {"heroku_build", "heroku_app_config_association", "heroku_addon_attachment"}
        module.apply(secret)
        assert list(platform.apps) == [app["id"]]
        assert set(platform.addons) == set(addons)
        assert platform.named("harbour-orders")["domains"].keys() == domains.keys()
        assert platform.named("harbour-orders")["vars"]["SESSION_SECRET"] == "as-it-was"
        module.settled(secret)
