"""Content and releases from a git repository (HTTPS with a token, SSH with a deploy key), a bucket, and a build."""

from __future__ import annotations

import hashlib
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roots.repository import HERE, HOST, Cloned, Repository, certificate, key_pair, ssh_server
from roots.store import BEGAN

PLAN = HERE / "plans/releases"
URL = "http://{web}:8080/"
NETWORK = {"artifacts:": "org.camp2iac:Networks:\n  main: { cidr: 10.77.0.0/24 }\nartifacts:"}
Make = Callable[..., Cloned]


@pytest.fixture
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> Repository:
    made = Repository(getattr(request, "param", PLAN), tmp_path / "repository", NETWORK)
    made.change({})
    made.push()
    return made


@pytest.fixture
def make(tmp_path: Path, repository: Repository) -> Iterator[Make]:
    made: list[Cloned] = []

    def instances(root: str, variables: dict[str, object], environment: str, **more: object) -> Cloned:
        made.append(Cloned(repository, tmp_path / "work", root, environment, variables, **more))  # type: ignore[arg-type]
        return made[-1]

    yield instances
    for each in made:
        each.close()


@pytest.mark.parametrize("repository", [HERE / "plans/site"], indirect=True, ids=["site"])
def test_a_site_from_git(make: Make, repository: Repository, tmp_path: Path) -> None:
    """What CI boots: it needs Debian's packages alone."""
    served = certificate(tmp_path / "tls")
    (tmp_path / "token").write_text("t0ken")
    environment = f"releases: {{ from: git, repository: 'https://{HOST}:8443/shop.git', private: true }}\n"
    trust = (served.parent / "cert.pem").read_text()
    cloned = make("bookworm", {"repository_token": "t0ken"}, environment, trust=trust)
    server = (sys.executable, HERE / "git_server.py", HOST, "8443", repository.folder, served, tmp_path / "token")
    cloned.start(git=server)
    assert cloned.fleet.curl(URL) == "First one\n"
    cloned.release({"First": "Second"})
    cloned.until(URL, "Second one", 240)
    cloned.until_status(": ready", 60)


def test_over_https_with_a_token(make: Make, repository: Repository, tmp_path: Path) -> None:
    token, served = tmp_path / "token", certificate(tmp_path / "tls")
    token.write_text("s3cret%token")
    environment = f"releases: {{ from: git, repository: 'https://{HOST}:8443/shop.git', private: true }}\n"
    cloned = make(
        "bookworm", {"repository_token": "s3cret%token"}, environment, trust=(served.parent / "cert.pem").read_text()
    )
    server = (sys.executable, HERE / "git_server.py", HOST, "8443", repository.folder, served, token)
    cloned.start(git=server)
    fleet = cloned.fleet
    assert fleet.curl(URL) == "First one"
    began = fleet.sh("web", BEGAN)
    files = fleet.files()
    fleet.again("web")
    assert fleet.files() == files, "a second run changes nothing"

    cloned.release({'"one"': '"two"'})
    cloned.until(URL, "First two", 240)
    cloned.until_status(": ready", 60)

    cloned.release({'"one"': '"three"', "HEALTH = 200": "HEALTH = 500"})
    cloned.until_status("did not respond and was rolled back", 360)
    cloned.until(URL, "First two", 60)

    repository.change({'"one"': '"four"'})
    cloned.apply()  # before it is pushed
    cloned.until_status("no commit of the branch main has the reviewed content", 240)
    assert fleet.curl(URL) == "First two"
    repository.push()
    cloned.until(URL, "First four", 300)
    cloned.until_status(": ready", 60)

    assert fleet.sh("web", BEGAN) == began, "it was booted anew"

    repository.change({'"one"': '"rewritten"'})
    repository.rewrite()  # the branch no longer has what runs
    fleet.reboot()
    assert fleet.curl(URL) == "First four", "the release that runs stays"

    token.write_text("another")
    cloned.release({'"one"': '"five"'})
    cloned.until_status("the server refuses the credentials", 240)
    cloned.stop("git")
    cloned.now()
    cloned.until_status(f"https://{HOST}:8443/shop.git cannot be reached", 360)
    assert fleet.curl(URL) == "First four"
    token.write_text("s3cret%token")
    cloned.serve("git", *server)
    cloned.until(URL, "First five", 300)
    secrets = "/etc/camp/repository.credentials /etc/camp/release/web.release"
    assert fleet.sh("web", f"stat -c %a {secrets}").split() == ["600", "600"]
    assert "s3cret" not in fleet.sh("web", "journalctl --no-pager; cat /var/log/cloud-init-output.log")


def test_over_ssh_with_a_deploy_key(make: Make, repository: Repository, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    deploy, host = key_pair(keys / "deploy"), key_pair(keys / "host")
    address = f"ssh://root@{HOST}:2222{repository.served}"
    environment = f"releases: {{ from: git, repository: '{address}', host_key: '{host}' }}\n"
    cloned = make("trixie", {"repository_key": (keys / "deploy").read_text()}, environment)
    cloned.start(ssh=ssh_server(keys, keys / "host", deploy))
    fleet = cloned.fleet
    assert fleet.curl(URL) == "First one"
    cloned.release({'"one"': '"two"'})
    cloned.until(URL, "First two", 240)

    cloned.serve("ssh", *ssh_server(keys, keys / "host", key_pair(keys / "other")))
    cloned.release({'"one"': '"three"'})
    cloned.until_status("the server refuses the deploy key", 240)

    key_pair(keys / "impostor")
    cloned.serve("ssh", *ssh_server(keys, keys / "impostor", deploy))
    cloned.now()
    cloned.until_status("the server has another host key than releases.host_key", 240)
    assert fleet.curl(URL) == "First two"

    cloned.serve("ssh", *ssh_server(keys, keys / "host", deploy))
    cloned.until(URL, "First three", 300)
    cloned.until_status(": ready", 60)


def test_from_a_bucket(make: Make, tmp_path: Path) -> None:
    secret, bucket = tmp_path / "secret", tmp_path / "s3/releases"
    secret.write_text("reader:s3cret/key+1")
    environment = f"releases: {{ from: s3, endpoint: 'http://{HOST}:9000', bucket: releases, prefix: prod }}\n"
    keys = {"releases_access_key": "reader", "releases_secret_key": "s3cret/key+1"}
    cloned = make("bookworm", keys, environment, uploads=bucket / "prod")
    cloned.start(s3=(sys.executable, HERE / "file_server.py", HOST, "9000", bucket.parent, secret))
    fleet = cloned.fleet
    assert fleet.curl(URL) == "First one"
    cloned.release({'"one"': '"two"'})
    cloned.until(URL, "First two", 240)

    cloned.uploads = None  # the pipeline forgot it
    cloned.release({'"one"': '"three"'})
    cloned.until_status("was not fetched: ", 240)
    assert "404" in fleet.status("web")
    secret.write_text("reader:another")
    cloned.now()
    cloned.until_status("403", 240)
    assert fleet.curl(URL) == "First two"
    cloned.uploads = bucket / "prod"
    secret.write_text("reader:s3cret/key+1")
    cloned.apply()
    cloned.until(URL, "First three", 300)
    assert "s3cret" not in fleet.sh("web", "journalctl --no-pager; cat /var/log/cloud-init-output.log")


def test_what_a_build_made(make: Make, repository: Repository, tmp_path: Path) -> None:
    token, served = tmp_path / "token", tmp_path / "builds"
    token.write_text("t0ken")
    served.mkdir()

    def built(name: str) -> str:
        file = served / f"{name}.tar.gz"
        with tarfile.open(file, "w:gz") as archive:
            archive.add(repository.work / "web", "web")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        at = f"{{ url: 'http://{HOST}:9001/{name}.tar.gz', sha256: {digest} }}"
        return f"releases: {{ from: https, private: true, artifacts: {{ web: {at} }} }}\n"

    cloned = make("trixie", {"releases_token": "t0ken"}, built("1.0"))
    cloned.start(builds=(sys.executable, HERE / "file_server.py", HOST, "9001", served, token))
    fleet = cloned.fleet
    assert fleet.curl(URL) == "First one"
    repository.change({'"one"': '"two"'})
    cloned.environment = built("1.1")
    cloned.apply()
    cloned.until(URL, "First two", 240)
    (served / "1.1.tar.gz").write_bytes(b"something else")
    repository.change({'"one"': '"three"'})
    cloned.environment = built("1.2")
    (served / "1.2.tar.gz").write_bytes(b"something else")
    cloned.apply()
    cloned.until_status("was not fetched: the archive has the wrong SHA-256", 240)
    assert fleet.curl(URL) == "First two"
