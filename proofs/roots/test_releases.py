"""Code and variables that change while instances run. A folder of files replaces the object store."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roots.store import BEGAN, Store, Watch

PLANS = Path(__file__).parent / "plans"
URL = "http://{web}:8080/"
Stores = Callable[..., Store]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    made: list[Store] = []

    def make(plan: str, **more: object) -> Store:
        made.append(Store(PLANS / plan, tmp_path / "work", **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for store in made:
        store.close()


def test_releases_reach_a_running_machine_and_are_taken_back(stores: Stores) -> None:
    store = stores("releases")
    fleet = store.fleet
    store.start()
    assert fleet.curl(URL) == "First one"
    began = fleet.sh("web", BEGAN)
    fleet.again("web")
    assert fleet.curl(URL) == "First one"
    assert prepared(store) == ["First"]

    store.change({'"one"': '"two"', "TITLE: First": "TITLE: Second"})
    store.until(URL, "Second two", 240)
    fleet.ready("web", 60)
    assert prepared(store) == ["First", "Second"]

    store.change({'"one"': '"three"', "TITLE: First": "TITLE: Third", "HEALTH = 200": "HEALTH = 500"})
    store.until_taken_back("web", 360)
    assert "NOT READY: web: " in fleet.status("web")
    store.until(URL, "Second two", 60)
    assert "rolling back to" in store.log("web")
    secret = "/etc/notices/web.env /var/lib/camp/release/web.current"
    assert fleet.sh("web", f"stat -c %a {secret}").split() == ["600", "600"]

    store.change({'"one"': '"four"', "TITLE: First": "TITLE: Fourth"})
    store.until(URL, "Fourth four", 240)
    fleet.ready("web", 60)
    assert fleet.sh("web", BEGAN) == began, "it was booted anew"
    fleet.reboot()
    assert fleet.curl(URL) == "Fourth four"
    assert prepared(store) == ["First", "Second", "Third", "Second", "Fourth"], "once each, by one of two processes"


def test_people_go_back_to_a_release_before(stores: Stores) -> None:
    """camp-release lists releases and goes back to one, which stays until there is a new one."""
    store = stores("releases", environment="commands: all\n")
    fleet = store.fleet
    store.start()

    def command(words: str) -> str:
        return fleet.sh("web", f"camp-release {words} 2>&1; echo exit $?").strip()

    def runs() -> list[bool]:
        """Whether each release runs, the newest first, when no release is being deployed."""
        fleet.sh("web", "flock /var/lib/camp/release/lock true")
        return ["runs" in line for line in command("list").splitlines()[1:] if re.match("  [0-9]{8}-", line)]

    assert fleet.curl(URL) == "First one"
    first = command("list").splitlines()
    assert (first[0], first[1].split()[2], first[-1]) == ("web", "runs", "exit 0")
    assert command("back") == "camp-release: this instance has no older release of web\nexit 1"

    store.change({'"one"': '"two"', "TITLE: First": "TITLE: Second"})
    store.until(URL, "Second two", 240)
    assert runs() == [True, False]
    assert command("back").endswith("runs\nexit 0")
    assert fleet.curl(URL) == "First one", "its code and its variables"
    assert "web: camp-release went back to" in fleet.status("web")
    fleet.sh("web", "systemctl start camp-release@web.service")
    assert fleet.curl(URL) == "First one", "the plan's release does not come back by itself"
    newer, older = (line.split()[0] for line in command("list").splitlines()[1:3])
    assert command(f"back {older}").endswith("runs already\nexit 0")
    assert command("back 20200101-000000").startswith("camp-release: this instance has no release 20200101-000000")

    assert command(f"back {newer}").endswith("runs\nexit 0")
    assert fleet.curl(URL) == "Second two"
    fleet.ready("web", 60)
    fleet.sh("web", f"sed -i 's/HEALTH = 200/HEALTH = 500/' /opt/notices/web/builds/$({OLDER})*/app/server.py")
    said = command("back")
    assert said.endswith(f"{older} does not respond, so {newer} is back\nexit 1")
    assert fleet.curl(URL) == "Second two"
    fleet.ready("web", 60)

    assert command(f"back {older}").endswith("exit 1")
    store.change({'"one"': '"three"', "TITLE: First": "TITLE: Third"})
    store.until(URL, "Third three", 240)
    fleet.ready("web", 60)
    assert runs() == [True, False]
    fleet.sh("web", "camp-release back")
    store.change({'"one"': '"four"', "TITLE: First": "TITLE: Fourth"})
    store.until(URL, "Fourth four", 240)
    fleet.ready("web", 60)
    fleet.reboot()
    assert fleet.curl(URL) == "Fourth four"
    secret = "/var/lib/camp/release/web.kept /var/lib/camp/release/web.kept/* /var/lib/camp/release/web.current"
    assert set(fleet.sh("web", f"stat -c %a {secret}").split()) == {"700", "600"}


OLDER = "camp-release list | sed -n '3s/.* //p'"


def prepared(store: Store) -> list[str]:
    """For which releases the command before the processes ran. There are two processes."""
    said = store.fleet.sh("web", "journalctl --no-pager --output cat -u 'notices-web*'")
    return [line.removeprefix("prepared for ") for line in said.splitlines() if line.startswith("prepared for ")]


def packed(plan: Path) -> None:
    """A web archive of the pages in ``war/``, with the same bytes at any time."""
    with zipfile.ZipFile(plan / "servlets.war", "w") as war:
        for file in sorted((plan / "war").iterdir()):
            war.writestr(zipfile.ZipInfo(file.name), file.read_bytes())
            file.unlink()
    (plan / "war").rmdir()


@pytest.mark.parametrize("root", ["trixie", "bookworm"])
def test_every_kind_of_application(stores: Stores, root: str) -> None:
    """Node.js, PHP, a WAR on Tomcat, a static site: code, a variable and a broken release change without a reboot."""
    store = stores("changes", root=root, prepare=packed)
    fleet, urls = store.fleet, {name: f"http://{{{name}}}:8080/" for name in ("node", "php", "servlets", "pages")}
    store.start()
    began = {name: fleet.sh(name, BEGAN) for name in urls}

    def shown(words: str) -> None:
        for name, url in urls.items():
            store.until(url, words, 300)
            fleet.ready(name, 90)

    shown("First one")
    tag = fleet.curl(urls["pages"], "--write-out", "%header{etag}", "--output", "/dev/null")
    assert tag.startswith('"')
    assert unless(store, urls["pages"], tag) == "304"
    store.change({" one": " two", "First": "Second"})
    shown("Second two")

    store.change({"First one": "Third two", " one": " two", "TITLE: First": "TITLE: Third"})
    shown("Third two")
    assert unless(store, urls["pages"], tag) == "200", "as long as the first, and taken for it"

    broken = {"HEALTH = 200": "HEALTH = 500", "http_response_code(200)": "http_response_code(500)"}
    broken |= {"setStatus(200)": "setStatus(500)"}
    store.prepare = without_health
    store.change({**broken, " one": " four", "First": "Fourth"})
    for name in urls:
        store.until_taken_back(name, 480)
        store.until(urls[name], "Third two", 60)
        assert "rolling back to" in store.log(name)

    store.prepare = packed
    store.change({" one": " five", "First": "Fifth"})
    shown("Fifth five")
    assert {name: fleet.sh(name, BEGAN) for name in urls} == began, "some were booted anew"
    fleet.reboot()
    shown("Fifth five")


def unless(store: Store, url: str, tag: str) -> str:
    """The answer to a browser that has cached a page."""
    asked = ("--header", f"If-None-Match: {tag}", "--write-out", "%{http_code}", "--output", "/dev/null")
    return store.fleet.curl(url, *asked)


def without_health(plan: Path) -> None:
    """A broken site has a missing page."""
    (plan / "pages/health").unlink()
    packed(plan)


def test_two_machines_change_one_after_the_other(stores: Stores, tmp_path: Path) -> None:
    """The two instances are never both down, for good and broken releases. Requests run five times a second."""
    two = {"min: 1, max: 1": "min: 2, max: 2", "SLOW = 0": "SLOW = 6"}
    store = stores("releases", words=two)
    store.start()
    urls = [f"http://{store.fleet.address(name)}:8080/" for name in ("web-1", "web-2")]
    for words, change in (
        ("Second two", {'"one"': '"two"', "TITLE: First": "TITLE: Second"}),
        ("Second two", {'"one"': '"three"', "HEALTH = 200": "HEALTH = 500"}),
    ):
        before = store.fleet.curl(urls[0])
        watch = Watch(store.fleet, tmp_path / "asked", *urls)
        store.change(change)
        if words != before:
            for url in urls:
                store.until(url, words, 600)
        else:
            for name in ("web-1", "web-2"):
                store.until_taken_back(name, 720)
                store.until(f"http://{{{name}}}:8080/", words, 60)
        asked = watch.end()
        down = [{when for when, said in asked if not said[n]} for n in range(2)]
        assert len(asked) > 100
        assert all(len(each) > 10 for each in down), "each was down for a while, or this shows nothing"
        assert not down[0] & down[1], "both were down"
        assert max(down[0]) < min(down[1]) or max(down[1]) < min(down[0]), "one after the other"
