"""Both sides of each limit: the last value that fits, and the first that does not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from running import PLAN, Command

DATABASE = """\
services:
  - id: web
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Volume
        size: {} GiB
"""
JAR = """\
camp_version: CAMP 1.1
name: it
artifacts:
  - name: web
    artifact_type: com.java:JAR
    content: {{ href: {} }}
    requirements:
      - {{ requirement_type: com.java:RunOn }}
"""


@pytest.mark.parametrize(("gibibytes", "outcome"), [(63, "kept"), (64, "kept"), (65, "degraded")])
def test_storage_of_an_add_on(gibibytes: int, outcome: str, shop: Path, camp2iac: Command) -> None:
    """Sizes are compared by name: a standard-0 database holds 64 GB, and the plan says GiB."""
    head, _, _ = PLAN.partition("        fulfillment:\n")
    web = "        fulfillment: id:web\n      - { requirement_type: org.sql:ConnectTo, fulfillment: id:database }\n"
    (shop / "camp.yaml").write_text(head + web + DATABASE.format(gibibytes))
    (shop / "environments/heroku.yaml").write_text(
        "target: heroku\naddons: { database: heroku-postgresql:standard-0 }\n"
    )
    done = camp2iac("port", "camp.yaml", "-e", "environments/heroku.yaml", "--output", "json")
    assert done.status == 0, done.err
    (row,) = (row for row in _rows(json.loads(done.out)) if row["says"].startswith("Volume"))
    assert row["outcomes"]["heroku"]["outcome"] == outcome
    assert row["outcomes"]["heroku"]["how"] == "standard-0: 64 GB"


def _rows(found: object) -> list[dict]:
    """All statements of a report."""
    if isinstance(found, list):
        return [row for each in found for row in _rows(each)]
    if not isinstance(found, dict):
        return []
    return [found] if "says" in found and "outcomes" in found else _rows(list(found.values()))


@pytest.mark.parametrize(("machines", "status"), [(3, 0), (4, 1)])
def test_a_block_of_addresses(machines: int, status: int, shop: Path, camp2iac: Command) -> None:
    """Each instance gets the address with its number, so a block of four is for three instances."""
    (shop / "camp.yaml").write_text(PLAN.replace("max: 3", f"max: {machines}"))
    (shop / "environments/openstack.yaml").write_text("target: openstack\naddresses: { web: 10.20.1.16/30 }\n")
    done = camp2iac("validate", "camp.yaml", "-e", "environments/openstack.yaml")
    assert (done.status, "CAMP613" in done.out) == (status, bool(status))


@pytest.mark.parametrize(("machines", "status"), [(4, 0), (5, 1)])
def test_a_network(machines: int, status: int, shop: Path, camp2iac: Command) -> None:
    """A /29 has eight addresses, and four of them are in use."""
    (shop / "camp.yaml").write_text(PLAN.replace("max: 3", f"max: {machines}").replace("1.0/24", "1.0/29"))
    done = camp2iac("validate", "camp.yaml", "-e", "environments/openstack.yaml")
    assert (done.status, "CAMP453" in done.out) == (status, bool(status))


def _jar(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: a.B\r\n")
        archive.writestr("a/B.class", "x")


@pytest.mark.parametrize(("line", "place"), [("exec java -jar shop.jar", "shop.jar"), ("sleep 9", "app.jar")])
def test_the_name_of_a_single_file(line: str, place: str, shop: Path, camp2iac: Command) -> None:
    """An instance has it under its own name if a command of the plan runs this name."""
    _jar(shop / "dist/shop.jar")
    process = f"      - {{ requirement_type: org.camp2iac:Process, web: {line} }}\n"
    (shop / "camp.yaml").write_text(JAR.format("dist/shop.jar") + process)
    (shop / "environments/openstack.yaml").write_text("target: openstack\n")
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml", "-o", "-")
    assert done.status == 0, done.err
    assert f"/opt/it/web/{place}" in done.out
    assert ("/opt/it/web/app.jar" in done.out) == (place == "app.jar")


@pytest.mark.parametrize("store", ["false", "true"])
@pytest.mark.parametrize(
    ("jars", "href", "started"),
    [
        (("app.jar",), "app.jar", "/opt/it/web/app.jar"),
        (("app/one.jar",), "app/", "/opt/it/web/one.jar"),
        (("app/one.jar", "app/two.jar"), "app/", "2 JARs at its top"),
        (("app/one.jar",), "app.zip", "only the instance unpacks it"),
    ],
)
def test_which_jar_java_runs(
    jars: tuple[str, ...], href: str, started: str, store: str, shop: Path, camp2iac: Command
) -> None:
    """A file, or the only file of a folder. With several files, or an archive, the entry point is unknown."""
    (shop / "app").mkdir()
    for jar in jars:
        _jar(shop / jar)
    with zipfile.ZipFile(shop / "app.zip", "w") as archive:
        archive.write(shop / jars[0], "one.jar")
    (shop / "camp.yaml").write_text(JAR.format(href))
    (shop / "environments/openstack.yaml").write_text(f"target: openstack\nobject_store: {store}\n")
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml", "-o", "-")
    if started.startswith("/"):
        assert done.status == 0, done.err
        assert f"-jar {started}\n" in done.out
    else:
        assert done.status == 1
        assert f"error[{'CAMP217' if href == 'app/' else 'CAMP429'}]" in done.err
        assert started in done.err
