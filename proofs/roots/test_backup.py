"""Backups to an S3 server: instances and volumes are destroyed, new ones have the rows. A flipped bit is noticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import AGAIN, Fleet
from roots.repository import HERE
from roots.s3_server import URL, S3Server

STORE = f's3: {{ endpoint: "{URL}", bucket: backups }}'
ROOT = os.environ.get("ROOTS", "bookworm").split()[0]
PSQL = "cd / && runuser -u postgres -- psql -XAtq archive -c"


class Archive:
    """The instances of plans/backup, with a store of backups at their gateway."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.fleet = Fleet(HERE / "plans/backup", work / "first", ROOT, environment=f"backup: {{ {STORE} }}\n")
        self.server: S3Server | None = None

    def boot(self) -> None:
        """Boot both instances. The server starts with the networks of the first."""
        for name in self.fleet.machines:
            self.fleet.up(name)
            if self.server is None:
                self.server = S3Server(self.fleet.world, self.work / "s3.log")

    def ready(self) -> None:
        for name in self.fleet.machines:
            self.fleet.wait(name)
            self.fleet.ready(name, 60)

    def again(self, id_: str, more: str = "") -> None:
        """Destroy the instances and volumes, and boot new ones with this value of ``restore_from``."""
        for name in tuple(self.fleet.up_):
            self.fleet.down(name, plug=True)
        shutil.rmtree(self.fleet.work / "disks")
        more = f"backup: {{ {STORE}, restore_from: {id_}{more} }}\n"
        paper = Fleet(HERE / "plans/backup", self.work / f"from-{id_}", ROOT, environment=more)
        self.fleet.machines = paper.machines
        self.boot()

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
        self.fleet.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = Archive(tmp_path)
    yield made
    made.close()


def orders(fleet: Fleet, sql: str) -> str:
    return fleet.sh("store", f'mariadb --skip-column-names archive --execute="{sql}"').strip()


def cache(fleet: Fleet, words: str) -> str:
    key = "REDISCLI_AUTH=$(cat /etc/archive/cache.password)"
    return fleet.sh("store", f"{key} redis-cli {words}").strip()


def rows(fleet: Fleet) -> dict[str, str]:
    """What a user would miss."""
    return {
        "PostgreSQL": fleet.sh("box", f"{PSQL} \"select string_agg(word, ' ' order by word) from words\"").strip(),
        "its owner": fleet.sh("box", f"{PSQL} \"select tableowner from pg_tables where tablename = 'words'\"").strip(),
        "other role": fleet.sh("box", f"{PSQL} \"select rolname from pg_roles where rolname = 'reader'\"").strip(),
        "loaded": fleet.sh("box", f"{PSQL} 'select count(*) from first'").strip(),
        "MariaDB": orders(fleet, "select group_concat(word order by word) from words"),
        "Redis": cache(fleet, "get word"),
        "file": fleet.sh("box", "cat /srv/media/photo"),
        "whose": fleet.sh("box", "stat --format '%U %a' /srv/media/photo").strip(),
    }


def write(fleet: Fleet) -> None:
    fleet.sh(
        "box",
        f"{PSQL} \"set role archive; create table words (word text); insert into words values ('naïve'), ('100%')\"",
    )
    fleet.sh("box", f"{PSQL} \"create role reader login password 'x'\"")
    orders(fleet, "create table words (word varchar(20)); insert into words values ('Grüße'), ('b')")
    cache(fleet, "set word kept")
    fleet.sh("box", "echo picture > /srv/media/photo; chown camp-app /srv/media/photo; chmod 640 /srv/media/photo")


def test_everything_is_back(archive: Archive) -> None:
    archive.boot()
    archive.ready()
    fleet = archive.fleet
    assert "no backup yet, the first is at 02:30" in fleet.status("box")
    write(fleet)
    before = rows(fleet)
    assert before["PostgreSQL"] == "100% naïve"
    for name in fleet.machines:
        fleet.sh(name, "systemctl start camp-backup.service")
        assert "last backup 20" in fleet.status(name)
    listed = fleet.sh("box", "camp-backup list")
    assert "  /srv/media, db/+roles, db/archive\n" in listed
    assert "cache/data, orders/+users, orders/archive" in fleet.sh("store", "camp-backup list")
    assert "no errors were found" in fleet.sh("box", "camp-backup check")
    first = listed.split()[0]

    # one database beside the present one, and in its place
    fleet.sh("box", f'{PSQL} "delete from words"')
    fleet.sh("box", f"camp-backup restore {first} --only db/archive --into copy")
    assert fleet.sh("box", f"{PSQL.replace('archive', 'copy')} 'select count(*) from words'") == "2\n"
    assert fleet.sh("box", f"{PSQL} 'select count(*) from words'") == "0\n"
    fleet.sh("box", "rm /srv/media/photo; camp-backup restore latest")
    orders(fleet, "drop table words")
    cache(fleet, "del word")
    fleet.sh("store", "camp-backup restore latest")
    fleet.sh("store", "camp-backup restore latest --only orders/archive --into copy")
    assert fleet.sh("store", "mariadb copy -Ne 'select count(*) from words'") == "2\n"
    assert rows(fleet) == before

    archive.again("latest")
    archive.ready()
    assert rows(fleet) == before
    assert fleet.sh("box", "cat /srv/media/starts").count("started") == 2, "the file of the first instance, and a start"
    fleet.sh("box", AGAIN)
    assert rows(fleet) == before, "data that exist stay"

    fleet.sh("box", "sed -i 's/^RESTORE_FROM = .*/RESTORE_FROM = \"20200101-000000\"/' /usr/local/bin/camp-backup")
    said = fleet.sh("box", "camp-backup fill folder /srv/new 2>&1; echo status $?")
    assert "there is no backup 20200101-000000 in s3:" in said
    assert "status 1" in said, "the boot stops with it"

    # another environment, with a copy of the backups
    assert archive.server
    archive.server.copy("backups", "archive", "archive-test")
    archive.again(first, ", folder: archive-test")
    archive.ready()
    assert rows(fleet) == before


def test_what_goes_wrong_is_said(archive: Archive) -> None:
    archive.boot()
    archive.ready()
    fleet = archive.fleet
    write(fleet)
    fleet.sh("box", "systemctl start camp-backup.service")
    before = fleet.sh("box", "camp-backup list").count("\n")

    # a dump that fails half-way is no backup
    fleet.sh(
        "box", "sed -i 's/\\(--format=custom.*\\) ;;/\\1; exit 3 ;;/' /usr/local/lib/camp/companion.backup/services/db"
    )
    assert fleet.sh("box", "systemctl start camp-backup.service; echo $?", check=False).strip().endswith("1")
    assert "the last try failed: db/archive cannot be dumped" in fleet.status("box")
    assert fleet.sh("box", "camp-backup list").count("\n") == before
    fleet.sh("box", "sed -i 's/; exit 3 ;;/ ;;/' /usr/local/lib/camp/companion.backup/services/db")
    fleet.sh("box", "systemctl start camp-backup.service")
    assert fleet.status("box").endswith(": ready")

    # too old
    fleet.sh("box", 'sed -i \'s/"at": [0-9]*/"at": 1700000000/\' /var/lib/camp/backup/last')
    assert "the last backup is of 2023-11-14" in fleet.status("box")
    assert "NOT READY" in fleet.status("box")

    # a bit
    assert archive.server
    key = archive.server.flip("backups", "archive/box")
    said = fleet.sh("box", "camp-backup check; echo status $?", check=False)
    assert "status 1" in said
    assert key.rpartition("/")[2][:8] in said

    # the store is away
    archive.server.close()
    said = fleet.sh("box", "timeout 1200 systemctl start camp-backup.service; echo $?", check=False)
    assert said.strip().endswith("1")
    assert "the last try failed" in fleet.status("box")
