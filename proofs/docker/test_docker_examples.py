"""Examples on a Docker engine, as a user would try them: synth, apply, curl, scale, replace, edit, destroy."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from docker_engine import curl, docker, identity, left, make_room, remove, run, status, until, versions
from docker_images import give_images
from docker_page import Record, Row
from docker_uses import USES, Use
from support.compiler import camp2iac
from support.terraform import command

ROOT = Path(__file__).resolve().parents[2]
CHOSEN = os.environ.get("DOCKER_EXAMPLES", "").split() or list(USES)
CONTAINER, IMAGE = "docker_container", "docker_image"

pytestmark = pytest.mark.docker


@pytest.fixture(scope="session")
def record() -> Iterator[Record]:
    """The results by example. They are printed at the end, and written if DOCKER_RECORD=1."""
    terraform = run(*command(), "version").splitlines()[0]
    images = "images of Docker Hub" if os.environ.get("HUB") == "1" else "stand-ins of the images, from Debian 13"
    found = Record(f"{terraform} with the real provider; {versions()}; {images}")
    yield found
    print("\n" + found.table({}))
    if place := os.environ.get("DOCKER_NOT_RUN"):
        Path(place).write_text("".join(f"{name}\n" for name in sorted(found.not_run)))
    if os.environ.get("DOCKER_RECORD", "0") == "1":
        found.write()


class Applied:
    """A copy of an example, its module for Docker, and Terraform's state of it."""

    def __init__(self, example: str, work: Path, use: Use, settings: Mapping[str, str]) -> None:
        self.package = work / example
        shutil.copytree(ROOT / "examples" / example, self.package, ignore=shutil.ignore_patterns("infra"))
        self.module = self.package / "infra/docker"
        self.variables = dict(use.variables)
        self.settings = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        self.made: set[tuple[str, str]] = (
            set()
        )  # kinds and names of all that was ever there, but the images of services
        if not (self.package / "environments/docker.yaml").exists():
            (self.package / "environments/docker.yaml").write_text("target: docker\nprotect: false\n")
        self.synth()
        self.terraform("init")

    def synth(self) -> None:
        """Compile, and give the engine the images."""
        words = "synth camp.yaml -e environments/docker.yaml --set protect=false -q -o"
        camp2iac(*words.split(), self.module, *self.settings, cwd=self.package)
        give_images(self.module)

    def terraform(self, *words: str, accept: tuple[int, ...] = (0,)) -> str:
        """The standard output of a command."""
        options = {"init": ("-input=false",), "plan": ("-input=false",), "apply": ("-input=false",)}
        return run(*command(), f"-chdir={self.module}", *words, *options.get(words[0], ()), "-no-color", accept=accept)

    def apply(self, *arguments: str) -> dict[str, list[str]]:
        """Plan and apply. Returns the addresses of what changes, and how."""
        said = [f"-var={name}={value}" for name, value in self.variables.items()]
        self.terraform("plan", "-out=proof.plan", *said, *arguments)
        plan = json.loads(run(*command(), f"-chdir={self.module}", "show", "-json", "proof.plan"))
        planned = [(each, each["change"]["after"]) for each in plan["resource_changes"] if each["change"]["after"]]
        made = {
            (each["type"], after["name"])
            for each, after in planned
            if not after.get("keep_locally", "name" not in after)
        }
        if not self.made:
            make_room({each for each in made if each[0] != IMAGE})
        self.made |= made
        run(*command(), f"-chdir={self.module}", "apply", "-input=false", "-no-color", "proof.plan", timeout=1200)
        found = {each["address"]: each["change"]["actions"] for each in plan["resource_changes"]}
        return {address: actions for address, actions in found.items() if actions not in (["no-op"], ["read"])}

    def unchanged(self) -> None:
        """The next plan is empty."""
        said = [f"-var={name}={value}" for name, value in self.variables.items()]
        found = self.terraform("plan", "-detailed-exitcode", *said, accept=(0, 2))
        assert "No changes." in found, found

    def destroy(self) -> None:
        """Destroy everything."""
        said = [f"-var={name}={value}" for name, value in self.variables.items()]
        self.terraform("destroy", "-auto-approve", "-input=false", *said)

    def containers(self) -> dict[str, dict[str, Any]]:
        """The containers that stay, by address."""
        state = json.loads(run(*command(), f"-chdir={self.module}", "show", "-json"))["values"]["root_module"]
        found = {each["address"]: each["values"] for each in state["resources"] if each["type"] == CONTAINER}
        return {address: values for address, values in found.items() if values["must_run"]}

    def identities(self) -> dict[str, tuple[str, str]]:
        """What is new of a container that was replaced or started again, by address."""
        return {address: identity(values["name"]) for address, values in self.containers().items()}

    def url(self) -> str:
        """The URL of the application."""
        said = json.loads(self.terraform("output", "-json"))
        return next(each["value"] for name, each in said.items() if name.endswith("_url")).rstrip("/")

    def scaled(self) -> dict[str, int]:
        """The tiers whose number of containers is a variable, and this number."""
        text = (self.module / "variables.tf").read_text()
        return {
            name: int(number)
            for name, number in re.findall(r'variable "(\w+_count)" \{[^}]*?default +?= (\d+)', text, re.S)
        }


@pytest.mark.parametrize("example", CHOSEN)
def test_an_example_on_an_engine(example: str, tmp_path: Path, record: Record) -> None:
    assert example in USES, f"docker_uses.py does not say how {example} is used; it knows {', '.join(USES)}"
    use = USES[example]
    with record.begin(example) as row, ExitStack() as undo:
        applied = Applied(example, tmp_path, use, use.elsewhere(undo) if use.elsewhere else {})
        undo.callback(lambda: remove(applied.made))
        if begun := os.environ.get("DOCKER_BEGUN"):
            with Path(begun).open("a") as file:
                file.write(f"{example}\n")
        row.at("apply")
        row.say(f"{len(applied.apply())} resources created")
        applied.unchanged()
        row.say(str(len(applied.containers())), "containers")
        row.at("page")
        url = applied.url()
        rows = _page(url, use, row)
        if use.work:
            row.at("worker")
            row.say(use.work(f"{url}/"), "worker")
            rows = use.visit.rows(curl(url + use.visit.path))
        _one_more(applied, url + use.visit.path, use, row)
        _recreated(applied, row)
        until(lambda: status(url + use.visit.path) == 200, "the page")
        if use.visit.write:
            assert use.visit.rows(curl(url + use.visit.path)) == rows, "what was written is still there"
        _edited(applied, url, use, row)
        row.at("destroy")
        applied.destroy()
        assert not (found := left(applied.made)), found
        row.say("nothing is left")


def _page(url: str, use: Use, row: Row) -> list[str]:
    """The page shows what is in the database, and what a visitor adds."""
    place = url + use.visit.path
    until(lambda: status(place) == 200, f"an answer of {place}")
    page = curl(place)
    rows = use.visit.rows(page)
    if use.visit.write:
        assert rows or use.empty, page
        curl(place, "--output", os.devnull, *use.visit.write(page))
        now = use.visit.rows(curl(place))
        assert now != rows, f"nothing was written: {now}"
        assert all(use.visit.rows(curl(place)) == now for _ in range(6)), "each container shows it"
        rows = now
    row.say(f"{place} shows {rows}")
    row.say(f"{len(rows)} rows" if use.visit.write else "the content of the plan", "page")
    return rows


def _one_more(applied: Applied, page: str, use: Use, row: Row) -> None:
    """One more container starts, and the others do not change. A killed one is left out, and started again."""
    answered = 0
    for variable, count in applied.scaled().items():
        row.at(f"scale {variable}")
        before = applied.identities()
        applied.variables[variable] = str(count + 1)
        changed = applied.apply()
        applied.unchanged()
        now = applied.identities()
        new = set(now) - set(before)
        assert new, changed
        follow = tuple(f"{CONTAINER}.{each}" for each in use.follows.get(variable.removesuffix("_count"), ()))
        stay = [address for address in before if not address.startswith(follow)]
        assert [now[address] for address in stay] == [before[address] for address in stay], "the others stay"
        assert all(actions == ["create"] for address, actions in changed.items() if address in new)
        row.say(f"{variable.removesuffix('_count')} {count} → {count + 1}", "scaled")
        address = sorted(new)[0]
        name = applied.containers()[address]["name"]
        row.at(f"kill {name}")
        docker("kill", name)
        answers = [status(page) for _ in range(40)]
        assert set(answers) == {200}, answers
        assert applied.apply() == {address: ["update"]}
        until(lambda name=name: docker("inspect", "-f", "{{.State.Running}}", name) == "true", f"{name} runs")
        applied.unchanged()
        answered += len(answers)
    if answered:
        row.say(f"{answered} of {answered} requests answered", "killed")


def _recreated(applied: Applied, row: Row) -> None:
    """Replace the containers that have volumes, one after the other."""
    found = {address: values for address, values in applied.containers().items() if values["volumes"]}
    for address, values in found.items():
        row.at(f"recreate {values['name']}")
        before = applied.identities()
        changed = applied.apply(f"-replace={address}")
        assert changed == {address: ["delete", "create"]}, changed
        now = applied.identities()
        # A process that loses its database can end: the engine starts its container again
        assert {each for each in now if now[each][0] != before[each][0]} == {address}
        applied.unchanged()
    if found:
        row.say(", ".join(values["name"] for values in found.values()), "replaced")


def _edited(applied: Applied, url: str, use: Use, row: Row) -> None:
    """Another code: a new image and the containers of this component."""
    row.at("edit the code")
    place = url + use.visit.path
    assert not use.edit.seen(page := curl(place)), page
    use.edit.make(applied.package)
    applied.synth()
    before = applied.identities()
    changed = applied.apply()
    images = [address for address in changed if address.startswith(IMAGE)]
    assert len(images) == 1, changed
    label = images[0].removeprefix(f"{IMAGE}.")
    replaced = {address for address in changed if address.startswith(CONTAINER)}
    assert all(re.match(rf"{CONTAINER}\.{label}\w*(\[|$)", address) for address in replaced), changed
    now = applied.identities()
    # What runs once for each image, such as a migration, is replaced too, but does not stay
    assert {address for address in now if now[address] != before[address]} == replaced & set(now)
    until(lambda: use.edit.seen(curl(place, fail=False)), "the page of the new code")
    applied.unchanged()
    row.say(f"{len(replaced & set(now))} of {len(now)} containers replaced", "code")
