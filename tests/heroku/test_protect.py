"""The real provider does not destroy an add-on that ``protect`` names, and does after ``protect: false``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.compiler import output_of
from support.terraform import Terraform

from heroku.api import serve
from heroku.support_apply import Applied
from heroku.support_heroku import Output

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

GUESTBOOK = Path(__file__).resolve().parents[2] / "examples/guestbook"


def test_an_environment_is_retired(tmp_path: Path, terraform: Terraform) -> None:
    package = tmp_path / "guestbook"
    shutil.copytree(GUESTBOOK, package, ignore=shutil.ignore_patterns("infra"))
    environment = package / "environments/heroku.yaml"
    environment.write_text(environment.read_text().replace("protect: false", "protect: true"))

    def synth(*arguments: str) -> str:
        return output_of("synth", "camp.yaml", "-e", environment, *arguments, cwd=package)[1]

    synth()
    with serve() as platform:
        module = Applied(package / "infra/heroku", Output.nothing(), platform, terraform)
        module.apply()
        words = ("-input=false", "-no-color")
        assert "Instance cannot be destroyed" in module.run("destroy", "-auto-approve", *words, accept=(1,))
        assert platform.addons, "nothing was destroyed"
        environment.write_text(environment.read_text().replace("region: eu", "region: us"))
        said = synth("--lose", "database")
        assert "write  protect: false  in " in said
        assert "Instance cannot be destroyed" in module.run("plan", *words, accept=(1,))
        environment.write_text(environment.read_text().replace("protect: true", "protect: false"))
        assert "protected" not in synth("--lose", "database")
        assert module.changes()["heroku_addon.database"] == ["delete", "create"]
        module.run("destroy", "-auto-approve", *words)
        assert platform.empty
