"""``camp2iac init`` in a git repository: how OpenStack's instances get content that user data has no room for."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.compiler import in_process
from support.terraform import Terraform

from camp2iac import read
from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.revision import revision
from camp2iac.cli import run as command
from camp2iac.detect import host_keys
from tests.camp.build import laid_out
from tests.camp.test_git import repository, run

APP = {"requirements.txt": b"flask\n", "app.py": b"from flask import Flask\napp = Flask(__name__)\n"}
LARGE = {**APP, "static/photo.jpg": random.Random(11).randbytes(60_000)}
ENVIRONMENT = Path("environments/openstack.yaml")
HTTPS, SSH = "https://git.example.org/shop.git", "git@git.example.org:shop.git"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7CcGxQ0AL6YdV+XKfLq9C6lB2ZyHVvVtMRrtTuqYkI"


class Here:
    """The working directory, and what ``init`` printed and wrote in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def repository(self, files: dict[str, bytes], url: str = "") -> None:
        repository(self.folder, files)
        run(self.folder, "branch", "-q", "-M", "trunk")
        if url:
            run(self.folder, "remote", "add", "origin", url)

    def init(self, *options: str) -> str:
        self._capsys.readouterr()
        assert command(["init", *options]) == 0
        return self._capsys.readouterr().err

    @property
    def text(self) -> str:
        return ENVIRONMENT.read_text()

    @property
    def settings(self) -> dict[str, Any]:
        settings = yaml.safe_load(self.text)
        assert isinstance(settings, dict)
        return settings

    def example(self, key: str) -> Any:
        """A setting in a comment."""
        [line] = [line for line in self.text.splitlines() if line.startswith(f"# {key}: ")]
        return yaml.safe_load(line.removeprefix("# "))[key]

    def codes(self) -> set[str]:
        found = read(self.folder, leave_out=[self.folder / ENVIRONMENT]).check(ENVIRONMENT).diagnostics
        return {each.code for each in found if each.level.value == "error"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    folder = tmp_path / "shop"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return Here(folder, capsys)


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_large_content_comes_from_the_repository(here: Here) -> None:
    here.repository(LARGE, HTTPS)
    said = here.init("--yes")
    assert here.settings == {
        "target": "openstack",
        "releases": {"from": "git", "repository": HTTPS, "branch": "trunk"},
    }
    assert "  # private: true  # if a clone needs a token\n" in here.text
    why = f"openstack: the content does not fit into user data, so it comes from {HTTPS}, branch trunk\n"
    assert said.count(why) == 1
    assert "first:" not in said
    assert here.codes() == set()


def test_small_content_stays_in_user_data(here: Here) -> None:
    here.repository(APP, HTTPS)
    said = here.init("--yes")
    assert here.settings == {"target": "openstack"}
    assert here.example("releases") == {"from": "git", "repository": HTTPS, "branch": "trunk"}
    assert f"openstack: the content fits into user data. The git repository is in a comment of {ENVIRONMENT}\n" in said
    assert here.codes() == set()
    text = here.text.replace("# releases: ", "releases: ")
    ENVIRONMENT.write_text(text)
    assert here.codes() == set()


@pytest.mark.parametrize("url", ["", HTTPS])
def test_content_that_fits_compressed_stays_in_user_data(here: Here, url: str) -> None:
    here.repository(
        {**APP, "names.py": b"".join(b"NAME_%d = 'the name %d'\n" % (each, each) for each in range(2_500))}, url
    )
    said = here.init("--yes")
    assert here.settings == {"target": "openstack"}
    assert ("the content fits into user data" in said) == bool(url)
    assert "first:" not in said
    assert here.codes() == set()


def test_a_folder_without_code(here: Here) -> None:
    repository(here.folder, {".gitignore": b""})
    run(here.folder, "remote", "add", "origin", HTTPS)
    here.init("--yes")
    assert here.example("releases")["repository"] == HTTPS


@pytest.mark.parametrize("files", [APP, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("url", ["https://ci:hunter2@git.example.org/shop.git", f"{HTTPS}?private_token=hunter2"])
def test_credentials_reach_no_file_and_no_terminal(here: Here, files: dict[str, bytes], url: str) -> None:
    here.repository(files, url)
    said = here.init("--yes")
    written = "".join(path.read_text() for path in (here.folder / "environments").iterdir())
    assert "hunter2" not in said + written + Path("camp.yaml").read_text()
    assert "openstack: the credentials in the URL of origin are not in environments/openstack.yaml. Instances" in said
    wanted = {"from": "git", "repository": HTTPS, "branch": "trunk", "private": True}
    assert (here.example("releases") if files is APP else here.settings["releases"]) == wanted
    assert here.codes() == set()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("/srv/git/shop.git", "it is a folder on this machine"),
        ("file:///srv/git/shop.git", "it is a folder on this machine"),
        ("git://git.example.org/shop.git", "git:// is not authenticated"),
    ],
)
def test_a_remote_that_instances_cannot_clone(here: Here, url: str, why: str) -> None:
    here.repository(LARGE, url)
    said = here.init("--yes")
    assert f"openstack: instances cannot clone origin: {why}" in said
    assert here.settings == {"target": "openstack"}
    assert_ways(here, said)


@pytest.mark.parametrize("in_git", [True, False])
def test_no_remote(here: Here, in_git: bool) -> None:
    if in_git:
        here.repository(LARGE)
    else:
        laid_out(here.folder, LARGE)
    said = here.init("--yes")
    assert "openstack: the content does not fit into user data, and instances can clone no remote\n" in said
    assert here.settings == {"target": "openstack"}
    assert_ways(here, said)


def assert_ways(here: Here, said: str) -> None:
    """What is left to the user, and what to write, is in ``Next``, and in comments of the file."""
    [error] = [each for each in read(here.folder).check(ENVIRONMENT).diagnostics if each.code == "CAMP428"]
    after = said.partition("\nNext:\n")[2]
    assert after.startswith(f"  first: {error.message}\n")
    for line in error.help.splitlines():
        assert line.strip() in after
    assert "object_store: true" in after
    assert "from: git" in after
    assert here.example("object_store") is True
    assert here.example("releases") == {"from": "git", "repository": "https://git.example.org/shop.git"}


def test_small_content_without_a_remote(here: Here) -> None:
    here.repository(APP)
    said = here.init("--yes")
    assert here.settings == {"target": "openstack"}
    assert "releases" not in here.text
    assert "openstack:" not in said


def test_ssh_with_a_published_host_key(here: Here) -> None:
    here.repository(LARGE, "git@github.com:example/shop.git")
    said = here.init("--yes")
    published = host_keys.published()["github.com"]
    assert here.settings["releases"] == {
        "from": "git",
        "repository": "git@github.com:example/shop.git",
        "branch": "trunk",
        "host_key": published.key,
    }
    assert f"  # from {published.source}\n" in here.text
    assert "private:" not in here.text
    assert "repository_key" in here.text
    assert f"host_key: from {published.source}\n" in said
    assert "first:" not in said
    assert here.codes() == set()


@pytest.mark.parametrize(
    ("url", "host"), [(SSH, "git.example.org"), (f"ssh://{SSH.split(':')[0]}:2222/s", "[git.example.org]:2222")]
)
def test_ssh_with_a_key_in_known_hosts(here: Here, url: str, host: str) -> None:
    laid_out(here.folder.parent / "home", {".ssh/known_hosts": f"{host} {KEY}\n".encode()})
    here.repository(LARGE, url)
    said = here.init("--yes")
    assert here.settings["releases"]["host_key"] == KEY
    assert "  # from ~/.ssh/known_hosts\n" in here.text
    assert "host_key: from ~/.ssh/known_hosts\n" in said
    assert here.codes() == set()


@pytest.mark.parametrize(
    ("url", "scan"),
    [
        (SSH, "ssh-keyscan -t ed25519 git.example.org"),
        ("ssh://git@git.example.org:2222/shop.git", "ssh-keyscan -t ed25519 -p 2222 git.example.org"),
        ("git@work:shop.git", "ssh-keyscan -t ed25519 work"),
    ],
)
def test_ssh_with_an_unknown_host_key(here: Here, url: str, scan: str) -> None:
    here.repository(LARGE, url)
    said = here.init("--yes")
    assert here.settings["releases"] == {"from": "git", "repository": url, "branch": "trunk"}
    lines = here.text.splitlines()
    place = lines.index("  # host_key: ssh-ed25519 AAAA...")
    assert lines[place - 1] == f"  # run  {scan}  and compare it with the key that the server's operator publishes:"
    host = scan.rpartition(" ")[2]
    after = said.partition("\nNext:\n")[2]
    assert f"write  host_key: ssh-ed25519 AAAA...  which  {scan}  prints after the host,\n" in after
    assert ("an alias in ~/.ssh/config" in after) == (host == "work")


def test_a_name_that_no_terminal_shows(here: Here) -> None:
    here.repository(LARGE)
    with (here.folder / ".git/config").open("ab") as config:
        config.write(b'[remote "\x1b[31m\xff"]\n\turl = /srv/shop.git\n')
    said = here.init("--yes")
    assert "openstack: instances cannot clone " in said
    assert "\x1b" not in said


def test_content_in_a_submodule(here: Here) -> None:
    library = repository(here.folder.parent / "library", {"lib.py": b""})
    here.repository(LARGE, HTTPS)
    run(here.folder, "submodule", "--quiet", "add", str(library), "lib")
    run(here.folder, "commit", "-q", "-m", "library")
    said = here.init("--yes")
    assert "lib is a submodule, whose files are not in this repository (CAMP430)\n" in said
    assert here.settings == {"target": "openstack"}
    assert here.example("object_store") is True
    assert "  first: user_data of the tier" in said


def test_content_in_lfs(here: Here) -> None:
    here.repository({**LARGE, ".gitattributes": b"*.jpg filter=lfs diff=lfs merge=lfs -text\n"}, HTTPS)
    said = here.init("--yes")
    assert "git stores static/photo.jpg in Git LFS, so a clone has another file (CAMP430)\n" in said
    assert here.settings == {"target": "openstack"}
    assert here.example("object_store") is True


def test_content_that_a_build_creates(here: Here) -> None:
    here.repository({"hugo.toml": b"", "content/a.md": b""}, HTTPS)
    said = here.init("--yes")
    assert "openstack: what a build creates is not in the git repository." in said
    assert "releases" not in here.text


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (["", "", ""], {"releases": {"from": "git", "repository": HTTPS, "branch": "trunk"}}),
        (["", "git", "yes"], {"releases": {"from": "git", "repository": HTTPS, "branch": "trunk", "private": True}}),
        (["", "object_store"], {"object_store": True}),
        (["", "none"], {}),
        (["heroku"], None),
    ],
)
def test_questions(
    here: Here, monkeypatch: pytest.MonkeyPatch, answers: list[str], wanted: dict[str, Any] | None
) -> None:
    here.repository(LARGE, HTTPS)
    answer(monkeypatch, *answers)
    said = here.init()
    asked = (
        "openstack: instances download content that does not fit into user data from git, object_store or none [git]"
    )
    assert (asked in said) == (wanted is not None)
    assert ENVIRONMENT.exists() == (wanted is not None)
    if wanted is not None:
        assert here.settings == {"target": "openstack", **wanted}
        assert here.codes() == (set() if wanted else {"CAMP428"})
        assert ("a clone needs a token, yes or no [no]" in said) == ("releases" in wanted)


def test_a_question_without_a_remote(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(here.folder, LARGE)
    answer(monkeypatch, "", "git", "object_store")
    said = here.init()
    assert "from object_store or none [none]" in said
    assert "there is no 'git'" in said
    assert here.settings == {"target": "openstack", "object_store": True}
    assert here.codes() == set()


@pytest.mark.terraform
@pytest.mark.parametrize("url", [HTTPS, "git@github.com:example/shop.git"])
def test_a_clone_compiles_to_a_valid_module(here: Here, url: str, terraform: Terraform) -> None:
    origin = repository(here.folder.parent / "origin", LARGE)
    run(origin, "branch", "-q", "-M", "release")
    run(here.folder, "clone", "-q", str(origin), ".")
    run(here.folder, "remote", "set-url", "origin", url)
    run(here.folder, "checkout", "-q", "-b", "mine")
    here.init("--yes")
    assert here.settings["releases"]["branch"] == "release"
    in_process("synth", "camp.yaml", "-e", ENVIRONMENT)
    module = here.folder / "infra/openstack"
    assert any(url in path.read_text() for path in (module / "cloud-init").iterdir())
    terraform.init(module)
    assert terraform.validate(module) == []


def test_an_instance_finds_the_commit_with_the_plan_and_its_output(here: Here) -> None:
    """The commit that adds what ``init`` and ``synth`` wrote has the content that they saw."""
    origin, instance = here.folder.parent / "origin", here.folder.parent / "instance"
    repository(origin, LARGE)
    run(here.folder, "clone", "-q", "--bare", str(origin), str(here.folder.parent / "server"))
    run(here.folder, "clone", "-q", str(here.folder.parent / "server"), ".")
    run(here.folder, "remote", "set-url", "origin", HTTPS)
    here.init("--yes")
    in_process("synth", "camp.yaml", "-e", ENVIRONMENT)
    run(here.folder, "add", "--all")
    run(here.folder, "commit", "-q", "-m", "deploy")
    branch = here.settings["releases"]["branch"]
    run(here.folder, "push", "-q", str(here.folder.parent / "server"), f"HEAD:{branch}")
    [digest] = re.findall(r'web_revision += "(\w+)"', Path("infra/openstack/web.tf").read_text())
    found = revision(
        FolderPackage(here.folder, "shop", leave_out=[here.folder / "infra", here.folder / ENVIRONMENT]), ""
    )
    assert digest == found.digest
    laid_out(instance, {"etc": f"url {here.folder.parent / 'server'}\nbranch {branch}\n".encode()})
    given = {"CAMP_REPOSITORY": str(instance / "etc"), "CAMP_CLONE": str(instance / "clone.git"), "CAMP_PAUSE": "0"}
    script = [sys.executable, "infra/openstack/cloud-init/repository.py", ".", digest, str(instance / "app")]
    subprocess.run([*script, found.left_out], env={**os.environ, **given}, check=True, capture_output=True)
    there = {path.relative_to(instance / "app").as_posix() for path in (instance / "app").rglob("*") if path.is_file()}
    assert there == set(LARGE)
