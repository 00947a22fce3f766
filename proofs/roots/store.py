"""The object store: a folder of files, served to instances at their gateway, and the releases of a plan in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from roots.fleet import Fleet
from roots.machine import VM
from roots.paper import Paper, Resources

ENVIRONMENT = "object_store: true\n"
BEGAN = "systemctl show --property ActiveEnterTimestampMonotonic multi-user.target"  # when the instance booted
_OBJECT = "openstack_objectstorage_object_v1."
_INSTANCE = "openstack_compute_instance_v2."


class Store:
    """Machines of a plan, and what they look at.

    ``plan``: its folder; ``work``: where to work; ``words``: what is said otherwise in the plan's files, from the first
    on; ``prepare``: what is done to a copy of the plan before it is compiled; ``environment``: more lines of its file.
    """

    def __init__(
        self,
        plan: Path,
        work: Path,
        root: str = "bookworm",
        words: Mapping[str, str] | None = None,
        prepare: Callable[[Path], None] = lambda _: None,
        environment: str = "",
    ) -> None:
        self.plan, self.work, self.root, self.words, self.prepare = plan, work, root, dict(words or {}), prepare
        self.environment = ENVIRONMENT + environment
        self.served, self.releases = work / "store", 0
        self.served.mkdir(parents=True)
        self.fleet = Fleet(self._changed({}), work / "first", root, environment=self.environment)
        self._put(self.fleet.paper, self.fleet.resources)

    def start(self) -> None:
        """Boot the instances, and wait until each is ready."""
        for name in self.fleet.machines:
            self.fleet.up(name)
        self.fleet.vm("net-files", self.served)
        for name in self.fleet.machines:
            self.fleet.wait(name)
            self.fleet.ready(name, 60)

    def change(self, words: Mapping[str, str]) -> None:
        """Compile the plan with other strings in its files, and publish its releases. No instance may be replaced."""
        self.releases += 1
        paper = Paper(self._changed(words), self.work / f"change-{self.releases}", self.root, self.environment)
        found = paper.apply(password=self.fleet.password)
        for address, values in self.fleet.resources.items():
            if address.startswith(_INSTANCE):
                assert found[address]["user_data"] == values["user_data"], f"{address} would be replaced"
        self._put(paper, found)

    def until(self, url: str, words: str, seconds: int) -> None:
        """Wait until the page contains it."""
        end = time.monotonic() + seconds
        while (said := self.fleet.curl(url, "--no-fail").strip()) != words:
            assert time.monotonic() < end, f"{url}: {said}, not {words}"
            time.sleep(2)

    def until_taken_back(self, name: str, seconds: int) -> None:
        """Wait until an instance rolls back its newest release."""
        end = time.monotonic() + seconds
        while "was rolled back" not in (said := self.fleet.status(name)):
            assert time.monotonic() < end, f"{name}: {said}\n{self.log(name)}"
            time.sleep(3)

    def log(self, name: str) -> str:
        """The output of its releases."""
        return self.fleet.sh(name, "journalctl --no-pager -u 'camp-release@*'", check=False)

    def close(self) -> None:
        """Remove the instances."""
        self.fleet.close()

    def _changed(self, words: Mapping[str, str]) -> Path:
        copy = self.work / "changed"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.plan, copy)
        for file in (file for file in copy.rglob("*") if file.is_file()):
            text = file.read_text()
            for old, new in (self.words | dict(words)).items():
                text = text.replace(old, new)
            file.write_text(text)
        self.prepare(copy)
        return copy

    def _put(self, paper: Paper, found: Resources) -> None:
        """Publish the files that never change first, then replace each pointer at once."""
        objects = [values for address, values in found.items() if address.startswith(_OBJECT)]
        for each in sorted(objects, key=lambda values: not values.get("source")):
            place = self.served / each["name"]
            place.parent.mkdir(parents=True, exist_ok=True)
            new = place.with_name(f"{place.name}.new")
            if each.get("source"):
                shutil.copy(paper.folder / each["source"], new)
            else:
                new.write_text(each["content"])
            new.replace(place)


class Watch:
    """Sends requests to several addresses, five times a second, from a host in the instances' networks."""

    def __init__(self, fleet: Fleet, file: Path, *urls: str) -> None:
        self.file = file
        command = [VM, "net-exec", sys.executable, "-c", _ASK, file, *urls]
        self.process = subprocess.Popen([*map(str, command)], env={**os.environ, "VM_STATE": str(fleet.world)})

    def end(self) -> list[tuple[float, tuple[str, ...]]]:
        """What each address answered, in order of time; empty if it did not answer."""
        self.process.terminate()
        self.process.wait(20)
        lines = [line.split("\t") for line in self.file.read_text().splitlines()]
        return [(float(when), tuple(said)) for when, *said in lines]


_ASK = """
import sys, time, urllib.request
ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
file, *urls = sys.argv[1:]
def said(url):
    try:
        with ask(url, timeout=2) as answer:
            return answer.read().decode()
    except OSError:
        return ""
with open(file, "w", buffering=1) as out:
    while True:
        began = time.time()
        print(began, *map(said, urls), sep="\\t", file=out)
        time.sleep(max(0, began + 0.2 - time.time()))
"""
