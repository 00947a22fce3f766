"""Where instances download content and releases, by ``releases`` in the environment file."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from support import phases
from support.terraform import Terraform

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth import hcl
from camp2iac.targets.openstack.layout.releases import GitReleases

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: org.python:runtime, fulfillment: "id:python" }
      - { requirement_type: org.camp2iac:Process, web: exec python server.py }
      - { requirement_type: org.camp2iac:Expose, port: 8080, public: true }
      - { requirement_type: org.camp2iac:Env, TITLE: First }
      - { requirement_type: ConnectTo, fulfillment: "id:db" }
  - name: tables
    artifact_type: org.sql:SqlScript
    content: { href: tables.sql }
    requirements: [{ requirement_type: org.sql:ExecuteAt, fulfillment: "id:db" }]
services:
  - { id: python, characteristics: [{ characteristic_type: org.python:version }] }
  - { id: db, characteristics: [{ characteristic_type: PostgreSQL }] }
"""
GIT = "{ from: git, repository: 'https://git.example.org/shop.git' }"
SSH = "{ from: git, repository: 'ssh://git@git.example.org:2222/shop.git', host_key: ssh-ed25519 AAAA }"
S3 = "{ from: s3, endpoint: 'https://s3.example.org:9000', bucket: shop-releases, prefix: prod }"
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HTTPS = (
    f"{{ from: https, private: true, artifacts: {{ web: {{ url: 'https://b.example.org/w.tgz', sha256: {SHA} }} }} }}"
)


class Compiled:
    """The files of the module."""

    def __init__(self, folder: Path, releases: str, more: str = "") -> None:
        environment = folder / "environments/prod.yaml"
        environment.parent.mkdir(exist_ok=True)
        environment.write_text(f"target: openstack\nimage: debian-12\nreleases: {releases}\n{more}")
        self.output = folder / "infra/prod"
        made = phases.compile(phases.load(folder), environment=environment, output=self.output)
        assert made.result is not None
        assert made.ok, [d.message for d in made.diagnostics]
        self.files = {name: text.encode() for name, text in hcl.write(made.result.lowered.module).items()}
        self.files |= {document.path: document.data for document in made.result.lowered.documents}
        self.reruns = made.result.lowered.reruns

    def __getitem__(self, name: str) -> str:
        return self.files[name].decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan in a repository, with 60 KiB of code."""
    plan = tmp_path / "shop"
    (plan / "web").mkdir(parents=True)
    (plan / "camp.yaml").write_text(PLAN)
    (plan / "web/server.py").write_text("# server\n")
    (plan / "web/data").write_bytes(b"x" * 60_000)
    (plan / "tables.sql").write_text("create table a (b int);\n" * 3000)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", plan], check=True)
    subprocess.run(["git", "add", "."], cwd=plan, check=True)
    return plan


def test_git(folder: Path) -> None:
    made = Compiled(folder, GIT)
    [digest] = re.findall(r'web_revision = "([0-9a-f]{64})"', made["python.tf"])
    assert 'release-web = "${local.web_revision} 1"' in made["python.tf"]
    assert digest not in made["cloud-init/python.yaml.tftpl"], "a new digest does not replace instances"
    assert not [name for name in made.files if name.startswith(("content/", "archives/"))]
    assert made.reruns == {"local.web_revision": "openstack_compute_instance_v2.python"}
    # what is loaded into a database comes from the repository too, if user data has no room for it
    assert re.search(
        r"camp/repository tables.sql [0-9a-f]{64} /usr/local/lib/camp/tables.sql ", made["cloud-init/db.install.sh"]
    )
    assert "repository_" not in made["variables.tf"]
    before = made.files
    (folder / "web/server.py").write_text("# changed\n")
    after = Compiled(folder, GIT).files
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"python.tf"}


def test_git_over_ssh(folder: Path) -> None:
    made = Compiled(folder, SSH)
    assert 'variable "repository_key"' in made["variables.tf"]
    assert made["python.tf"].count("port_range_min    = 2222") == 1
    assert "content: |\n      [git.example.org]:2222 ssh-ed25519 AAAA\n" in made["cloud-init/python.yaml.tftpl"]


def test_git_and_replace(folder: Path) -> None:
    """Without releases, the digest is in the install script."""
    made = Compiled(folder, GIT, "on_change: replace\n")
    assert re.search(r"camp/repository web [0-9a-f]{64} /opt/shop/web ", made["cloud-init/python.install.sh"])
    assert "release-web" not in made["python.tf"]
    assert "camp-release" not in made["cloud-init/python.yaml.tftpl"]


def test_small_content_stays_inside(folder: Path) -> None:
    (folder / "web/data").unlink()
    made = Compiled(folder, GIT, "on_change: replace\n")
    assert "cloud-init/repository.py" in made.files, "for the tables"
    assert "repository" not in made["cloud-init/python.yaml.tftpl"]


def test_s3(folder: Path) -> None:
    made = Compiled(folder, S3)
    [digest] = re.findall(r'web_sha256 = "([0-9a-f]{64})"', made["python.tf"])
    assert f"archives/web-{digest}.tar" in made.files
    assert (
        'release-web = "${local.web_sha256} 1 https://s3.example.org:9000/shop-releases/prod/web-${local.web_sha256}.tar"'
        in made["python.tf"]
    )
    for name in ("releases_access_key", "releases_secret_key"):
        assert f'variable "{name}"' in made["variables.tf"]
    template = made["cloud-init/python.yaml.tftpl"]
    assert 'aws-sigv4 = "aws:amz:us-east-1:s3"\n' in template
    assert "port_range_min    = 9000" in made["python.tf"]


def test_s3_and_replace(folder: Path) -> None:
    """The variable has the component's name, since content of several can be on an instance."""
    made = Compiled(folder, S3, "on_change: replace\n")
    assert "web_url" in re.findall(r"\$\{(\w+)\}", made["cloud-init/python.yaml.tftpl"])


def test_https(folder: Path) -> None:
    made = Compiled(folder, HTTPS, "object_store: true\n")
    assert f'web_sha256 = "{SHA}"' in made["python.tf"]
    assert 'release-web = "${local.web_sha256} 1 https://b.example.org/w.tgz"' in made["python.tf"]
    assert "Authorization: Bearer ${releases_token}" in made["cloud-init/python.yaml.tftpl"]


@pytest.mark.parametrize("releases", [GIT, SSH, S3, HTTPS])
def test_terraform_accepts_it(folder: Path, releases: str, terraform: Terraform) -> None:
    made = Compiled(folder, releases, "object_store: true\n" if releases == HTTPS else "")
    for name, data in made.files.items():
        place = made.output / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    terraform.init(made.output)
    assert json.loads(terraform.run(made.output, "validate", "-json"))["valid"]


def test_secrets_are_in_no_file(folder: Path) -> None:
    """Only the variables' names are in the module."""
    files: Mapping[str, bytes] = Compiled(folder, HTTPS, "object_store: true\n").files
    assert b"sensitive   = true" in files["variables.tf"]
    assert files["variables.tf"].count(b"releases_token") >= 2


@pytest.mark.parametrize(
    ("url", "port", "known"),
    [
        ("ssh://git.example.org/shop.git", 22, "git.example.org"),
        ("ssh://git@git.example.org:2222/shop.git", 2222, "[git.example.org]:2222"),
        ("git@git.example.org:2222/shop.git", 22, "git.example.org"),  # a path that begins with digits
        ("git@git.example.org:team/shop.git", 22, "git.example.org"),
        ("ssh://git@[2001:db8::1]:2222/shop.git", 2222, "[2001:db8::1]:2222"),
    ],
)
def test_the_host_of_an_ssh_address(url: str, port: int, known: str) -> None:
    releases = GitReleases(url=url, branch="main", private=False, user="git", host_keys=("ssh-ed25519 AAAA",))
    assert (releases.ports, releases.known_hosts) == ({port}, f"{known} ssh-ed25519 AAAA\n")


def test_a_deploy_key_gets_its_last_line_break(folder: Path) -> None:
    """OpenSSH refuses a key without it, and $(cat FILE) removes it."""
    made = Compiled(folder, SSH)
    written = next(text for name, text in made.files.items() if b"var.repository_key" in text and name.endswith(".tf"))
    assert b'${replace(trimspace(var.repository_key), "\\r\\n", "\\n")}\\n"' in written, written.decode()


@pytest.mark.parametrize("url", ["ssh://git:s3cret@git.example.org/shop.git", "ssh://a@b@git.example.org/shop.git"])
def test_no_password_in_an_ssh_address(folder: Path, url: str) -> None:
    with pytest.raises(AssertionError, match="repository"):
        Compiled(folder, f"{{ from: git, repository: '{url}', host_key: ssh-ed25519 AAAA }}")


@pytest.mark.parametrize("more", ["", "on_change: replace\n"])
def test_the_url_of_an_artifact_fits_into_metadata(folder: Path, more: str) -> None:
    """Nova refuses values of more than 255 characters when Terraform applies."""
    start = "https://b.example.org/w.tgz?signed="

    def compiled(length: int) -> Compiled:
        url = start + "x" * (length - len(start))
        releases = f"{{ from: https, artifacts: {{ web: {{ url: '{url}', sha256: {SHA} }} }} }}"
        return Compiled(folder, releases, f"object_store: true\n{more}")

    compiled(185)
    if more:
        compiled(186)
    else:
        with pytest.raises(AssertionError, match="the URL of the artifact web has 186 characters"):
            compiled(186)


def codes(folder: Path, releases: str) -> list[str]:
    return [each.code for each in found(folder, releases)]


def found(folder: Path, releases: str) -> list[Diagnostic]:
    environment = folder / "environments/prod.yaml"
    environment.parent.mkdir(exist_ok=True)
    environment.write_text(f"target: openstack\nimage: debian-12\nssh_from: 192.0.2.1\nreleases: {releases}\n")
    made = phases.compile(phases.load(folder), environment=environment, output=folder / "infra/prod")
    return [each for each in made.diagnostics if each.level.value != "note"]


def test_what_would_be_committed_beside_the_content(folder: Path) -> None:
    assert codes(folder, GIT) == []
    (folder / "web/.DS_Store").write_text("x")
    (warning,) = found(folder, GIT)
    assert (warning.code, warning.label) == ("CAMP432", "if you commit it, instances do not find this content")
    (folder / "web/Thumbs.db").write_text("x")
    (warning,) = found(folder, GIT)
    assert warning.label == "if you commit them, instances do not find this content"
    (folder / "web/Thumbs.db").unlink()
    (folder / ".gitignore").write_text(".DS_Store\n")
    assert codes(folder, GIT) == []


def test_a_token_without_encryption(folder: Path) -> None:
    assert codes(folder, "{ from: git, repository: 'http://git.example.org/shop.git', private: true }") == ["CAMP637"]
    assert codes(folder, "{ from: git, repository: 'http://git.example.org/shop.git' }") == []
    assert codes(folder, HTTPS.replace("https://b", "http://b"))[:1] == ["CAMP637"]
