"""What bases are applied to: the project's simulation of Heroku, and the lab's OpenStack."""

from __future__ import annotations

import io
import os
import re
import tarfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import yaml
from heroku.api import Platform, serve
from lab.before import there
from lab.cloud import Cloud
from lab.wanted import Wanted
from support import phases
from support.terraform import Terraform

from diff.applied import AppliedBase
from diff.corpus import Base

TEAM, OTHER_TEAM, SPACE = "harbour", "haven", "harbour-dublin"


def standing(base: Base, work: Path, terraform: Terraform, cloud: Cloud | None, undo: ExitStack) -> AppliedBase:
    """The base, to be applied when needed; ``undo`` destroys it. ``cloud``: for OpenStack."""
    if base.platform == "heroku":
        return _on_heroku(base, work, terraform, undo)
    assert cloud is not None, "OpenStack needs the lab"
    return _on_openstack(base, work, terraform, cloud, undo)


def _on_heroku(base: Base, work: Path, terraform: Terraform, undo: ExitStack) -> AppliedBase:
    platform = undo.enter_context(serve())
    team = platform.add_team(TEAM)
    platform.add_team(OTHER_TEAM)
    platform.create_space({"name": SPACE, "team": TEAM, "region": "dublin"})
    keys = {"HEROKU_API_URL": platform.base, "HEROKU_API_KEY": "any"}
    made = AppliedBase(base, work, replace(terraform, environment={**terraform.environment, **keys}), undo)
    said = yaml.safe_load((made.package / base.environment).read_text(encoding="utf-8"))
    if (pipeline := said.get("pipeline")) and pipeline.get("existing"):
        platform.create_pipeline({"name": pipeline["name"], "owner": {"id": team["id"], "type": "team"}})
        platform.connected.add(pipeline["name"])
    _fetched(platform, made.module)
    return made


def _on_openstack(base: Base, work: Path, terraform: Terraform, cloud: Cloud, undo: ExitStack) -> AppliedBase:
    mine = {name: each for name, each in terraform.environment.items() if not name.startswith("OS_")}
    credentials = replace(terraform, environment={**mine, **cloud.environment}, timeout=1200)
    made = AppliedBase(base, work, credentials, undo)

    def prepare() -> None:
        left = cloud.held()
        assert not left, f"Error: the project is not empty; proofs/lab/control-plane/lab-clean deletes {left}"
        left_out = [made.package / "environments", made.package / "infra"]
        loaded = phases.load(made.package / "camp.yaml", leave_out=left_out)
        compiled = phases.compile(loaded, environment=made.package / base.environment)
        said = yaml.safe_load((made.package / base.environment).read_text(encoding="utf-8"))
        undo.enter_context(there(Wanted(compiled.topology, said), cloud))

    made.prepare = prepare
    return made


def _fetched(platform: Platform, module: Path) -> None:
    """An archive that every buildpack accepts, at the URLs that the module builds from."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name in ("Procfile", "package.json", "requirements.txt", "go.mod"):
            data = b"web: ./run\n" if name == "Procfile" else b""
            member = tarfile.TarInfo(f"top/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    for path in module.glob("*.tf"):
        for url in re.findall(r'^    url += "(https://[^"]+)"$', path.read_text(encoding="utf-8"), re.M):
            platform.fetched[url] = archive.getvalue()


def lab(folder: Path) -> Cloud:
    """The lab in ``folder``, with an empty project: a run that was stopped leaves its resources behind."""
    os.environ["LAB"] = str(folder)
    found = Cloud(folder)
    if left := found.held():
        print(f"left by an earlier run, now deleted:\n{left}", flush=True)
        found.empty()
    return found
