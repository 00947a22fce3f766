"""The output's ``.gitignore``: generated files are committed whatever rules above say, but not files with secrets."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from running import PLAN, Command
from support.compiler import difference, tree

from camp2iac.cli import hidden
from camp2iac.review.committed import gitignore
from tests.camp.build import laid_out
from tests.camp.test_git import repository, run

# Rules from the .gitignore templates of languages and tools, and rules that would exclude each file of an output.
USUAL = b"""build/
dist/
content/
archives/
cdktf.out/
cdktf.out
out
*.jar
*.tar
*.war
*.json
*.md
*.tf
*.sh
*.lock.hcl
.terraform*
.camp2iac*
.python-version
Procfile
.*
web/
lib/
"""
SECRET = (
    "terraform.tfstate",
    "terraform.tfstate.backup",
    ".terraform.tfstate.lock.info",
    "errored.tfstate",
    "terraform.tfstate.d/x/terraform.tfstate",
    "plan.tfplan",
    "terraform.tfvars",
    "prod.auto.tfvars",
    "secret.tfvars.json",
    ".terraform/providers/x",
    "crash.log",
    "crash.2026.log",
)
FORMS = ["hcl", "json", pytest.param("cdktf", marks=pytest.mark.skipif(find_spec("cdktf") is None, reason="no cdktf"))]


def added(folder: Path) -> set[str]:
    run(folder, "add", ".")
    return set(filter(None, run(folder, "ls-files", "-z").split("\0")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_a_clone_has_all_and_no_secret(
    tmp_path: Path, camp2iac: Command, form: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = {"web/guestbook.py": b"def app(environ, start): ...\n", "web/lib/x.jar": b"", "web/.profile": b""}
    app = {"camp.yaml": PLAN.encode(), **web}
    shop = repository(tmp_path / "shop", {".gitignore": USUAL, **app}, forced=(".gitignore", *app))
    monkeypatch.chdir(shop)
    command = ("synth", "camp.yaml", "--target", target, "--format", form, "-o", "infra/prod")
    done = camp2iac(*command)
    if done.status == 2 and "CAMP711" in done.err:
        pytest.skip("no Node")
    assert done.status == 0, done.err
    assert "CAMP706" not in done.err
    generated = {f"infra/prod/{path}" for path in tree(shop / "infra/prod")}
    module = "infra/prod" + ("/cdktf.out/stacks/guestbook" if form == "cdktf" else "")
    laid_out(shop, {f"{folder}/{name}": b"" for folder in ("infra/prod", module) for name in SECRET})
    laid_out(shop, {f"{module}/.terraform.lock.hcl": b""})
    assert added(shop) == {".gitignore", *app, *generated, f"{module}/.terraform.lock.hcl"}
    run(shop, "commit", "-q", "-m", "generated")
    run(tmp_path, "clone", "-q", "shop", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert not difference(tree(shop / "infra/prod"), {**tree(Path("infra/prod")), **secret_of(shop)})
    done = camp2iac(*command, "--check")
    assert (done.status, done.out) == (0, "")


def secret_of(shop: Path) -> dict[str, tuple[bool, bytes]]:
    """Files that are not part of a clone."""
    names = {name.rpartition("/")[2] for name in SECRET}
    return {path: each for path, each in tree(shop / "infra/prod").items() if path.rpartition("/")[2] in names}


def test_rules_that_still_hide_something_are_named(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(shop, {".gitignore": b"*.log\n"})
    (shop / "infra/openstack/cloud-init").mkdir(parents=True)
    (shop / "infra/openstack/cloud-init/.gitignore").write_text("# mine\nweb.*\n")
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml")
    assert done.status == 0
    assert "warning[CAMP706]: git ignores generated files in infra/openstack: cloud-init/web.configure.sh" in done.err
    assert "infra/openstack/cloud-init/.gitignore:2 has the pattern  web.*" in done.err
    run(shop, "add", "-f", "infra")
    assert "CAMP706" not in camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml").err


def test_an_output_that_is_not_committed_at_all(shop: Path, camp2iac: Command) -> None:
    repository(shop, {".gitignore": b"\ninfra/\n"})
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml")
    assert "note[CAMP706]: git ignores the output folder infra/openstack" in done.err
    assert ".gitignore:2 has the pattern  infra/" in done.err


def test_a_repository_that_ignores_the_plan_too(
    tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path, {".gitignore": b"*\n"}, forced=(".gitignore",))
    app = {"camp.yaml": PLAN.encode(), "web/guestbook.py": b"def app(environ, start): ...\n"}
    monkeypatch.chdir(laid_out(tmp_path / "shop", app))
    done = camp2iac("synth", "camp.yaml", "--target", "openstack")
    assert (done.status, "CAMP706" in done.err) == (0, False)


def test_without_git(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(shop, {".gitignore": b"infra/\n"})
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert hidden.hidden(shop / "infra", ["main.tf"], None) is None


def test_a_gitignore_of_one_s_own(shop: Path, camp2iac: Command) -> None:
    laid_out(shop, {"infra/openstack/.gitignore": b"mine\n"})
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml")
    assert done.status == 1
    assert "lines to the .gitignore of a parent folder, and remove this file" in done.err


def test_it_changes_with_kinds_of_files_alone() -> None:
    assert gitignore(["a.tf", "content/a"]) == gitignore(["b.tf", "c.tf", "content/b/c"])
