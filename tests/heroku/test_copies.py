"""The copies that Heroku builds: what is added, what is left as it is."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from camp2iac.targets.heroku import copies
from heroku.support_heroku import EXAMPLES, built, components, connect, example, hosts, service

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")


def test_guestbook_is_as_the_artifact_with_two_files_more() -> None:
    found = example("guestbook").copies
    for name in ("guestbook.py", "requirements.txt"):
        assert found[f"build/web/{name}"] == (EXAMPLES / "guestbook" / "web" / name).read_bytes()
    assert found["build/web/.python-version"] == b"3.14\n"
    assert found["build/web/Procfile"].decode().splitlines()[1] == "web: gunicorn --bind=0.0.0.0:$PORT guestbook:app"


def test_an_own_procfile_gets_the_lines_that_it_lacks() -> None:
    own = "# mine\nweb: python main.py\nclock: python clock.py\n"
    text = copies.procfile(own, {"web": "python main.py", "clock": "python clock.py", "release": "psql", "worker": "w"})
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
    assert re.search(r'^release: psql .* "\$DATABASE_URL" && \./migrate$', procfile, re.MULTILINE)
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
    assert "CAMP445" in built(tmp_path, plan).codes


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str, patience: float = 30) -> tuple[int, str]:
    """The status and text of a page, as soon as somebody answers."""
    end = time.monotonic() + patience
    while (found := _asked(url)) is None and time.monotonic() < end:
        time.sleep(0.2)
    assert found is not None, f"nobody answers at {url}"
    return found


def _asked(url: str) -> tuple[int, str] | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()
    except OSError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize(("name", "app", "path"), [("guestbook", "web", "/healthz"), ("wsgi", "app", "/")])
def test_the_copy_really_starts(tmp_path: Path, name: str, app: str, path: str) -> None:
    """As on Heroku: a virtual environment, the requirements in it, the web command by a shell."""
    out = example(name).write(tmp_path / "module") / "build" / app
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=300)
    done = subprocess.run(
        [tmp_path / "venv/bin/pip", "install", "-q", "--disable-pip-version-check", "-r", "requirements.txt"],
        cwd=out, timeout=300, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"the requirements cannot be installed (is there a package index?):\n{done.stderr}"
    command = copies.processes((out / "Procfile").read_text())["web"]
    port = free_port()
    environment = {"PATH": f"{tmp_path / 'venv/bin'}:/usr/bin:/bin", "PORT": str(port), "HOME": str(out)}
    server = subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=out, env=environment, stderr=subprocess.PIPE)
    try:
        assert ask(f"http://127.0.0.1:{port}{path}")[0] == 200
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.slow
@pytest.mark.skipif(not NGINX, reason="NO NGINX HERE: the configuration of the site is not run")
def test_the_site_really_answers(tmp_path: Path) -> None:
    out = example("site").write(tmp_path / "module") / "build" / "site"
    port = free_port()
    text = (out / "config/nginx.conf.erb").read_text()
    values = {'ENV["PORT"]': str(port), 'ENV["HOME"]': str(out), 'ENV["NGINX_WORKERS"] || 2': "2"}
    text = re.sub(r"<%= (.*?) %>", lambda found: values[found[1]], text.replace("/tmp/", f"{tmp_path}/"))
    (out / "config/nginx.conf").write_text(text)
    (out / "config/mime.types").write_text("types { text/html html; text/css css; }\n")
    (out / "logs").mkdir()
    out.parent.parent.parent.chmod(0o755)
    server = subprocess.Popen([str(NGINX), "-p", str(out), "-c", "config/nginx.conf", "-g", "user root;"])
    try:
        assert ask(f"http://127.0.0.1:{port}/")[0] == 200
        status, page = ask(f"http://127.0.0.1:{port}/nowhere")
        assert (status, page) == (404, (EXAMPLES / "site/public/404.html").read_text())
        assert ask(f"http://127.0.0.1:{port}/../config/nginx.conf")[0] in (400, 404), "only the site is served"
    finally:
        server.terminate()
        server.wait(20)
