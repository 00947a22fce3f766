"""Terraform's own look at content before an apply: leftovers do not matter, files that were added do."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.compiler import in_process
from support.terraform import Terraform

from tests.camp.build import PLAN, laid_out
from tests.camp.test_git import APP, WSGI, repository

LEFTOVERS = (
    ".env",
    "node_modules/x/index.js",
    "__pycache__/app.cpython-311.pyc",
    "a.pyc",
    ".app.py.swp",
    "app.py~",
    ".DS_Store",
    "terraform.tfstate",
    ".terraform/providers/x",
    ".idea/x",
    "lib/__pycache__/x.pyc",
)


def is_as_compiled(terraform: Terraform, module: Path) -> bool:
    found = terraform.evaluate(module, "local.web_files == toset(keys(local.web_content))")
    assert isinstance(found, bool)
    return found


@pytest.mark.terraform
@pytest.mark.parametrize("href", ["web/", "pdp:!"])
@pytest.mark.parametrize("in_git", [False, True])
def test_leftovers_and_additions(terraform: Terraform, tmp_path: Path, href: str, in_git: bool) -> None:
    plan = (PLAN + WSGI).replace(b"href: web/", f'href: "{href}"'.encode())
    top = "web" if href == "web/" else ""
    files = {"camp.yaml": plan, **{f"{top}/{name}".strip("/"): APP for name in ("app.py", "lib/x.py")}}
    if in_git:
        tracked = {f"{top}/{name}".strip("/"): b"" for name in (".config", "node_modules/ours/x.js", "kept.pyc")}
        files |= tracked | {".gitignore": b".env\nnode_modules/\n*.pyc\n.idea/\n__pycache__/\n*~\n"}
        repository(tmp_path, files, forced=tuple(tracked))
    else:
        laid_out(tmp_path, files)
    in_process("synth", tmp_path, "--target", "openstack")
    module, content = tmp_path / "infra/openstack", tmp_path / top
    terraform.init(module)
    assert is_as_compiled(terraform, module)
    laid_out(content, dict.fromkeys(LEFTOVERS, b""))
    assert is_as_compiled(terraform, module)
    laid_out(content, {"new.py": b""})
    assert not is_as_compiled(terraform, module)
    (content / "new.py").unlink()
    (content / "lib/x.py").unlink()
    assert not is_as_compiled(terraform, module)


def test_rules_of_the_repository_that_terraform_does_not_know(tmp_path: Path) -> None:
    """Then nothing is said of files that were added: ignored ones would be among them."""
    rules = b"*.log\n"
    for number, (where, ruled) in enumerate(((".gitignore", True), (".git/info/exclude", False))):
        app = {"services/chat/camp.yaml": PLAN + WSGI, "services/chat/web/app.py": APP}
        shop = repository(tmp_path / str(number), app)
        (shop / where).write_bytes(rules)
        laid_out(shop, {"services/chat/web/x.log": b""})
        in_process("synth", shop / "services/chat", "--target", "openstack")
        module = (shop / "services/chat/infra/openstack/web.tf").read_text()
        assert ("fileset(" in module) != ruled
        assert "x.log" not in module
