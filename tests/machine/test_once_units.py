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
    assert "scheduled)" in compiled(make, plan(SCHEDULE)).files["cloud-init/camp-status-schedules.sh"]
    assert "schedule" not in compiled(make, plan(PROCESS)).files["cloud-init/camp-status.sh"]


def test_each_tier_has_the_camp_status_that_it_needs(make: Make) -> None:
    """A schedule of one tier changes no other tier."""
    files = compiled(make, plan(LINK + SCHEDULE, services=DATABASE % "PostgreSQL")).files
    assert "scheduled)" in files["cloud-init/camp-status-schedules.sh"]
    assert "schedule" not in files["cloud-init/camp-status.sh"]
    assert "/camp-status-schedules.sh" in files["cloud-init/web.yaml.tftpl"]
    assert "/camp-status.sh" in files["cloud-init/database.yaml.tftpl"]


PARTS = """\
      - requirement_type: org.camp2iac:Process
        release: python tick.py
        web: python tick.py
        worker: {{ command: python tick.py, tier: {tier} }}
"""


def once(document: str) -> dict[str, str]:
    """The settings of the release process in a document, without the tier's name in paths."""
    (text,) = re.findall(r"path: /etc/camp/once/shop-web[a-z-]*\.release\n\s+content: \|\n((?: {6}.*\n)+)", document)
    return {key: value.replace("web-background", "web") for key, value in re.findall(r"^ +(\w+) (.*)$", text, re.M)}


@pytest.mark.parametrize("scale", ["", SCALE], ids=["one", "several"])
def test_a_release_process_is_one_for_all_tiers_of_a_component(make: Make, scale: str) -> None:
    """They claim the same job, with an identity of files that are the same on all of them."""
    more = LINK + PARTS.format(tier="background")
    built = compiled(make, plan(more, scale=scale, services=DATABASE % "PostgreSQL"))
    web, background = (once(built.files[f"cloud-init/{tier}.yaml.tftpl"]) for tier in ("web", "background"))
    assert web == background
    assert web["job"] == "shop-web.release"
    assert web["files"] == "/opt/shop/web.release.sh /opt/shop/web.sha256 /etc/shop/web.env"
    assert built.ledger[WORDS] == (Outcome.KEPT, "once for each release, on one instance")


def test_a_release_process_for_a_database_on_a_tier_of_the_component(make: Make) -> None:
    database = (DATABASE % "PostgreSQL") + "      - { characteristic_type: org.camp2iac:Placement, tier: web }\n"
    built = compiled(make, plan(LINK + PARTS.format(tier="background"), scale="", services=database))
    for tier in ("web", "background"):
        assert once(built.files[f"cloud-init/{tier}.yaml.tftpl"])["variable"] == "DATABASE_URL"


def test_a_release_process_without_a_database_on_two_tiers(make: Make) -> None:
    built = compiled(make, plan(PARTS.format(tier="background"), scale=""))
    assert "camp-once" not in built.files["cloud-init/web.yaml.tftpl"]
    assert built.ledger[WORDS] == (Outcome.DEGRADED, "before each start")
