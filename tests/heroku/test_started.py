"""What was deployed starts: the real provider applies it, and the tests run the Procfile's commands on what the
platform unpacked, with the configuration from its API.

Buildpacks are simplified: venv and pip, npm, Maven, go install, Composer, PHP's own server instead of Apache.
test_started_examples.py has more examples.
"""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from support.terraform import Terraform

from heroku import support_run as run
from heroku import support_servers as servers
from heroku.support_deploy import Buildpack, deploy
from heroku.support_heroku import EXAMPLES, ROOT, compile_plan, example

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

SAMPLES = ROOT / "camp2iac" / "catalogue" / "products"


def test_the_guestbook(tmp_path: Path, terraform: Terraform) -> None:
    with servers.postgresql() as url:
        app = deploy(tmp_path, terraform, EXAMPLES / "guestbook", "guestbook", run.python, url)
        assert app.told["DATABASE_URL"] == url
        assert "loading" in run.release(app.folder, app.commands["release"], app.told)
        assert run.release(app.folder, app.commands["release"], app.told) == "", "it is loaded once"
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            assert run.ask(f"{address}/", data=b"name=Gr%C3%BCezi") == run.ask(f"{address}/")
            status, page = run.ask(f"{address}/")
        assert status == 200
        assert "<h1>Sign here, ${friend}</h1><p>Hello</p>" in page
        assert "<li>Grüezi</li>" in page


def test_a_wsgi_application_without_anything(tmp_path: Path, terraform: Terraform) -> None:
    app = deploy(tmp_path, terraform, EXAMPLES / "wsgi", "sensor-readings", run.python)
    with run.dyno(app.folder, app.commands["web"], app.told) as address:
        assert run.ask(f"{address}/")[0] == 200


def test_nodejs_listens_where_it_is_told(tmp_path: Path, terraform: Terraform) -> None:
    """Without a MongoDB, the application responds with an error."""
    url = "mongodb://127.0.0.1:9/todo?serverSelectionTimeoutMS=300"
    app = deploy(tmp_path, terraform, EXAMPLES / "todo", "todo-list", run.nodejs, "", f"-var=mongo_url={url}")
    assert app.told["MONGO_URL"] == url
    with run.dyno(app.folder, app.commands["web"], app.told) as address:
        assert run.ask(f"{address}/") == (500, '{"error":"the list cannot be reached"}\n')
        assert run.ask(f"{address}/nowhere")[0] == 404


def test_a_web_process_and_a_worker_share_a_cache_and_a_queue(tmp_path: Path, terraform: Terraform) -> None:
    with servers.redis() as cache, servers.rabbitmq() as jobs:
        urls = {"heroku-redis": cache, "cloudamqp": jobs}
        app = deploy(tmp_path, terraform, EXAMPLES / "thumbs", "thumbs", run.python, urls)
        assert (app.told["CACHE_URL"], app.told["JOBS_URL"], app.told["EDGE"]) == (cache, jobs, "96")
        picture = b"P6\n192 96\n255\n" + bytes(192 * 96 * 3)
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            status, name = run.ask(f"{address}/", data=picture)
            assert status == 202, name
            small = f"{address}/{name.strip()}"
            assert run.ask(small)[0] == 404, "nobody works yet"
            with run.dyno(app.folder, app.commands["worker"], app.told):
                end = time.monotonic() + 60
                while run.ask(small)[0] == 404 and time.monotonic() < end:
                    time.sleep(0.5)
                status, page = run.ask(small)
    assert (status, page.startswith("P6\n96 48\n255\n")) == (200, True)


def test_php_with_a_database_that_was_loaded_by_hand(tmp_path: Path, terraform: Terraform) -> None:
    with servers.mariadb(EXAMPLES / "php/db/schema.sql") as url:
        app = deploy(tmp_path, terraform, EXAMPLES / "php", "recipes", run.php, url)
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            run.ask(f"{address}/", data=b"title=Soup&text=Stir")
            status, page = run.ask(f"{address}/")
            assert (status, "<h2>Soup</h2>" in page) == (200, True), page


def test_a_web_archive_on_tomcat(tmp_path: Path, terraform: Terraform) -> None:
    with servers.postgresql() as url:
        app = deploy(tmp_path, terraform, EXAMPLES / "vitals", "vitals", run.maven, url)
        run.release(app.folder, app.commands["release"], app.told)
        parts = urlsplit(url)  # as the buildpack's profile script does at each start
        jdbc = {
            "JDBC_DATABASE_URL": f"jdbc:postgresql://{parts.hostname}:{parts.port}{parts.path}",
            "JDBC_DATABASE_USERNAME": unquote(parts.username or ""),
            "JDBC_DATABASE_PASSWORD": unquote(parts.password or ""),
        }
        with run.dyno(app.folder, app.commands["web"], {**app.told, **jdbc}) as address:
            status, page = run.ask(f"{address}/vitals/")
            assert status == 200, page
            assert "<table" in page.lower()


@pytest.mark.parametrize(
    ("sample", "app", "buildpack", "expected"),
    [
        ("java", "app", run.jvm, 'it\'s "here", ${HOME}'),
        ("go", "app", run.go, 'it\'s "here", ${HOME}'),
        ("go", "built", run.inline, "it's built"),
    ],
)
def test_samples_of_the_catalogue(
    tmp_path: Path, terraform: Terraform, sample: str, app: str, buildpack: Buildpack, expected: str
) -> None:
    plan = SAMPLES / sample / "sample"
    output = compile_plan(plan / "camp.yaml")
    assert output.compiled is not None
    ids = list(output.compiled.topology.components)
    given = [f"-var={each}_app_name=app-{each}" for each in ids]
    deployed = deploy(tmp_path, terraform, plan, f"app-{app}", buildpack, "", *given)
    with run.dyno(deployed.folder, deployed.commands["web"], deployed.told) as address:
        status, page = run.ask(f"{address}/")
    assert status == 200
    assert expected in page


def test_a_django_project_is_migrated_and_answers(tmp_path: Path, terraform: Terraform) -> None:
    plan = SAMPLES / "django" / "sample"
    with servers.postgresql() as url:
        app = deploy(tmp_path, terraform, plan, "app-site", run.python, url, "-var=site_app_name=app-site")
        assert "Applying" in run.release(app.folder, app.commands["release"], app.told)
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            status, page = run.ask(f"{address}/")
            assert (status, "here" in page) == (200, True), page


def test_the_gallery_without_a_web_server_in_front_of_it(tmp_path: Path, terraform: Terraform) -> None:
    """Django serves the static files that the build collected."""
    given = ("-var=mail_user=u", "-var=mail_password=p")
    with servers.postgresql() as url:
        app = deploy(tmp_path, terraform, EXAMPLES / "gallery", "gallery", run.python, url, *given)
        assert app.told["MAIL_URL"] == "smtp://u:p@mail.example.org:587"
        run.release(app.folder, "python manage.py collectstatic --noinput", app.told)  # as the buildpack does
        assert "Applying photos.0001_initial" in run.release(app.folder, app.commands["release"], app.told)
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            status, page = run.ask(f"{address}/")
            assert (status, "<h1>Gallery</h1>" in page) == (200, True), page
            assert run.ask(f"{address}/static/gallery.css")[0] == 200


def test_bookings_are_migrated_taken_and_confirmed(tmp_path: Path, terraform: Terraform) -> None:
    with servers.postgresql() as database, servers.redis() as cache:
        urls = {"heroku-postgresql": database, "heroku-redis": cache, "scheduler": ""}
        app = deploy(tmp_path, terraform, EXAMPLES / "bookings", "bookings", run.python, urls)
        assert "migrated 002" in run.release(app.folder, app.commands["release"], app.told)
        assert run.release(app.folder, app.commands["release"], app.told) == ""
        with run.dyno(app.folder, app.commands["web"], app.told) as address:
            day = f"{address}/rooms/attic/2027-01-31"
            assert run.ask(day) == (200, "[]")
            assert run.ask(day, data=b'{"hour": 9, "name": "Ada"}')[0] == 201
            assert run.ask(day, data=b'{"hour": 9, "name": "Bob"}')[0] == 409
            with run.dyno(app.folder, app.commands["worker"], app.told):
                end = time.monotonic() + 30
                while '"confirmed": true' not in run.ask(day)[1] and time.monotonic() < end:
                    time.sleep(0.5)
            assert json.loads(run.ask(day)[1]) == [{"id": 1, "hour": 9, "name": "Ada", "confirmed": True}]
        assert "deleted 0 bookings" in run.release(app.folder, "python cleanup.py", app.told)


def test_the_site(tmp_path: Path) -> None:
    """nginx with the configuration that the buildpack processes with erb."""
    import re

    nginx = run.have("nginx")
    out = example("site").write(tmp_path / "module") / "build" / "site"
    port = run.free_port()
    text = (out / "config/nginx.conf.erb").read_text()
    values = {'ENV["PORT"]': str(port), 'ENV["HOME"]': str(out), 'ENV["NGINX_WORKERS"] || 2': "2"}
    text = re.sub(r"<%= (.*?) %>", lambda found: values[found[1]], text.replace("/tmp/", f"{tmp_path}/"))
    (out / "config/nginx.conf").write_text(text)
    (out / "config/mime.types").write_text("types { text/html html; text/css css; }\n")
    (out / "logs").mkdir()
    for folder in (out.parent.parent.parent, tmp_path, tmp_path.parent):
        folder.chmod(0o755)
    server = subprocess.Popen([nginx, "-p", str(out), "-c", "config/nginx.conf", "-g", "user root;"])
    try:
        assert run.ask(f"http://127.0.0.1:{port}/")[0] == 200
        status, page = run.ask(f"http://127.0.0.1:{port}/nowhere")
        assert (status, page) == (404, (EXAMPLES / "site/public/404.html").read_text())
        assert run.ask(f"http://127.0.0.1:{port}/../config/nginx.conf")[0] in (400, 404), "only the site is served"
    finally:
        server.terminate()
        server.wait(20)
