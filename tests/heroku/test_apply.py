"""Apply, change, scale, stop and destroy with the real provider against the platform: every example, every case.

Without the real provider, nothing is applied: the tests plan modules with the stand-in, and the run prints a warning.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
from pathlib import Path

import pytest
from support.plans import Compilation, compilations
from support.terraform import Terraform

from heroku.api import Platform, serve
from heroku.support_apply import Applied, asked
from heroku.support_heroku import Output, compile_plan, example

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

HEROKU = [
    each
    for each in compilations()
    if (each.output / "providers.tf").exists() and 'provider "heroku"' in (each.output / "providers.tf").read_text()
]
VARIABLES = {"log_url": "https://u:p@logs.example.com"}
TEAM = "harbour"


def compiled(name: str) -> Output:
    folder = next(each.package for each in HEROKU if each.package.name == name)
    return compile_plan(folder / "camp.yaml", folder / "environments" / "heroku.yaml")


def prepared(platform: Platform) -> None:
    """What exists before the apply: a team with a space, a pipeline connected to GitHub, archives."""
    team = platform.add_team(TEAM)
    platform.create_space({"name": "harbour-dublin", "team": team["name"], "region": "dublin"})
    platform.create_pipeline({"name": TEAM, "owner": {"id": team["id"], "type": "team"}})
    platform.connected.add(TEAM)


def withdrawn(platform: Platform) -> None:
    platform.delete_pipeline(TEAM)
    platform.delete_space("harbour-dublin")


def given(folder: Path) -> list[str]:
    return [f"-var={name}={VARIABLES.get(name, f'{name}-given')}" for name in asked(folder)]


@pytest.mark.parametrize("compilation", HEROKU, ids=lambda each: each.id)
def test_every_one_lives_and_dies(compilation: Compilation, tmp_path: Path, terraform: Terraform) -> None:
    """The committed output."""
    files = {str(p.relative_to(compilation.output)): p for p in compilation.output.rglob("*") if p.is_file()}
    folder = tmp_path / "module"
    with serve() as platform:
        if "shared" not in compilation.package.name:
            prepared(platform)
        else:
            platform.add_team(TEAM)
        for name, path in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / name)
        fetched(platform, folder)
        variables = given(folder)
        names = [name for name in asked(folder) if name.endswith("_app_name")]
        variables += [f"-var={name}=app-{name[:20].replace('_', '-')}" for name in names]
        module = Applied(folder, Output.nothing(), platform, terraform)
        module.apply(*variables)
        assert not platform.refused
        for app in platform.apps.values():
            assert set(app["formation"]) >= {p for p in app["processes"] if p != "release"}
            assert all(app["formation"][p]["quantity"] for p in app["processes"] if p != "release")
        assert "SECRET-" not in module.state(), "an add-on's password is in the state"
        module.settled(*variables)
        stop = [f"-var={name}=0" for name in counts(folder)]
        held = [address for address in module.changes(*variables, *stop) if not address.startswith("heroku_formation.")]
        assert not held, f"stopping touches {held}"
        module.run("apply", "-input=false", "p")
        quantities = [d["quantity"] for app in platform.apps.values() for d in app["formation"].values()]
        assert not any(quantities) or "ignore_changes = [quantity]" in "".join(
            path.read_text() for path in folder.glob("*.tf")
        )
        module.unprotect()
        module.run("destroy", "-auto-approve", "-input=false", "-no-color", *variables)
        if "shared" not in compilation.package.name:
            withdrawn(platform)
        assert platform.empty


def fetched(platform: Platform, folder: Path) -> None:
    """The archive at the URLs that a module builds from, which every buildpack accepts."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name in ("Procfile", "package.json", "requirements.txt", "go.mod"):
            data = b"web: ./run\n" if name == "Procfile" else b""
            member = tarfile.TarInfo(f"top/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    for path in folder.glob("*.tf"):
        for url in re.findall(r'^    url += "(https://[^"]+)"$', path.read_text(), re.M):
            platform.fetched[url] = archive.getvalue()


def counts(folder: Path) -> list[str]:
    """The variables for the number of dynos."""
    return re.findall(r"^  quantity = var\.(\w+)$", "".join(path.read_text() for path in folder.glob("*.tf")), re.M)


def test_the_guestbook_changes_as_the_docs_say(tmp_path: Path, terraform: Terraform) -> None:
    with serve(keep=tmp_path / "uploads") as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        (app,) = platform.apps.values()
        assert app["vars"]["TITLE"] == "Sign here, ${friend}"
        assert app["vars"]["GREETING"] == "Hello"
        assert "DATABASE_URL" in app["vars"]
        assert sorted(app["processes"]) == ["release", "web"]
        assert app["formation"]["web"]["quantity"] == 2
        assert (tmp_path / "uploads" / "guestbook" / ".camp2iac" / "load" / "schema.sql").exists()

        assert module.changes("-var", "web_count=3") == {"heroku_formation.web": ["update"]}
        before = len(platform.calls)
        module.apply("-var", "web_count=3")
        writes = [call for call in platform.calls[before:] if call[0] != "GET"]
        assert [(call[0], call[2]["quantity"]) for call in writes] == [("PATCH", 3)]
        hostile = 'Grüezi "x" ${y} %{z}'
        assert module.changes("-var", "web_count=3", "-var", f"greeting={hostile}") == {
            "heroku_app_config_association.web": ["update"]
        }
        module.apply("-var", "web_count=3", "-var", f"greeting={hostile}")
        assert app["vars"]["GREETING"] == hostile
        for wrong in ("web_count=5", "web_count=2.5", "web_count=1", "web_dyno_size=eco", "web_app_name=-x"):
            module.run("plan", "-input=false", "-var", wrong, accept=(1,))
        (module.folder / "build/web/guestbook.py").open("a").write("# one line more\n")
        assert module.changes("-var", "web_count=3", "-var", f"greeting={hostile}") == {
            "heroku_build.web": ["delete", "create"]
        }
        assert module.changes("-var", "web_app_name=guestbook-two", "-var", "web_count=3")["heroku_app.web"] == [
            "update"
        ]
        module.destroy()


def test_another_plan_of_an_add_on_is_changed_in_place(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        file = module.folder / "database.tf"
        file.write_text(file.read_text().replace("essential-0", "essential-1"))
        assert module.changes() == {"heroku_addon.database": ["update"]}
        module.apply()
        module.settled()
        file.write_text(file.read_text().replace("essential-1", "standard-0"))
        assert "Use pg:copy instead" in module.apply(accept=(1,))
        file.write_text(file.read_text().replace("standard-0", "essential-1"))
        file.write_text(file.read_text().replace('version = "17"', 'version = "16"'))
        assert not module.changes(), "a release must not replace the database"
        module.destroy()


def test_processes_drains_domains_extras(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        module = Applied(tmp_path / "module", compiled("processes"), platform, terraform)
        variables = given(module.folder)
        module.apply(*variables)
        (app,) = platform.apps.values()
        running = {kind: (each["quantity"], each["size"].lower()) for kind, each in app["formation"].items()}
        assert running == {"web": (2, "performance-m"), "worker": (2, "standard-2x"), "clock": (1, "standard-1x")}
        assert app["processes"]["worker"] == 'python worker.py --queue "mail ${QUEUE}"'
        assert {d["hostname"] for d in app["domains"].values()} == {"www.example.com", "*.shop.example.com"}
        assert {d["url"] for d in app["drains"].values()} == {
            "syslog+tls://logs.example.com:6514",
            "https://u:p@logs.example.com",
        }
        assert app["features"]["http-session-affinity"]["enabled"]
        assert app["acm"]
        assert app["vars"]["MAIL_TOKEN"] == "mail_token-given"
        assert {a["plan"]["name"]: a["config"] for a in platform.addons.values()} == {
            "papertrail:choklad": {},
            "mailgun:starter": {"region": "eu"},
        }
        assert module.outputs()["web_dns"].keys() == {"www.example.com", "*.shop.example.com"}
        app["formation"]["web"]["quantity"] = 5  # Heroku's autoscaling
        module.settled(*variables)
        app["formation"]["worker"]["quantity"] = 5  # changed in the dashboard
        assert module.changes(*variables) == {"heroku_formation.web_worker": ["update"]}
        module.destroy(*variables)


def test_a_space_of_the_generation_fir(tmp_path: Path, terraform: Terraform) -> None:
    with serve(keep=tmp_path / "uploads") as platform:
        platform.add_team(TEAM)
        module = Applied(tmp_path / "module", compiled("fir"), platform, terraform)
        variables = given(module.folder)
        module.apply(*variables)
        (app,), (space,) = platform.apps.values(), platform.spaces.values()
        assert (app["generation"]["name"], app["space"]["id"], app["team"]["name"]) == ("fir", space["id"], TEAM)
        assert app["formation"]["web"]["size"] == "dyno-1c-4gb"
        assert {d["exporter"]["type"]: sorted(d["signals"]) for d in platform.telemetry.values()} == {
            "otlphttp": ["logs", "metrics", "traces"],
            "otlp": ["logs"],
        }
        assert (tmp_path / "uploads/on-fir/project.toml").exists()
        assert module.outputs()["space_outbound_ips"] == ["203.0.113.7"]
        assert next(iter(platform.pipelines.values()))["owner"]["type"] == "team"
        module.settled(*variables)
        module.destroy(*variables)


def test_a_space_that_is_there_and_review_apps(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        prepared(platform)
        module = Applied(tmp_path / "module", compiled("space"), platform, terraform)
        variables = given(module.folder)
        module.apply(*variables)
        (app,), (space,) = platform.apps.values(), platform.spaces.values()
        assert (app["internal_routing"], app["space"]["name"]) == (True, "harbour-dublin")
        (review,) = platform.review.values()
        assert review["deploy_target"] == {"id": space["id"], "type": "space"}
        assert (review["automatic_review_apps"], review["wait_for_ci"], review["stale_days"]) == (True, True, 5)
        assert list(platform.stage_vars.values()) == [{"LOG_LEVEL": "debug", "MAIL_TOKEN": "mail_token-given"}]
        assert [c["stage"] for c in platform.couplings.values()] == ["staging"]
        module.settled(*variables)
        module.unprotect()
        module.run("destroy", "-auto-approve", "-input=false", *variables)
        withdrawn(platform)
        assert platform.empty


def test_two_apps_share_a_database(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        platform.add_team(TEAM)
        module = Applied(tmp_path / "module", compiled("shared"), platform, terraform)
        module.apply()
        shop, office = platform.named("harbour-shop"), platform.named("harbour-office")
        assert shop["vars"]["DATABASE_URL"] == office["vars"]["DATABASE_URL"]
        assert shop["vars"]["ARCHIVE_URL"] != shop["vars"]["DATABASE_URL"]
        assert shop["vars"]["OFFICE"] == office["web_url"].rstrip("/")
        assert "release" in shop["processes"], "the owner loads"
        assert "release" not in office["processes"]
        state = json.loads(module.state())["resources"]
        (ours,) = [r for r in state if (r["type"], r["name"]) == ("heroku_addon", "database")]
        held = next(a for a in platform.addons.values() if a["url"] == shop["vars"]["DATABASE_URL"])
        assert ours["instances"][0]["attributes"]["id"] == held["id"], "DATABASE_URL is not that of database"
        module.settled()
        module.destroy()


def test_a_renamed_app_is_known_to_others_in_the_same_apply(tmp_path: Path, terraform: Terraform) -> None:
    """The shop and the stock call each other. The provider plans the old URL of an app that it renames."""
    folder = Path(__file__).parents[1] / "cases" / "calls" / "circle"
    output = compile_plan(folder / "camp.yaml", folder / "environments" / "heroku.yaml")
    with serve() as platform:
        module = Applied(tmp_path / "module", output, platform, terraform)
        module.apply()
        shop, stock = platform.named("circle-shop"), platform.named("circle-stock")
        assert shop["vars"]["STOCK_URL"] == stock["web_url"].rstrip("/")
        assert stock["vars"]["SHOP_HOST"] == shop["web_url"].removeprefix("https://").rstrip("/")
        renamed = ["-var", "stock_app_name=circle-store"]
        module.apply(*renamed)
        store = platform.named("circle-store")
        assert "circle-store" in store["web_url"]
        assert platform.named("circle-shop")["vars"]["STOCK_URL"] == store["web_url"].rstrip("/")
        module.settled(*renamed)
        module.destroy(*renamed)


def test_another_kind_of_dyno_takes_two_steps(tmp_path: Path, terraform: Terraform) -> None:
    """You cannot mix basic and standard dynos, and the provider changes one process type at a time."""
    basic, standard = "basic", "standard-1x"
    with serve() as platform:
        module = Applied(tmp_path / "module", example("thumbs"), platform, terraform)
        sizes = ["-var", f"thumbs_dyno_size={basic}", "-var", f"thumbs_worker_dyno_size={basic}"]
        module.apply(*sizes)
        sizes = [each.replace(basic, standard) for each in sizes]
        assert "Cannot mix dynos of the sizes basic and standard-1x" in module.apply(*sizes, accept=(1,))
        module.apply(
            "-var",
            f"thumbs_dyno_size={basic}",
            "-var",
            f"thumbs_worker_dyno_size={basic}",
            "-var",
            "thumbs_worker_count=0",
        )
        module.apply(*sizes)
        (app,) = platform.apps.values()
        assert {(d["size"], d["quantity"]) for d in app["formation"].values()} == {("Standard-1X", 1)}
        module.destroy(*sizes)
