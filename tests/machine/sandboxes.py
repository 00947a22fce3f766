"""The units that camp2iac writes, and how much systemd says that each may do.

`pytest tests/machine/test_sandbox.py --regen` writes the tables of docs/sandbox.md.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from support import phases
from support.plans import CASES, EXAMPLES

from camp2iac.catalogue import load

PRODUCTS = load().products
_FILE = re.compile(
    r"^  - path: (?P<path>\S+)\n(?:    (?!content).*\n)*    content: \|\n(?P<text>(?:      .*\n|\n)*)", re.M
)
_VALUE = re.compile(r"\$\{.*?\}")
_SCORE = re.compile(r"Overall exposure level for unit(\d+)\.service: ([0-9.]+)")
_ENVIRONMENT = (
    "target: openstack\nos: {os}\nexternal_network: public\nssh_from: 192.0.2.0/24\nkey_pair: me\nquota_check: false\n"
)


@dataclass(frozen=True)
class Unit:
    """A unit or drop-in. ``where``: whose document it is from. ``packaged``: it adds to a distribution's unit."""

    where: str
    path: str
    text: str
    packaged: bool = False

    @property
    def name(self) -> str:
        """``guestbook-web.service``."""
        return self.path.rpartition("/")[2]

    @property
    def section(self) -> str:
        """The lines of ``[Service]``."""
        return self.text.partition("[Service]\n")[2].partition("\n[")[0]


def units_of(where: str, document: str) -> Iterator[Unit]:
    """The services in a document, with a made-up value for what Terraform fills in."""
    for match in _FILE.finditer(document):
        path = match["path"].strip('"')
        packaged = path.endswith((".service.d/camp.conf", "/unit.conf"))
        text = "".join(line[6:] for line in match["text"].splitlines(keepends=True))
        if packaged or (path.startswith("/etc/systemd/system/") and path.endswith(".service")):
            yield Unit(where, path, _VALUE.sub("192.0.2.1", text), packaged)


def committed() -> list[Unit]:
    """The units of all examples and cases."""
    files = sorted([*EXAMPLES.glob("*/infra/*/cloud-init/*.tftpl"), *CASES.glob("*/*/expected/*/cloud-init/*.tftpl")])
    root = EXAMPLES.parent
    return [unit for file in files for unit in units_of(str(file.relative_to(root)), file.read_text())]


@cache
def sample(name: str, os: str) -> tuple[Unit, ...]:
    """The units of a product's sample plan on an operating system."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder, "test.yaml")
        environment.write_text(_ENVIRONMENT.format(os=os))
        compiled = phases.compile(phases.load(PRODUCTS[name].folder / "sample"), environment=environment)
    assert compiled.result is not None, name
    assert compiled.result.lowered is not None, [d.message for d in compiled.diagnostics]
    documents = [d for d in compiled.result.lowered.documents if d.path.endswith(".tftpl")]
    return tuple(unit for d in documents for unit in units_of(f"{name} on {os}", d.data.decode()))


def samples(os: str) -> list[str]:
    """The products that have a sample plan and exist on an operating system."""
    return [
        name
        for name, product in PRODUCTS.items()
        if (product.folder / "sample/camp.yaml").exists() and (not product.available or os in product.available)
    ]


def whole(unit: Unit) -> str:
    """A unit that systemd can rate: a drop-in is put on a unit that has no sandbox, and no other user than root."""
    if not unit.packaged:
        return unit.text
    user = "" if "CAP_SETUID" in unit.section else "User=daemon\n"
    return f"[Service]\nType=exec\nExecStart=/bin/true\n{user}{unit.section}"


@cache
def rates() -> str:
    """Why units cannot be rated here; empty: they can."""
    if shutil.which("systemd-analyze") is None:
        return "SANDBOXES ARE NOT RATED: there is no systemd-analyze"
    if version() < 250:
        return "SANDBOXES ARE NOT RATED: systemd-analyze is older than systemd 250"
    return ""


@cache
def version() -> int:
    """The version of systemd."""
    said = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[1].partition("~")[0].partition(".")[0])


_scores: dict[str, float] = {}


def scores(units: Iterable[Unit]) -> list[float]:
    """From 0 to 10: how exposed ``systemd-analyze security`` says that each unit is. It is asked once for all."""
    texts = [whole(unit) for unit in units]
    if new := sorted(set(texts) - _scores.keys()):
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, f"unit{number}.service") for number in range(len(new))]
            for file, text in zip(files, new, strict=True):
                file.write_text(text)
            words = ["systemd-analyze", "security", "--offline=true", "--no-pager", *map(str, files)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        found = dict(_SCORE.findall(done.stdout))
        assert len(found) == len(new), done.stdout + done.stderr
        assert not done.stderr, done.stderr
        _scores.update((new[int(number)], float(score)) for number, score in found.items())
    return [_scores[text] for text in texts]


def kind(unit: Unit) -> str:
    """Which limit holds for a unit."""
    if unit.packaged:
        if "SystemCallFilter" not in unit.section:
            return "confined"
        return "root server" if "CAP_SETUID" in unit.section else "server"
    if unit.name.startswith("camp-"):
        return unit.name.removesuffix(".service").rstrip("@").split("-")[1]
    return "container" if "/usr/bin/podman run" in unit.text else "process"
