"""Drivers log in with the URLs that components get, whatever the user, the password and the database are.

The servers are Debian's, on loopback. Terraform itself makes the URLs of the passwords: every printable character,
each of them alone, and drawn strings.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from heroku import support_servers as servers
from heroku.support_run import have
from support.terraform import Terraform

from drivers.links import USER, variables

pytestmark = [pytest.mark.drivers, pytest.mark.terraform, pytest.mark.slow]

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_DRAWN = random.Random(14)
KEYS = [
    PRINTABLE,
    PRINTABLE[::-1],
    *(f"p{sign}q" for sign in PRINTABLE),
    *(f"{sign}%41" for sign in "+%&=?#/@: "),
    *("".join(_DRAWN.choices(PRINTABLE + "é€😀", k=24)) for _ in range(4)),
]
FEW = [KEYS[0], KEYS[1], "p+q%20", "Grüße €"]
DATABASE = "my db%/&?+#"
TARGETS = ["openstack", "heroku"]
PATH = quote(DATABASE, safe="")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[tuple[int, Callable[[str], None]]]:
    """The port of a server, and a function that changes the password of the user."""
    import psycopg
    from psycopg import sql

    with servers.postgresql() as url, psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        admin.execute(sql.SQL("create role {} login").format(sql.Identifier(USER)))
        change = sql.SQL("alter role {} password {}")
        yield (
            urlsplit(url).port or 0,
            lambda key: (admin.execute(change.format(sql.Identifier(USER), sql.Literal(key))), None)[1],
        )


@pytest.mark.parametrize("target", TARGETS)
def test_psycopg_and_postgresqls_driver_for_java(
    terraform: Terraform, tmp_path: Path, postgresql: tuple[int, Callable[[str], None]], target: str
) -> None:
    import psycopg

    port, change = postgresql
    href = f"postgresql://127.0.0.1:{port}/{PATH}"
    with Java("postgresql", "select 1") as java:
        keys = KEYS if target == "openstack" else FEW
        for key, made in zip(keys, variables(terraform, tmp_path / "x", target, "PostgreSQL", href, keys), strict=True):
            change(key)
            with psycopg.connect(made["DATABASE_URL"]) as found:
                assert (found.info.user, found.info.dbname) == (USER, DATABASE)
            assert java.says(made["JDBC_DATABASE_URL"]) == "in", key
            url = made["JDBC_DATABASE_URL"]
            assert java.says(url, made["JDBC_DATABASE_USERNAME"], made["JDBC_DATABASE_PASSWORD"]) == "in", key


@pytest.mark.parametrize("user", [USER, "app"])
@pytest.mark.parametrize("target", TARGETS)
def test_pymysql_and_both_drivers_for_java(terraform: Terraform, tmp_path: Path, target: str, user: str) -> None:
    """MariaDB's does not decode: with the user and the password beside the URL, both log in. With the URL alone, both
    do if nothing in them needs to be encoded.
    """
    import pymysql

    (tmp_path / "empty.sql").write_text("select 1;\n")
    keys = [*(KEYS if (target, user) == ("openstack", "app") else FEW), "Safe_1.2-3~"]
    with (
        servers.mariadb(
            tmp_path / "empty.sql", f"grant all on d.* to {_quoted(user)}@'127.0.0.1' identified by ''"
        ) as url,
        Java("mariadb-java-client", "select 1") as mariadb,
        Java("mysql-connector-j", "select 1") as mysql,
    ):
        port = urlsplit(url).port
        admin = pymysql.connect(host="127.0.0.1", port=port, user="u", password="pw", autocommit=True)
        href = f"mysql://127.0.0.1:{port}/d"
        found = variables(terraform, tmp_path / "x", target, "MariaDB", href, keys, user=user)
        for key, made in zip(keys, found, strict=True):
            admin.cursor().execute("alter user %s@'127.0.0.1' identified by %s", (user, key))
            parts = urlsplit(made["DATABASE_URL"])
            login = {"user": unquote(parts.username or ""), "password": unquote(parts.password or "").encode()}
            pymysql.connect(host="127.0.0.1", port=port, database=unquote(parts.path[1:]), **login).close()
            beside = made["JDBC_DATABASE_USERNAME"], made["JDBC_DATABASE_PASSWORD"]
            for java in (mariadb, mysql):
                assert java.says(made["JDBC_DATABASE_URL"], *beside) == "in", (java, key)
                if (user, key) == ("app", keys[-1]):
                    assert java.says(made["JDBC_DATABASE_URL"]) == "in"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("user", [USER.replace(" ", ""), ""])  # a user of Redis has no space
def test_redis(terraform: Terraform, tmp_path: Path, target: str, user: str) -> None:
    import redis

    with servers.redis() as url:
        admin = redis.Redis.from_url(url)
        href = f"redis://127.0.0.1:{urlsplit(url).port}/3"
        keys = KEYS if target == "openstack" else FEW
        found = variables(terraform, tmp_path / "x", target, "Redis", href, keys, user=user)
        for key, made in zip(keys, found, strict=True):
            name = user or "default"
            admin.execute_command("ACL", "SETUSER", name, "on", "resetpass", f">{key}", "+@all", "~*")
            client = redis.Redis.from_url(made["DATABASE_URL"])
            assert client.ping()
            assert client.execute_command("ACL", "WHOAMI").decode() == name
            assert client.connection_pool.connection_kwargs["db"] == 3
            client.close()


@pytest.mark.parametrize("target", TARGETS)
def test_pika_and_kombu(terraform: Terraform, tmp_path: Path, target: str) -> None:
    import kombu
    import pika

    at = _imported(tmp_path)
    with servers.rabbitmq(f"definitions.import_backend = local_filesystem\ndefinitions.local.path = {at}\n") as url:
        href = f"amqp://127.0.0.1:{urlsplit(url).port}/{PATH}"
        for number, key in enumerate(FEW):
            user = f"{USER}{number}"
            (made,) = variables(terraform, tmp_path / f"x{number}", target, "RabbitMQ", href, [key], user=user)
            pika.BlockingConnection(pika.URLParameters(made["DATABASE_URL"])).close()
            with kombu.Connection(made["DATABASE_URL"]) as connection:
                connection.connect()
                assert connection.virtual_host == DATABASE


def _imported(folder: Path) -> Path:
    path = folder / "definitions.json"
    path.write_text(json.dumps(_definitions(FEW)))
    return path


def _definitions(keys: Sequence[str]) -> Mapping[str, object]:
    """Users as RabbitMQ imports them: https://www.rabbitmq.com/docs/passwords."""
    salt = b"salt"
    hashes = [base64.b64encode(salt + hashlib.sha256(salt + key.encode()).digest()).decode() for key in keys]
    names = [f"{USER}{number}" for number in range(len(keys))]
    everything = {"vhost": DATABASE, "configure": ".*", "write": ".*", "read": ".*"}
    algorithm = "rabbit_password_hashing_sha256"
    return {
        "users": [
            {"name": name, "password_hash": each, "hashing_algorithm": algorithm, "tags": ""}
            for name, each in zip(names, hashes, strict=True)
        ],
        "vhosts": [{"name": DATABASE}],
        "permissions": [{"user": name, **everything} for name in names],
    }


class Java:
    """A driver of `DRIVERS_JARS` that logs in."""

    def __init__(self, driver: str, query: str) -> None:
        (jar,) = Path(os.environ["DRIVERS_JARS"]).glob(f"{driver}-*.jar")
        program = Path(__file__).with_name("Login.java")
        self._process = subprocess.Popen(
            [have("java"), "-cp", str(jar), str(program), query],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Java:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def says(self, *words: str) -> str:
        """``in``, or why not."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(base64.b64encode(word.encode()).decode() for word in words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()
