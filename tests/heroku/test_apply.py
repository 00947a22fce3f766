"""Apply, change and destroy with the real provider against the platform's stand-in.

Where the real provider is not installed nothing is applied, and the run says so loudly.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from heroku.api import Platform, serve
from heroku.support_heroku import Output, built, components, connect, example, hosts, service

pytestmark = [pytest.mark.terraform, pytest.mark.slow]


class Applied:
    """A module's folder, Terraform and the platform."""

    def __init__(self, folder: Path, output: Output, platform: Platform) -> None:
        self.folder, self.platform = output.write(folder), platform
        (folder / "override.tf").write_text('provider "heroku" {\n  delays {\n    post_app_create_delay = 0\n  }\n}\n')
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "HEROKU_"))}
        config = folder / "empty.tfrc"
        config.write_text("")
        keep["TF_CLI_CONFIG_FILE"] = os.environ.get("TF_CLI_CONFIG_FILE", str(config))
        self.environment = {**keep, "HEROKU_API_URL": platform.base, "HEROKU_API_KEY": "any", "CHECKPOINT_DISABLE": "1"}
        done = self.run("init", "-input=false", accept=(0, 1))
        if done.returncode:
            text = f"THE REAL HEROKU PROVIDER IS NOT HERE: nothing was applied\n{done.stderr}"
            pytest.skip(text)

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        terraform = shutil.which("terraform")
        if terraform is None:
            pytest.skip("THERE IS NO terraform HERE: nothing was applied")
        done = subprocess.run(
            [str(terraform), *arguments, "-no-color"], cwd=self.folder, env=self.environment, capture_output=True,
            text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode in accept, f"terraform {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done

    def apply(self, *arguments: str) -> None:
        self.run("apply", "-auto-approve", "-input=false", *arguments)

    def changes(self, *arguments: str) -> dict[str, list[str]]:
        self.run("plan", "-input=false", "-out=p", *arguments)
        plan = json.loads(self.run_show())
        actions = {each["address"]: each["change"]["actions"] for each in plan["resource_changes"]}
        return {address: action for address, action in actions.items() if action != ["no-op"]}

    def run_show(self) -> str:
        done = subprocess.run(["terraform", "show", "-json", "p"], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, check=True, timeout=60)  # fmt: skip
        return done.stdout

    def state(self) -> str:
        return (self.folder / "terraform.tfstate").read_text()


def test_the_guestbook_lives_and_dies(tmp_path: Path) -> None:
    with serve(keep=tmp_path / "uploads") as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform)
        module.apply()
        (app,) = platform.apps.values()
        assert app["vars"]["TITLE"] == "Sign here, ${friend}"
        assert app["vars"]["GREETING"] == "Hello"
        assert "DATABASE_URL" in app["vars"]
        assert sorted(app["processes"]) == ["release", "web"]
        assert app["formation"]["web"]["quantity"] == 2
        assert (tmp_path / "uploads" / "guestbook" / ".camp2iac" / "load" / "schema.sql").exists()
        assert "SECRET-" not in module.state(), "an add-on's password is in the state"

        assert module.run("plan", "-detailed-exitcode", "-input=false").returncode == 0, "a second plan has changes"
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
        for wrong in ("web_count=5", "web_count=2.5", "web_dyno_size=eco", "web_app_name=-x"):
            module.run("plan", "-input=false", "-var", wrong, accept=(1,))
        (module.folder / "build/web/guestbook.py").open("a").write("# one line more\n")
        assert module.changes("-var", "web_count=3", "-var", f"greeting={hostile}") == {
            "heroku_build.web": ["delete", "create"]
        }
        module.run("destroy", "-auto-approve", "-input=false")
        assert platform.empty


@pytest.mark.parametrize("name", ["php", "site", "threetier", "thumbs", "todo", "vitals", "wsgi"])
def test_every_example_lives_and_dies(tmp_path: Path, name: str) -> None:
    given = ["-var", "mongo_url=mongodb://elsewhere.example/todo"] if name == "todo" else []
    with serve() as platform:
        output = example(name)
        module = Applied(tmp_path / "module", output, platform)
        module.apply(*given)
        for component in output.compiled.topology.components.values():
            app = next(a for a in platform.apps.values() if module_name(output, component.id) == a["name"])
            for link in component.links:
                assert set(link.variables) <= app["vars"].keys()
            assert set(app["formation"]) >= {p for p in app["processes"] if p != "release"}
        assert module.run("plan", "-detailed-exitcode", "-input=false", *given).returncode == 0
        module.run("destroy", "-auto-approve", "-input=false", *given)
        assert platform.empty


def module_name(output: Output, component: str) -> str:
    from camp2iac.targets.heroku.settings import Settings

    settings = Settings(output.compiled.environment, output.compiled.topology)
    return str(settings.app_name(output.compiled.topology.components[component])[0])


def test_the_rest_of_an_environment(tmp_path: Path) -> None:
    """Two databases of one app, domains, drains, stickiness, a pipeline."""
    plan = (
        components("web")
        + connect("accounts")
        + connect("database")
        + (
            "      - requirement_type: org.camp2iac:Expose\n        port: 8080\n        public: true\n"
            "        hosts: [www.example.com]\n"
        )
    )
    plan += hosts("web").rstrip().removesuffix("]")
    plan += ", { characteristic_type: org.camp2iac:Scale, min: 1, max: 3 }"
    plan += ", { characteristic_type: org.camp2iac:Balance, sticky: true }]\n"
    plan += service("accounts", "PostgreSQL") + service("database", "PostgreSQL")
    environment = """\
        app: rest-of-it
        domains: { web: [shop.example.com] }
        drains: { web: ["syslog+tls://logs.example.com:6514", { variable: log_url }] }
        pipeline: { name: shop, stage: staging }
        """
    (tmp_path / "plan").mkdir()
    output = built(tmp_path / "plan", plan, environment)
    assert not output.compiled.diagnostics.failed, output.compiled.diagnostics.ordered()
    given = ["-var", "log_url=https://u:p@logs.example.com"]
    with serve() as platform:
        module = Applied(tmp_path / "module", output, platform)
        module.apply(*given)
        (app,) = platform.apps.values()
        assert {d["hostname"] for d in app["domains"].values()} == {"www.example.com", "shop.example.com"}
        assert {d["url"] for d in app["drains"].values()} == {
            "syslog+tls://logs.example.com:6514", "https://u:p@logs.example.com",
        }  # fmt: skip
        assert app["features"]["http-session-affinity"]["enabled"]
        assert app["acm"]
        urls = {name: app["vars"][name] for name in ("ACCOUNTS_URL", "DATABASE_URL")}
        assert len(set(urls.values())) == 2
        database = next(a for a in platform.addons.values() if a["url"] == urls["DATABASE_URL"])
        state = json.loads(module.state())["resources"]
        (ours,) = [r for r in state if (r["type"], r["name"]) == ("heroku_addon", "database")]
        assert ours["instances"][0]["attributes"]["id"] == database["id"], "DATABASE_URL is not that of database"
        assert [c["stage"] for c in platform.couplings.values()] == ["staging"]
        assert module.run("plan", "-detailed-exitcode", "-input=false", *given).returncode == 0
        module.run("destroy", "-auto-approve", "-input=false", *given)
        assert platform.empty
