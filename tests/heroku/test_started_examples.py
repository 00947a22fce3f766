"""More examples, started from what the platform unpacked: a workspace, a Maven project, Composer, three apps."""

from __future__ import annotations

import contextlib
import json
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from support.terraform import Terraform

from heroku import support_run as run
from heroku import support_servers as servers
from heroku.support_deploy import Deployed, deploy, deployed
from heroku.support_heroku import EXAMPLES, ROOT

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")  # which Heroku's Aptfile installs
PICTURE = bytes.fromhex("47494638396101000100800000ff00000000002c00000000010001000002024401003b")
STORE = ROOT / "proofs" / "roots" / "file_server.py"
NOTE = """
  import { WebSocket } from "ws";
  const [one, two] = process.argv.slice(1).map((each) => new WebSocket(each.replace("http", "ws") + "/notes"));
  const opened = (socket) => new Promise((done) => socket.once("message", done));
  await Promise.all([opened(one), opened(two)]);
  two.on("message", (data) => { console.log(String(data)); process.exit(); });
  one.send(JSON.stringify({ author: "Ada", text: "it's <b> & é" }));
  setTimeout(() => process.exit(1), 10000);
"""


def test_the_board_is_built_and_its_dynos_share_notes(tmp_path: Path, terraform: Terraform) -> None:
    """A browser of one dyno sees at once what a browser of the other dyno writes."""
    app_name = "notes-on-a-board"
    with servers.redis() as cache:
        app = deploy(tmp_path, terraform, EXAMPLES / "board", app_name, run.nodejs_built, cache, "-var=title=A & B")
        assert app.told["NOTES_URL"] == app.told["REDIS_URL"] == cache
        assert not (app.folder / "node_modules/typescript").exists(), "only the build needs it"
        other = {**app.told, "PORT": str(run.free_port())}
        web = app.commands["web"]
        with run.dyno(app.folder, web, app.told) as one, run.dyno(app.folder, web, other) as two:
            assert "<h1>A &#38; B</h1>" in run.ask(f"{one}/")[1]
            assert run.ask(f"{two}/healthz")[0] == 200
            for ends in ((one, two), (two, one)):
                found = run.release(
                    app.folder / "apps/board",
                    f"node --input-type=module -e {shlex.quote(NOTE)} {' '.join(ends)}",
                    other,
                )
                assert json.loads(found) == [{"author": "Ada", "text": "it's <b> & é"}]


def test_the_ledger_is_built_and_creates_its_tables(tmp_path: Path, terraform: Terraform) -> None:
    """Its database is not an add-on: the URL is in the plan, the user and the password are secrets."""
    with servers.postgresql() as url:
        parts = urlsplit(url)
        user, password = parts.username or "", "s/e:c@r%t"
        assert parts.password == quote(password, safe="")
        given = (f"-var=database_user={user}", f"-var=database_password={password}")
        app = deploy(tmp_path, terraform, EXAMPLES / "ledger", "ledger-of-ours", run.maven, "", *given)
        elsewhere = "jdbc:postgresql://db.example.org:5432/ledger"
        assert app.told["JDBC_DATABASE_URL"].partition("?")[0] == elsewhere
        assert app.told["DATABASE_URL"] == f"postgresql://u:{parts.password}@db.example.org/ledger"
        here = f"jdbc:postgresql://{parts.hostname}:{parts.port}{parts.path}"  # as if the name led here
        told = {**app.told, "JDBC_DATABASE_URL": app.told["JDBC_DATABASE_URL"].replace(elsewhere, here)}
        assert "the tables exist" in run.release(app.folder, app.commands["release"], told)
        assert "-Xmx512m" in told["JAVA_OPTS"]
        with run.dyno(app.folder, app.commands["web"], told) as address:
            assert run.ask(f"{address}/healthz") == (200, "ok\n")
            assert run.ask(f"{address}/accounts/ada", data=b"250") == (201, "2.50 EUR\n")
            assert run.ask(f"{address}/accounts/ada", data=b"100001")[0] == 422
            assert run.ask(f"{address}/accounts/ada") == (200, "2.50 EUR\n")


def test_recipes_with_pictures_and_a_sweep(tmp_path: Path, terraform: Terraform) -> None:
    """PHP's own server has no files of its own for pictures, and on Heroku they are lost with the dyno."""
    if not FONT.exists():
        pytest.skip(f"NO {FONT} HERE: the copy that needs it was not started")
    with servers.mariadb(EXAMPLES / "recipes/db/schema.sql") as url:
        app = deploy(tmp_path, terraform, EXAMPLES / "recipes", "recipes", run.composer, url)
        assert (app.folder / "Aptfile").read_text() == "fonts-dejavu-core\n"
        assert app.told["PICTURES"] == "/srv/pictures"
        told = {**app.told, "PICTURES": str(tmp_path / "pictures")}
        with run.dyno(app.folder, app.commands["web"], told) as address:
            run.ask(f"{address}/")
            form = ["-F", "title=Rösti", "-F", "text=Potatoes"]
            silent = ("-o", "/dev/null", "-w", "%{http_code}")
            for picture, status in (("picture=@-;filename=a.gif", b"303"), ("picture=@/etc/hostname", b"400")):
                assert curl(*silent, *form, "-F", picture, f"{address}/", data=PICTURE) == status
            status, page = run.ask(f"{address}/")
            assert (status, "<h2>Rösti</h2>" in page) == (200, True), page
        (kept,) = (tmp_path / "pictures").iterdir()
        assert kept.name in page
        assert kept.read_bytes().startswith(b"\xff\xd8"), "a JPEG"
        assert "removed 0 pictures" in run.release(app.folder, "php bin/sweep.php", told)


def curl(*arguments: str, data: bytes = b"") -> bytes:
    """The output of curl. ``data``: its input."""
    done = subprocess.run(["curl", "-sS", *arguments], input=data, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, f"curl {arguments}: {done.stderr.decode()}"
    return done.stdout


def routed(app: Deployed, apps: Iterable[Deployed]) -> None:
    """Replace the URLs of apps in the configuration with those of this host."""
    for name, value in app.told.items():
        for each in apps:
            if value == each.url:
                app.told[name] = f"http://127.0.0.1:{each.port}"


@contextlib.contextmanager
def bucket(app: Deployed, work: Path) -> Iterator[None]:
    """Serve the add-on's bucket on loopback, with the credentials that the app has."""
    (work / "s3").mkdir()
    key, secret = (app.told[f"PHOTOS_AWS_{part}"] for part in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"))
    (work / "key").write_text(f"{key}:{secret}")
    port = run.free_port()
    app.told["PHOTOS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
    app.told["AWS_REQUEST_CHECKSUM_CALCULATION"] = (
        "when_required"  # this server accepts no upload in chunks, as S3 does
    )
    server = subprocess.Popen([sys.executable, STORE, "127.0.0.1", str(port), work / "s3", work / "key"])
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)


def test_tickets_are_three_apps_that_call_each_other(tmp_path: Path, terraform: Terraform) -> None:
    """Node.js, Go and Python. The tests replace Heroku's router, and the add-on with the photos."""
    names = {"web": run.nodejs, "tickets": run.go, "people": run.python}
    with servers.postgresql() as url:
        urls = {"heroku-postgresql": url, "bucketeer": ""}
        buildpacks = {f"tickets-{name}": each for name, each in names.items()}
        apps = deployed(tmp_path, terraform, EXAMPLES / "tickets", buildpacks, urls)
        web, tickets, people = (apps[name] for name in buildpacks)
        assert web.told["TICKETS_URL"] == tickets.url
        assert web.told["PEOPLE_URL"] == tickets.told["PEOPLE_URL"] == people.url
        assert tickets.told["WEB_URL"] == web.url
        assert len({each.told["CALL_TOKEN"] for each in apps.values()}) == 1
        for each in apps.values():
            routed(each, apps.values())
        assert "loading db/ticket.sql" in run.release(tickets.folder, tickets.commands["release"], tickets.told)
        with (
            bucket(people, tmp_path),
            run.dyno(people.folder, people.commands["web"], people.told) as address,
            run.dyno(tickets.folder, tickets.commands["web"], tickets.told),
            run.dyno(web.folder, web.commands["web"], web.told) as site,
        ):
            for each in (f"{address}/healthz", f"http://127.0.0.1:{tickets.port}/healthz"):
                assert run.ask(each)[0] == 200
            assert run.ask(f"{address}/people")[0] == 403, "only with the token"
            assert "Ada Lovelace" in run.ask(f"{site}/")[1]
            run.ask(f"{site}/", data=b"title=Broken+lamp&person=ada")
            end = time.monotonic() + 30
            while "#1 opened for Ada Lovelace" not in (page := run.ask(f"{site}/")[1]):
                assert time.monotonic() < end, page
            assert "Broken lamp" in page
            photo = tmp_path / "photo"
            photo.write_bytes(bytes(range(256)))
            place = f"{site}/people/ada/photo"
            curl("--fail", "--upload-file", str(photo), place)
            assert curl("--fail", place) == photo.read_bytes()
            old = ["psql", "--quiet", tickets.told["DATABASE_URL"], "-c", "update ticket set opened = '2020-01-01'"]
            subprocess.run(old, check=True, timeout=60)
            assert "closed 1 tickets" in run.release(tickets.folder, "bin/archive", tickets.told)
            page = run.ask(f"{site}/")[1]
            assert "#1 closed" in page
            assert "Broken lamp" not in page
