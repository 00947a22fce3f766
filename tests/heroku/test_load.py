"""The release command on a real PostgreSQL: it loads once, in one transaction, also with concurrent releases."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from camp2iac.targets.kit import copies
from heroku.support_heroku import built, components, connect, hosts, service

INITDB = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(INITDB is None or not shutil.which("psql"), reason="NO POSTGRESQL HERE: nothing was loaded"),
]

TABLES = """\
  - name: tables
    artifact_type: org.sql:SqlScript
    content: { href: db/it's.sql }
    requirements:
      - requirement_type: org.sql:ExecuteAt
        fulfillment: id:database
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database. If the tests run as root, the server runs as postgres."""
    assert INITDB is not None
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    user = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres")
    run = {"check": True, "capture_output": True, "cwd": "/", **user}
    ctl = [str(INITDB.with_name("pg_ctl")), "-D", str(folder / "d"), "-l", str(folder / "log"), "-w"]
    subprocess.run([str(INITDB), "-D", str(folder / "d"), "-A", "trust", "-U", "u"], **run)
    subprocess.run([*ctl, "-o", f"-k {folder} -c listen_addresses=", "start"], **{**run, "capture_output": False})
    try:
        yield str(folder)
    finally:
        subprocess.run([*ctl, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)


def database(server: str, name: str) -> str:
    psql(f"postgres:///postgres?host={server}&user=u", f"create database {name}")
    return f"postgres:///{name}?host={server}&user=u"


def psql(url: str, query: str) -> str:
    return subprocess.run(["psql", "-XAtc", query, url], capture_output=True, text=True, check=True).stdout.strip()


def release(folder: Path, sql: str) -> tuple[Path, str]:
    folder.mkdir()
    plan = components("web") + connect("database") + TABLES + hosts("web") + service("database", "PostgreSQL")
    out = built(folder, plan, files={"db/it's.sql": sql})
    copy = out.write(folder / "module") / "build" / "web"
    return copy, copies.processes((copy / "Procfile").read_text())["release"]


def start(copy: Path, command: str, url: str) -> subprocess.Popen[str]:
    assert command.startswith('[ "${CAMP2IAC_RELEASE-}" = "$(cat .camp2iac/release ')
    told = (copy / ".camp2iac/release").read_text().strip()
    return subprocess.Popen(
        ["bash", "-c", command],
        cwd=copy,
        env={**os.environ, "DATABASE_URL": url, "CAMP2IAC_RELEASE": told},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def test_loads_once(server: str, tmp_path: Path) -> None:
    url = database(server, "once")
    sql = "create table t (id int);\nselect set_config('search_path', '', false);\ncopy public.t from stdin;\n1\n\\.\n"
    copy, command = release(tmp_path / "plan", sql)
    status, said = finish(start(copy, command, url))
    assert status == 0, said
    assert "tables: loading db/it's.sql" in said
    assert finish(start(copy, command, url)) == (0, ""), "the second release has nothing to say"
    assert psql(url, "select count(*) from t") == "1"
    copy, command = release(tmp_path / "changed", sql + "-- another\n")
    status, said = finish(start(copy, command, url))
    assert status == 0
    assert "has changed since it was loaded" in said


def test_four_releases_at_once(server: str, tmp_path: Path) -> None:
    url = database(server, "four")
    copy, command = release(tmp_path / "plan", "create table t (id int);\ninsert into t values (1);\n")
    results = [finish(each) for each in [start(copy, command, url) for _ in range(4)]]
    assert [status for status, _ in results] == [0] * 4, results
    assert sum("loading" in said for _, said in results) == 1
    assert psql(url, "select count(*) from t") == "1"


def test_all_or_nothing(server: str, tmp_path: Path) -> None:
    url = database(server, "nothing")
    copy, command = release(tmp_path / "plan", "create table t (id int);\nselect 1 / 0;\n")
    status, said = finish(start(copy, command, url))
    assert status == 3, said
    assert psql(url, "select count(*) from pg_tables where schemaname = 'public'") == "0"


@pytest.mark.parametrize("form", ["plain", "custom"])
def test_a_dump_is_restored_once(server: str, tmp_path: Path, form: str) -> None:
    source, url = database(server, f"source_{form}"), database(server, f"target_{form}")
    psql(source, "create table kept (word text); insert into kept values ('it''s \"here\"')")
    dump = ["pg_dump", f"--format={form}", f"--file={tmp_path}/kept", source]
    subprocess.run(dump, check=True, cwd="/")
    (tmp_path / "plan").mkdir()
    plan = (
        components("web")
        + connect("database")
        + TABLES.replace("it's.sql", "kept").replace("org.sql:SqlScript", "org.postgresql:Dump")
    )
    (tmp_path / "plan" / "db").mkdir()
    (tmp_path / "plan" / "db" / "kept").write_bytes((tmp_path / "kept").read_bytes())
    out = built(tmp_path / "plan", plan + hosts("web") + service("database", "PostgreSQL"))
    copy = out.write(tmp_path / "module") / "build" / "web"
    command = copies.processes((copy / "Procfile").read_text())["release"]
    status, said = finish(start(copy, command, url))
    assert status == 0, said
    assert psql(url, "select word from kept") == 'it\'s "here"'
    assert finish(start(copy, command, url)) == (0, "")
