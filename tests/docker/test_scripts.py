"""The scripts in the containers of services, run with stand-ins for the images."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.targets.kubernetes import operators

PASSWORD = "p\"a'ss\\w$(touch hacked) `x` %s"
SCRIPTS = sorted(BUILT_IN.glob("*/templates/docker-*.sh"))
POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)
MARIADB = all(map(shutil.which, ("mariadbd", "mariadb", "mariadb-install-db")))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: f"{file.parent.parent.name}/{file.name}")
def test_the_shell_can_read_a_script(file: Path) -> None:
    shell = file.read_text().partition("\n")[0].removeprefix("#!/bin/")
    assert subprocess.run([shell, "-n", file], capture_output=True, text=True, check=False).stderr == ""


def placed(folder: Path, product: str, name: str) -> Path:
    """A script, with its places in ``folder``."""
    text = (BUILT_IN / product / "templates" / name).read_text()
    for place in ("/srv/camp/load", "/run/secrets", f"/usr/local/etc/{product}", f"/etc/{product}"):
        (folder / place[1:].replace("/", "-")).mkdir(exist_ok=True)
        text = text.replace(place, str(folder / place[1:].replace("/", "-")))
    (folder / "run-secrets/password").write_text(PASSWORD)
    script = folder / name
    script.write_text(text)
    return script


def stub(folder: Path, name: str, text: str) -> None:
    """A program that the script calls."""
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin" / name
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


def run(folder: Path, words: list[str], variables: Mapping[str, str], status: int = 0) -> str:
    """What a script prints."""
    own = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", **variables}
    done = subprocess.run(words, env=own, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr + done.stdout
    assert not (folder / "hacked").exists()
    assert PASSWORD not in done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("product", ["redis", "valkey"])
def test_a_password_in_the_configuration_of_redis(tmp_path: Path, product: str) -> None:
    script = placed(tmp_path, product, "docker-start.sh")
    stub(tmp_path, "docker-entrypoint.sh", 'printf "%s\\n" "$@"')
    stub(tmp_path, "chown", "")
    shown = run(tmp_path, ["sh", str(script), "--maxmemory", "5mb"], {})
    folder = tmp_path / f"usr-local-etc-{product}"
    assert shown.splitlines() == [f"{product}-server", str(folder / f"{product}.conf"), "--maxmemory", "5mb"]
    written = (folder / "password.conf").read_text()
    assert written == 'requirepass "p\\"a\'ss\\\\w$(touch hacked) `x` %s"'
    assert (folder / "password.conf").stat().st_mode & 0o777 == 0o600


def test_the_user_and_the_virtual_hosts_of_rabbitmq(tmp_path: Path) -> None:
    script = placed(tmp_path, "rabbitmq", "docker-start.sh")
    stub(tmp_path, "docker-entrypoint.sh", 'printf "%s\\n" "$@"')
    stub(tmp_path, "chown", "")
    shown = run(tmp_path, ["bash", str(script)], {"CAMP_USER": "shop", "CAMP_DATABASES": "mail orders"})
    assert shown == "rabbitmq-server\n"
    definitions = tmp_path / "etc-rabbitmq/camp.json"
    read = json.loads(definitions.read_text())
    assert definitions.stat().st_mode & 0o777 == 0o600
    assert read["users"] == [{"name": "shop", "password": PASSWORD, "tags": ""}]
    assert read["vhosts"] == [{"name": "mail"}, {"name": "orders"}]
    assert [(each["user"], each["vhost"]) for each in read["permissions"]] == [("shop", "mail"), ("shop", "orders")]


MONGOSH = """\
echo "$CAMP_USER $CAMP_PASSWORD" > credentials
id=${*##*_id: \\'}
id=${id%%\\'*}
case "$*" in
  *insertOne*) echo "$id" >> marks ;;
  *countDocuments*) grep -csx "$id" marks || [ -e marks ] || echo 0 ;;
esac
"""


def test_what_mongodb_loads(tmp_path: Path) -> None:
    script = placed(tmp_path, "mongodb", "docker-setup.sh")
    for name in ("mongorestore", "mongoimport"):
        stub(tmp_path, name, f'echo "{name} $*" >> calls')
    stub(tmp_path, "mongosh", MONGOSH)
    load = tmp_path / "srv-camp-load"
    put(load / "001/shop/goods/goods.json", b"{}\n")
    put(load / "002/shop/plain/shop.archive", b"archive")
    put(load / "003/mail/packed/mail.gz", gzipped(b"archive"))
    put(load / "004/mail/folder/mail/a.bson", b"")
    put(load / "004/mail/folder/mail/a.metadata.json", b"")
    variables = {"CAMP_USER": "shop", "CAMP_DATABASES": "mail shop"}
    run(tmp_path, ["bash", str(script)], variables)
    assert (tmp_path / "credentials").read_text() == f"shop {PASSWORD}\n"
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == [
        f"mongoimport --quiet --port 27017 --db shop --collection goods --drop --file {load}/001/shop/goods/goods.json",
        f"mongorestore --quiet --port 27017 --drop --nsInclude shop.* --archive={load}/002/shop/plain/shop.archive",
        f"mongorestore --quiet --port 27017 --drop --nsInclude mail.* --archive={load}/003/mail/packed/mail.gz --gzip",
        f"mongorestore --quiet --port 27017 --drop --db mail --dir {load}/004/mail/folder/mail",
    ]
    again = run(tmp_path, ["bash", str(script)], variables)
    assert again.count("was loaded before: keeping it") == 4


def put(file: Path, content: bytes) -> None:
    """A file in its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def gzipped(content: bytes) -> bytes:
    """What gzip makes of it."""
    import gzip

    return gzip.compress(content)


def sql_files(load: Path) -> None:
    """A script, a packed dump, and a folder."""
    put(load / "001/shop/seed/schema.sql", b"create table a (x text); insert into a values ('it''s :name');\n")
    put(load / "002/other/packed/dump.sql.gz", gzipped(b"create table b (x int);\n"))
    put(load / "003/shop/folder/2.sql", b"insert into c values (1);\n")
    put(load / "003/shop/folder/1.sql", b"create table c (x int);\n")
    put(load / "003/shop/folder/README", b"not SQL\n")


VARIABLES = {"CAMP_USER": "shop", "CAMP_DATABASES": "other shop"}


@pytest.fixture
def postgres() -> Iterator[Path]:
    """The folder of a running server, which listens only on its socket."""
    if POSTGRES is None or not shutil.which("runuser"):
        pytest.skip("needs PostgreSQL")
    folder = Path(tempfile.mkdtemp())  # not below pytest's folder, which other users cannot enter
    folder.chmod(0o755)
    (folder / "socket").mkdir()
    shutil.chown(folder / "socket", "postgres")
    control = as_postgres([str(POSTGRES / "pg_ctl"), "-D", str(folder / "socket/data"), "-s", "-w"])
    words = [str(POSTGRES / "initdb"), "-D", str(folder / "socket/data"), "-U", "postgres", "-A", "trust"]
    subprocess.run(as_postgres(words), check=True, capture_output=True)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder / 'socket'} -c fsync=off"
    with (folder / "log").open("w") as log:
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=log, stderr=log)
    yield folder
    subprocess.run([*control, "-m", "immediate", "stop"], check=True)
    assert PASSWORD not in (folder / "log").read_text()
    shutil.rmtree(folder)


def as_postgres(words: list[str]) -> list[str]:
    """The words of a command that runs as the user of the server."""
    return ["runuser", "-u", "postgres", "--", *words]


@pytest.mark.slow
def test_what_is_loaded_where_an_operator_runs_postgresql(postgres: Path) -> None:
    """By the owner of the database, who is no superuser: each once, and whole or not at all."""
    assert POSTGRES
    placed(postgres, "postgresql", "docker-setup.sh")  # the folders
    load, script = postgres / "srv-camp-load", postgres / "camp-load"
    text = operators.script(operators.known()["cnpg"]).decode()
    script.write_text(text.replace("/srv/camp/load", str(load)))
    variables = {"PGHOST": str(postgres / "socket"), "PGUSER": "shop", "PATH": f"{POSTGRES}:{os.environ['PATH']}"}
    made = "create role shop login; create database shop owner shop; create database other owner shop;"
    for statement in made.split("; "):
        words = ["psql", "-U", "postgres", "-d", "postgres", "-c", statement]
        run(postgres, as_postgres(words), variables)
    sql_files(load)
    start = as_postgres(["bash", str(script)])
    assert run(postgres, start, variables).count("loading") == 3
    assert run(postgres, start, variables).count("was loaded before: keeping it") == 3
    query = ["psql", "-d", "shop", "-Atc", "select tableowner || x from pg_tables, a where tablename = 'c'"]
    assert run(postgres, as_postgres(query), variables).strip() == "shopit's :name"
    put(load / "004/shop/wrong/x.sql", b"create table d (x int); select nothing;\n")
    run(postgres, start, variables, status=3)
    query = ["psql", "-d", "shop", "-Atc", "select count(*) from pg_tables where tablename = 'd'"]
    assert run(postgres, as_postgres(query), variables).strip() == "0"


@pytest.mark.slow
def test_what_postgresql_sets_up_and_loads(postgres: Path) -> None:
    assert POSTGRES
    script = placed(postgres, "postgresql", "docker-setup.sh")
    variables = {**VARIABLES, "PGHOST": str(postgres / "socket"), "PATH": f"{POSTGRES}:{os.environ['PATH']}"}
    start = as_postgres(["bash", str(script)])

    def asked(database: str, query: str) -> str:
        words = ["psql", "-U", "postgres", "-d", database, "-Atc", query]
        return run(postgres, as_postgres(words), variables).strip()

    sql_files(postgres / "srv-camp-load")
    assert run(postgres, start, variables).count("loading") == 3
    assert run(postgres, start, variables).count("was loaded before: keeping it") == 3
    assert asked("shop", "select x from a") == "it's :name"
    assert asked("shop", "select * from c") == "1"
    owner = "select tableowner from pg_tables where tablename = '{}'"
    assert asked("other", owner.format("b")) == "shop", "the role owns what it loads"
    roles = "select rolname, rolsuper, rolpassword is null from pg_authid where rolcanlogin order by 1"
    assert asked("shop", roles) == "postgres|t|t\nshop|f|f", "only the role of the application has a password"

    dump = as_postgres([str(POSTGRES / "pg_dump"), "-U", "postgres", "-Fc", "-t", "a", "shop"])
    done = subprocess.run(dump, env=variables, cwd=postgres, check=True, capture_output=True)
    put(postgres / "srv-camp-load/004/other/custom/shop.dump", done.stdout)
    assert "loading custom" in run(postgres, start, variables), "an artifact that came later"
    assert "custom was loaded before: keeping it" in run(postgres, start, variables)
    assert asked("other", "select x from a") == "it's :name"
    assert asked("other", owner.format("a")) == "shop"

    put(postgres / "srv-camp-load/005/shop/broken/x.sql", b"create table half (x int); select nothing_such;\n")
    run(postgres, start, variables, status=3)
    assert asked("shop", "select count(*) from pg_tables where tablename = 'half'") == "0", "one transaction"
    sourced = as_postgres(["bash", "-c", f"set -Eeo pipefail; psql=(x); . {script}; echo 'goes on'"])
    assert "goes on" not in run(postgres, sourced, variables, status=3), "the image sources it"


@pytest.mark.slow
@pytest.mark.skipif(not MARIADB, reason="needs MariaDB")
def test_what_mariadb_sets_up_and_loads(tmp_path: Path) -> None:
    script = placed(tmp_path, "mariadb", "docker-setup.sh")
    data, socket = tmp_path / "data", tmp_path / "s"
    words = ["--no-defaults", f"--datadir={data}", "--user=root", "--auth-root-authentication-method=normal"]
    subprocess.run(["mariadb-install-db", *words, "--skip-test-db"], check=True, capture_output=True)
    stub(tmp_path, "mariadb", f'exec {shutil.which("mariadb")} --no-defaults --socket={socket} "$@"')
    sql_files(tmp_path / "srv-camp-load")
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [
                "mariadbd",
                "--no-defaults",
                f"--datadir={data}",
                "--user=root",
                "--skip-networking",
                f"--socket={socket}",
            ],
            stderr=log,
        )
    try:
        while not socket.exists():
            assert server.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
        assert run(tmp_path, ["bash", str(script)], VARIABLES).count("loading") == 3
        assert run(tmp_path, ["bash", str(script)], VARIABLES).count("was loaded before: keeping it") == 3
        login = {**VARIABLES, "MYSQL_PWD": PASSWORD}
        query = ["mariadb", "--user=shop", "--database=shop", "--batch", "--skip-column-names", "--execute"]
        assert run(tmp_path, [*query, "select x from a; select x from c"], login) == "it's :name\n1\n"
        assert run(tmp_path, [*query, "show tables from other"], login) == "b\n"
        put(tmp_path / "srv-camp-load/004/shop/broken/x.sql", b"select nothing_such;\n")
        run(tmp_path, ["bash", str(script)], VARIABLES, status=1)
        assert "failed half-way" in run(tmp_path, ["bash", str(script)], VARIABLES, status=1)
    finally:
        server.kill()
        server.wait()
