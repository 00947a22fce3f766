"""Apply a plan to the simulated platform, and build what it unpacked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from support.terraform import Terraform

from camp2iac.targets.kit import copies
from heroku import support_run as run
from heroku.api import serve
from heroku.support_apply import Applied
from heroku.support_heroku import compile_plan

Buildpack = Callable[[Path, Path], Path]


class Deployed:
    """An app of a plan: the platform's source and configuration."""

    def __init__(self, folder: Path, config: dict[str, str], tools: Path, url: str) -> None:
        self.folder, self.port, self.url = folder, run.free_port(), url
        self.commands = copies.processes((folder / "Procfile").read_text())
        self.told = run.environment(folder, tools, config, self.port)


def deploy(
    tmp_path: Path,
    terraform: Terraform,
    plan: Path,
    app: str,
    buildpack: Buildpack,
    url: str | Mapping[str, str] = "",
    *given: str,
) -> Deployed:
    """Compile and apply a plan, and build the source. ``url``: of the add-ons, or by add-on (``heroku-redis``)."""
    return deployed(tmp_path, terraform, plan, {app: buildpack}, url, *given)[app]


def deployed(
    tmp_path: Path,
    terraform: Terraform,
    plan: Path,
    apps: Mapping[str, Buildpack],
    url: str | Mapping[str, str] = "",
    *given: str,
) -> dict[str, Deployed]:
    """The same for several apps, by their names."""
    target = plan / "environments" / "heroku.yaml"
    output = compile_plan(plan / "camp.yaml", target if target.exists() else None)

    def addon(service: str, _number: int) -> str:
        return url if isinstance(url, str) else url[service]

    with serve(keep=tmp_path / "uploads", url=addon if url else None) as platform:
        module = Applied(tmp_path / "module", output, platform, terraform)
        module.apply(*given)
        held = {app: platform.named(app) for app in apps}
        for each in held.values():
            assert next(iter(each["builds"].values()))["status"] == "succeeded"
        config = {app: dict(each["vars"]) for app, each in held.items()}
    found = {}
    for app, buildpack in apps.items():
        folder, tools = tmp_path / "uploads" / app, tmp_path / "tools" / app
        tools.mkdir(parents=True)
        found[app] = Deployed(folder, config[app], buildpack(folder, tools), held[app]["web_url"].rstrip("/"))
    return found
