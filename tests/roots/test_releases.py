"""A machine whose code and variables change while it runs; a folder of files stands in for the object store."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import Fleet
from roots.paper import Paper

PLAN = Path(__file__).parent / "plans/releases"
ENVIRONMENT = "object_store: true\n"
URL = "http://{web}:8080/"
BEGAN = "systemctl show --property ActiveEnterTimestampMonotonic multi-user.target"
OBJECT = "openstack_objectstorage_object_v1.web_"


def publish(paper: Paper, store: Path) -> str:
    """Put a module's objects into the store; what user_data the machine would be given."""
    found = paper.apply()
    archive, release = found[f"{OBJECT}content"], found[f"{OBJECT}release"]
    (store / "web").mkdir(exist_ok=True)
    shutil.copy(paper.folder / archive["source"], store / archive["name"])
    (store / "new").write_text(release["content"])
    (store / "new").replace(store / release["name"])
    return str(found["openstack_compute_instance_v2.web"]["user_data"])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture
def fleet(tmp_path: Path, store: Path) -> Iterator[Fleet]:
    made = Fleet(PLAN, tmp_path / "first", environment=ENVIRONMENT)
    publish(made.paper, store)
    yield made
    made.close()


def test_releases_reach_a_running_machine_and_are_taken_back(fleet: Fleet, store: Path, tmp_path: Path) -> None:
    def change(name: str, *words: tuple[str, str]) -> None:
        plan = tmp_path / "changed"
        shutil.rmtree(plan, ignore_errors=True)
        shutil.copytree(PLAN, plan)
        for file in (plan / "camp.yaml", plan / "web/server.py"):
            text = file.read_text()
            for old, new in words:
                text = text.replace(old, new)
            file.write_text(text)
        user_data = publish(Paper(plan, tmp_path / name, environment=ENVIRONMENT), store)
        assert user_data == fleet.one("web").user_data, "the machine would be replaced"

    fleet.up("web")
    fleet.vm("net-files", store)
    fleet.wait("web")
    fleet.ready("web", 60)
    assert fleet.curl(URL) == "First one"
    began = fleet.sh("web", BEGAN)
    fleet.again("web")
    assert fleet.curl(URL) == "First one"

    change("second", ('WORDS = "one"', 'WORDS = "two"'), ("TITLE: First", "TITLE: Second"))
    until(fleet, "Second two", 240)
    fleet.ready("web", 60)
    assert "prepared for Second" in fleet.sh("web", "journalctl --no-pager -u notices-web")

    broken = ("HEALTH = 200", "HEALTH = 500")
    change("third", ('WORDS = "one"', 'WORDS = "three"'), broken, ("TITLE: First", "TITLE: Third"))
    end = time.monotonic() + 360
    while "was taken back" not in (said := fleet.status("web")):
        assert time.monotonic() < end, said
        time.sleep(5)
    assert "NOT READY: web: " in said
    until(fleet, "Second two", 60)
    log = fleet.sh("web", "journalctl --no-pager -u 'camp-release@web'")
    assert "is put back" in log
    assert fleet.sh("web", "stat -c %a /etc/notices/web.env /var/lib/camp/release/web.current").split() == [
        "600",
        "600",
    ]

    change("fourth", ('WORDS = "one"', 'WORDS = "four"'), ("TITLE: First", "TITLE: Fourth"))
    until(fleet, "Fourth four", 240)
    fleet.ready("web", 60)
    assert fleet.sh("web", BEGAN) == began, "it was booted anew"
    fleet.reboot()
    assert fleet.curl(URL) == "Fourth four"


def until(fleet: Fleet, words: str, seconds: int) -> None:
    """Until the page says so."""
    end = time.monotonic() + seconds
    while True:
        said = fleet.sh("web", "curl -s http://127.0.0.1:8080/", check=False)
        if said == words:
            return
        assert time.monotonic() < end, f"{said}\n{fleet.sh('web', 'journalctl --no-pager -n 40', check=False)}"
        time.sleep(3)
