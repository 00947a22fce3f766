"""The packages of examples/extensions work as their READMEs say: installed with pip, and used through the commands."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.plans import EXAMPLES, ROOT

from camp2iac.targets.heroku import api as heroku_api
from camp2iac.targets.openstack import api as openstack_api

EXTENSIONS = EXAMPLES / "extensions"
PACKAGES = sorted(path.parent for path in EXTENSIONS.glob("*/pyproject.toml"))
PUBLIC = (
    "camp2iac",
    "camp2iac.targets.api",
    "camp2iac.targets.kit",
    "camp2iac.targets.openstack.api",
    "camp2iac.targets.heroku.api",
)
LONGEST = 100  # lines of Python in one extension


def python(*arguments: str, path: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [path, ROOT] if path else [ROOT]))}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all packages, installed from copies: a build may write beside its sources."""
    copies, folder = tmp_path_factory.mktemp("copies"), tmp_path_factory.mktemp("installed")
    shutil.copytree(EXTENSIONS, copies, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    done = python("-m", "pip", "install", *options, "--target", str(folder), *(str(copies / p.name) for p in PACKAGES))
    assert done.returncode == 0, done.stderr
    return folder


def run(*arguments: str | Path, path: Path | None = None, cwd: Path) -> subprocess.CompletedProcess[str]:
    return python("-m", "camp2iac", *map(str, arguments), path=path, cwd=cwd)


def test_a_target(installed: Path, tmp_path: Path) -> None:
    plan, environment = EXTENSIONS / "target/camp.yaml", EXTENSIONS / "target/environments/nomad.yaml"
    done = run("synth", plan, "-e", environment, "-o", "out", path=installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    job = (tmp_path / "out/page.tf").read_text()
    assert job.startswith('# camp.yaml: page\nresource "nomad_job" "page" {\n')
    assert 'Datacenters = ["berlin"]' in job
    assert "Count    = var.web_count" in job
    assert "GREETING = var.greeting" in job
    assert 'source  = "hashicorp/nomad"' in (tmp_path / "out/versions.tf").read_text()


def test_what_the_target_does_not_keep(installed: Path, tmp_path: Path) -> None:
    environment = EXTENSIONS / "target/environments/nomad.yaml"
    done = run("port", EXTENSIONS / "target/camp.yaml", "-e", environment, path=installed, cwd=tmp_path)
    assert "nomad   6 kept   1 lost" in done.stdout
    assert "The network of the nodes decides who can connect." in done.stdout
    done = run("port", EXAMPLES / "site/camp.yaml", "--target", "nomad", path=installed, cwd=tmp_path)
    assert "Nomad runs images from a registry." in done.stdout
    done = run("targets", "--losses", path=installed, cwd=tmp_path)
    assert "Nomad (nomad)\n\n  Keeps\n    Artifact: type and content        Sometimes lost. Nomad runs" in done.stdout


def test_the_environment_of_the_target_has_a_schema(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "nomad.yaml").write_text("target: nomad\ndatacentre: berlin\n")
    arguments = ["validate", EXTENSIONS / "target/camp.yaml", "-e", "nomad.yaml"]
    done = run(*arguments, "--fix", path=installed, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "nomad.yaml").read_text() == "target: nomad\ndatacenter: berlin\n"


def test_a_code(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "board.yaml").write_bytes((EXTENSIONS / "code/board.yaml").read_bytes())
    validate = ["validate", EXAMPLES / "guestbook/camp.yaml", "-e", "board.yaml"]
    done = run(*validate, path=installed, cwd=tmp_path)
    assert done.returncode == 1
    assert "error[BOARD101]: there is no board nanno\n  --> board.yaml:2:8\n" in done.stdout
    assert "= help: write  board: nano\n" in done.stdout
    done = run("explain", "BOARD101", path=installed, cwd=tmp_path)
    assert done.stdout.startswith("BOARD101: The environment file names a board that does not exist (error)\n")
    assert run(*validate, "--fix", path=installed, cwd=tmp_path).returncode == 0
    assert (tmp_path / "board.yaml").read_text() == "target: board\nboard: nano\n"
    done = run("synth", *validate[1:], "-o", "out", path=installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'resource "terraform_data" "web"' in (tmp_path / "out/web.tf").read_text()


def test_a_format(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "camp.yaml").write_text("camp_version: CAMP 1.1\nname: shop\nartifacts: 3\n")
    done = run("validate", "camp.yaml", "--output", "junit", path=installed, cwd=tmp_path)
    suite = ElementTree.fromstring(done.stdout)
    assert suite.get("tests") == suite.get("failures") == str(len(suite)) != "0"
    assert suite[0].get("name") == "camp.yaml:3:12"
    assert suite[0][0].tag == "failure"
    (tmp_path / "camp.yaml").write_text("camp_version: CAMP 1.1\nname: shop\n")
    done = run("validate", "camp.yaml", "--output", "junit", path=installed, cwd=tmp_path)
    assert done.returncode == 0
    assert [case.get("name") for case in ElementTree.fromstring(done.stdout)][-1] == "the plan has no errors"
    done = run("validate", "camp.yaml", "--output", "junot", path=installed, cwd=tmp_path)
    assert done.returncode == 2
    assert "'gitlab', 'junit'" in done.stderr


def test_a_product(tmp_path: Path) -> None:
    product = EXTENSIONS / "product"
    shown = run("catalogue", "show", "elixir", "--catalogue", product, cwd=tmp_path)
    assert "Elixir:Run" in shown.stdout
    sample = product / "elixir/sample/camp.yaml"
    done = run("synth", sample, "--target", "openstack", "--catalogue", product, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "ExecStart=/usr/bin/elixir /opt/elixir-sample/app/run.exs"
        in (tmp_path / "out/cloud-init/app.yaml.tftpl").read_text()
    )
    scripts = sorted(map(str, (tmp_path / "out/cloud-init").glob("*.sh")))
    shellcheck = Path(sys.executable).with_name("shellcheck")
    assert scripts
    done = subprocess.run([shellcheck, *scripts], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_artifact_kind(installed: Path, tmp_path: Path) -> None:
    folder = EXTENSIONS / "artifact-kind"
    for target in ("openstack", "heroku"):
        arguments = ("synth", folder / "perl/sample/camp.yaml", "--target", target, "--catalogue", folder, "-o", target)
        done = run(*arguments, path=installed, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (
        "ExecStart=/usr/bin/starman --listen :$${PORT} /opt/perl-sample/app/hello.psgi\n"
        in (tmp_path / "openstack/cloud-init/app.yaml.tftpl").read_text()
    )
    assert "app.psgi" not in (tmp_path / "heroku/build/app/Procfile").read_text()
    assert (tmp_path / "heroku/build/app/Procfile").read_text() == "web: starman --listen :$PORT hello.psgi\n"
    assert (tmp_path / "heroku/build/app/cpanfile").read_text() == "requires 'Starman';\n"


def test_what_an_artifact_kind_reports(installed: Path, tmp_path: Path) -> None:
    folder = EXTENSIONS / "artifact-kind"
    shutil.copytree(folder / "perl/sample", tmp_path / "sample")
    (tmp_path / "sample/app/hello.psgi").rename(tmp_path / "sample/app/hello.txt")
    expected = {"openstack": {"CAMP429", "CAMP465"}, "heroku": {"CAMP445"}}
    for target, codes in expected.items():
        (tmp_path / "e.yaml").write_text(f"target: {target}\n")
        arguments = ("validate", "sample/camp.yaml", "-e", "e.yaml", "--catalogue", folder, "--output", "json")
        done = run(*arguments, path=installed, cwd=tmp_path)
        errors = [each for each in json.loads(done.stdout)["diagnostics"] if each["severity"] == "error"]
        assert {each["code"] for each in errors} == codes


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_an_artifact_kind_that_cannot_be_imported(installed: Path, tmp_path: Path, target: str) -> None:
    """The report names the entry point. Nothing is written, and nothing crashes."""
    folder, broken = EXTENSIONS / "artifact-kind", tmp_path / "installed"
    shutil.copytree(installed, broken)
    (broken / "camp2iac_psgi.py").write_text("import nothing_of_this_name\n")
    arguments = ("synth", folder / "perl/sample/camp.yaml", "--target", target, "--catalogue", folder, "-o", "out")
    done = run(*arguments, path=broken, cwd=tmp_path)
    assert done.returncode == 1
    assert "error[CAMP306]: the product perl cannot be used" in done.stderr
    assert f"the entry point psgi of camp2iac.{target}.kinds cannot be loaded" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_extension_is_no_example_of_a_plan(tmp_path: Path) -> None:
    for name in ("extensions", "target", "elixir", "perl"):
        done = run("init", "--from", name, cwd=tmp_path)
        assert done.returncode == 2
        assert f"there is no example '{name}'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_guide_to_artifact_kinds() -> None:
    """Its code runs with public names alone, and each member that it lists exists."""
    text = (ROOT / "docs/writing-an-artifact-kind.md").read_text()
    blocks = re.findall(r"(?ms)^```python\n(.*?)^```$", text)
    assert len(blocks) == 2
    for block in blocks:
        names = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.ImportFrom)]
        assert {node.module for node in names if str(node.module).startswith("camp2iac")} <= set(PUBLIC)
        exec(compile(block, "guide", "exec"), {})
    tables = [re.findall(r"(?m)^\| (`.*?) \|", part) for part in text.split("| member |")[1:]]
    owners = (openstack_api.ArtifactKind, openstack_api.ArtifactOnMachine, heroku_api.Build)
    for owner, rows in zip(owners, tables, strict=True):
        members = [name for row in rows for name in re.findall(r"`(\w+)(?:\(\))?`", row)]
        assert len(members) > 5
        assert not [name for name in members if not hasattr(owner, name)]


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_it_is_small_and_uses_public_names(folder: Path) -> None:
    files = sorted(folder.rglob("*.py"))
    assert sum(len(file.read_text().splitlines()) for file in files) < LONGEST
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                assert not [each.name for each in node.names if each.name.startswith("camp2iac.")]
            elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("camp2iac"):
                for each in node.names:
                    public = f"{node.module}.{each.name}" in PUBLIC
                    assert public or each.name in import_module(str(node.module)).__all__, each.name
                    assert public or node.module in PUBLIC
