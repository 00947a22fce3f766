"""The copies that Heroku builds: what is added and what stays unchanged."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from camp2iac.targets.heroku.runtimes import procfiles
from camp2iac.targets.kit import copies
from heroku.support_heroku import EXAMPLES, built, components, connect, example, hosts, service


def test_guestbook_is_as_the_artifact_with_two_files_more() -> None:
    found = example("guestbook").copies
    for name in ("guestbook.py", "requirements.txt"):
        assert found[f"build/web/{name}"] == (EXAMPLES / "guestbook" / "web" / name).read_bytes()
    assert found["build/web/.python-version"] == b"3.14\n"
    assert found["build/web/Procfile"].decode().splitlines()[1] == "web: gunicorn --bind=0.0.0.0:$PORT guestbook:app"


def test_an_own_procfile_gets_the_lines_that_it_lacks() -> None:
    own = "# mine\nweb: python main.py\nclock: python clock.py\n"
    text = procfiles.procfile(
        own, {"web": "python main.py", "clock": "python clock.py", "release": "psql", "worker": "w"}
    )
    assert text == "release: psql\nworker: w\n# mine\nweb: python main.py\nclock: python clock.py\n"


def test_the_artifacts_release_command_comes_after_loading(tmp_path: Path) -> None:
    plan = (
        components("web")
        + connect("database")
        + (
            "  - name: tables\n    artifact_type: org.sql:SqlScript\n    content: { href: t.sql }\n    requirements:\n"
            "      - requirement_type: org.sql:ExecuteAt\n        fulfillment: id:database\n"
        )
    )
    files = {"t.sql": "select 1;\n", "web/Procfile": "release: ./migrate\nweb: ./serve\n"}
    out = built(tmp_path, plan + hosts("web") + service("database", "PostgreSQL"), files=files)
    procfile = out.copies["build/web/Procfile"].decode()
    assert re.search(r'^release: \[ .* \] \|\| exit 0; psql .* "\$DATABASE_URL" && \./migrate$', procfile, re.MULTILINE)
    assert "web: ./serve" in procfile
    assert (tmp_path / "web" / "Procfile").read_text() == files["web/Procfile"], "the user's own file is not touched"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, "gunicorn\n"),
        ("flask\n", "flask\ngunicorn\n"),
        ("flask", "flask\ngunicorn\n"),
        ("gunicorn==20\n", "gunicorn==20\n"),
        ("gunicorn[gevent]\n", "gunicorn[gevent]\n"),
        ("Gunicorn>=20\n", "Gunicorn>=20\n"),
        ("gunicorn-ext\n", "gunicorn-ext\ngunicorn\n"),
    ],
)
def test_gunicorn_is_added_where_it_is_missing(tmp_path: Path, own: str | None, expected: str) -> None:
    files = {} if own is None else {"web/requirements.txt": own}
    out = built(tmp_path, components("web") + hosts("web"), files=files)
    assert out.copies["build/web/requirements.txt"].decode() == expected


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    plan = components("web").replace("main/app", "'main/app; rm -rf /'") + hosts("web")
    assert "CAMP216" in built(tmp_path, plan).codes


def test_a_site_is_served_from_a_folder_of_its_own() -> None:
    found = example("site").copies
    assert found["build/site/Procfile"] == b"web: bin/start-nginx-static\n"
    assert "build/site/public/index.html" in found
    assert b"error_page 404 /404.html;" in found["build/site/config/nginx.conf.erb"]


def test_composer_requirements_that_are_only_php_get_a_lock_file() -> None:
    found = example("php").copies
    lock = json.loads(found["build/recipes/composer.lock"])
    assert lock["packages"] == []
    assert lock["platform"] == json.loads((EXAMPLES / "php/app/composer.json").read_text())["require"]


def test_a_web_archive_comes_with_tomcat_and_its_driver() -> None:
    found = example("vitals").copies
    pom = found["build/vitals/pom.xml"].decode()
    assert "<artifactId>tomcat</artifactId>" in pom
    assert "<artifactId>postgresql</artifactId>" in pom
    assert 'path="/vitals" docBase="vitals.war"' in found["build/vitals/server.xml"].decode()


@pytest.mark.parametrize(
    ("told", "digest", "runs"),
    [
        ("abc", "abc\n", True),
        ("abd", "abc\n", False),
        ("", "abc\n", False),  # Terraform removed the configuration, to destroy the app
        (None, "abc\n", False),
        ("abc", None, True),  # a .slugignore of the content leaves the file out: the command is not skipped silently
        (None, None, True),
    ],
)
def test_a_release_command_runs_with_its_own_configuration(
    tmp_path: Path, told: str | None, digest: str | None, runs: bool
) -> None:
    files = {"web/Procfile": "release: echo ran\nweb: ./serve\n"}
    out = built(tmp_path, components("web") + hosts("web"), files=files)
    command = copies.processes(out.copies["build/web/Procfile"].decode())["release"]
    own = out.copies["build/web/.camp2iac/release"].decode().strip()
    assert re.fullmatch(r"[0-9a-f]{8}", own)
    assert 'CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/web/.camp2iac/release"))' in out.files["web.tf"]
    slug = tmp_path / "slug"
    (slug / ".camp2iac").mkdir(parents=True)
    if digest is not None:
        (slug / ".camp2iac/release").write_text(digest)
    environment = {"PATH": os.environ["PATH"], **({"CAMP2IAC_RELEASE": told} if told is not None else {})}
    for shell in ("bash", "sh"):
        done = subprocess.run(
            [shell, "-uc", command], cwd=slug, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, "ran\n" if runs else ""), shell
