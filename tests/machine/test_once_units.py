"""Schedules and release processes of a plan on instances: who runs them, and as which units."""

from __future__ import annotations

import re

import pytest

from camp2iac.targets.base import Outcome
from tests.machine.conftest import Built, Make

PLAN = """\
camp_version: CAMP 1.2
name: shop
artifacts:
  - name: web
    artifact_type: {type}
    content: {{ href: web/ }}
    requirements:
      - requirement_type: {host}
        fulfillment: id:web
{more}
services:
  - id: web
    characteristics:
      - characteristic_type: {product}
{scale}
{services}
"""
SCALE = "      - { characteristic_type: org.camp2iac:Scale, min: 1, max: 3 }"
DATABASE = "  - id: database\n    characteristics:\n      - characteristic_type: %s\n"
LINK = "      - { requirement_type: ConnectTo, fulfillment: id:database }\n"
SCHEDULE = "      - { requirement_type: org.camp2iac:Schedule, name: tick, command: python tick.py, at: '* * * * *' }\n"
PROCESS = "      - { requirement_type: org.camp2iac:Process, worker: python tick.py, release: python tick.py }\n"
WORDS = "Process: release, python tick.py"


def plan(more: str, *, scale: str = SCALE, services: str = "", django: bool = False) -> str:
    product = "org.python:version" if not django else "Django"
    host, type_ = (
        ("org.python:HostOn", "org.python:src")
        if not django
        else ("org.djangoproject:RunOn", "org.djangoproject:Project")
    )
    return PLAN.format(more=more, scale=scale, services=services, product=product, host=host, type=type_)


def compiled(make: Make, text: str) -> Built:
    files = {
        "web/tick.py": "",
        "web/requirements.txt": "",
        "web/manage.py": "",
        "web/site/wsgi.py": "application = 1\n",
    }
    return make(text, files)


def packages(document: str) -> list[str]:
    (line,) = re.findall(r"^packages: \[(.*)\]$", document, re.MULTILINE)
    return str(line).split(", ")


def tick(built: Built) -> tuple[Outcome, str]:
    return next(value for words, value in built.ledger.items() if words.startswith("Schedule: tick"))


@pytest.mark.parametrize(("product", "client"), [("PostgreSQL", "postgresql-client"), ("MariaDB", "mariadb-client")])
def test_instances_that_share_a_database(make: Make, product: str, client: str) -> None:
    built = compiled(make, plan(LINK + PROCESS + SCHEDULE, services=DATABASE % product))
    document = built.files["cloud-init/web.yaml.tftpl"]
    assert client in packages(document)
    assert document.count("variable DATABASE_URL") == 2
    assert "ExecStart=/usr/local/lib/camp/camp-once slot shop-web.schedule.tick /bin/bash -e /opt/shop/" in document
    assert "ExecStartPre=/usr/local/lib/camp/camp-once release shop-web.release /bin/bash -e /opt/shop/" in document
    assert "Requires=camp-once-key@shop-web.release.service\n" in document
    assert "camp-once-key@.service" in document
    assert built.ledger[WORDS] == (Outcome.KEPT, "once for each release, on one instance")
    assert tick(built)[0] is Outcome.KEPT


def test_instances_without_a_database(make: Make) -> None:
    built = compiled(make, plan(PROCESS + SCHEDULE))
    document = built.files["cloud-init/web.yaml.tftpl"]
    assert document.count("first yes") == 2
    assert "variable DATABASE_URL" not in document
    assert "camp-once-key@" not in document
    assert not [name for name in packages(document) if name.endswith("-client")]
    assert built.ledger[WORDS] == (Outcome.DEGRADED, "on the first instance only")
    assert tick(built) == (Outcome.DEGRADED, "by systemd, on the first instance only")


def test_one_instance(make: Make) -> None:
    built = compiled(make, plan(LINK + PROCESS + SCHEDULE, scale="", services=DATABASE % "PostgreSQL"))
    document = built.files["cloud-init/web.yaml.tftpl"]
    assert "first yes" not in document
    assert "variable DATABASE_URL" not in document
    assert "postgresql-client" not in packages(document)
    assert "ExecStartPre=/bin/bash -e /opt/shop/web.release.sh" in document
    assert built.ledger[WORDS] == (Outcome.DEGRADED, "before each start")
    assert tick(built) == (Outcome.KEPT, "by systemd")


@pytest.mark.parametrize(
    "services",
    [
        (DATABASE % "PostgreSQL") + "      - { characteristic_type: org.camp2iac:Placement, tier: web }\n",
        (DATABASE % "PostgreSQL") + SCALE + "\n",
    ],
    ids=["same tier", "several databases"],
)
def test_a_database_that_instances_do_not_share(make: Make, services: str) -> None:
    built = compiled(make, plan(LINK + PROCESS + SCHEDULE, services=services))
    document = built.files["cloud-init/web.yaml.tftpl"]
    assert "variable DATABASE_URL" not in document
    assert document.count("first yes") == 1, "the schedule runs once, the release process for each database"
    assert built.ledger[WORDS] == (Outcome.DEGRADED, "before each start")


def test_the_migrations_of_django(make: Make) -> None:
    """With a database that instances share, they run once. Without one, each instance has a file of its own."""
    built = compiled(make, plan(LINK, services=DATABASE % "PostgreSQL", django=True))
    document = built.files["cloud-init/web.yaml.tftpl"]
    assert "camp-once release shop-web.release /bin/bash -e /opt/shop/web.release.sh" in document
    alone = compiled(make, plan("", django=True)).files["cloud-init/web.yaml.tftpl"]
    assert "camp-once" not in alone
    assert "ExecStartPre=/bin/bash -e /opt/shop/web.release.sh" in alone


def test_units_of_runs_that_can_overlap(make: Make) -> None:
    other = SCHEDULE.replace("'* * * * *'", "'0 3 1 * MON', time_zone: Europe/Madrid, overlap: allow, deadline: 2h")
    document = compiled(make, plan(other)).files["cloud-init/web.yaml.tftpl"]
    assert 'systemctl start --no-block "shop-web.schedule.tick@$$(date +%%s).service"' in document.replace("$$$", "$$")
    assert "/etc/systemd/system/shop-web.schedule.tick@.service" in document
    assert "RuntimeDirectory=shop-web.schedule.tick@%i\n" in document
    assert "TimeoutStartSec=7200\n" in document
    assert "OnCalendar=*-*-01 03:00:00 Europe/Madrid\n" in document
    assert "OnCalendar=Mon *-*-* 03:00:00 Europe/Madrid\n" in document
    assert "tzdata" in packages(document)
    assert "alone yes" not in document
    assert "running shop-web.schedule.tick.timer" in document
    assert "scheduled shop-web.schedule.tick" in document


def test_camp_status_only_knows_schedules_if_there_are_some(make: Make) -> None:
    assert "scheduled)" in compiled(make, plan(SCHEDULE)).files["cloud-init/camp-status.sh"]
    assert "schedule" not in compiled(make, plan(PROCESS)).files["cloud-init/camp-status.sh"]


def test_camp_status_knows_schedules_whatever_other_tiers_have(make: Make) -> None:
    """All tiers share the file. The database's instance has no schedules."""
    built = compiled(make, plan(LINK + SCHEDULE, services=DATABASE % "PostgreSQL"))
    assert "database.yaml.tftpl" in " ".join(built.files)
    assert "scheduled)" in built.files["cloud-init/camp-status.sh"]
