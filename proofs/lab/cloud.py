"""The control plane: started, asked through its APIs by openstacksdk in each of its regions, and stopped."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from lab.region import Held, Region
from lab.state import State

SCRIPTS = Path(__file__).with_name("control-plane")
KEYSTONE = "http://127.0.0.1:5000/v3"


class Cloud:
    """A running control plane. ``regions``: those that run, by name; the first is the one of the credentials."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        os.environ["OS_CLIENT_CONFIG_FILE"] = str(folder / "clouds.yaml")
        self.first = Region("lab", "RegionOne", folder / "run")
        self.regions = {self.first.name: self.first}
        if (folder / "run" / "r2" / "neutron.pid").exists():
            self.regions["RegionTwo"] = Region("lab-two", "RegionTwo", folder / "run" / "r2")

    @property
    def environment(self) -> dict[str, str]:
        """What Terraform's provider needs to know."""
        return {"OS_CLIENT_CONFIG_FILE": str(self.folder / "clouds.yaml"), "OS_CLOUD": "lab"}

    def region(self, name: str) -> Region:
        """One of them; the test fails where it does not run."""
        if name not in self.regions:
            pytest.fail(f"{name} does not run: LAB_REGIONS=2 starts a second region")
        return self.regions[name]

    def held(self) -> str:
        """What the project holds, a line for each thing; empty when there is nothing."""
        done = script(self.folder, "lab-clean", "--check")
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def empty(self) -> None:
        """Delete all that the project holds."""
        done = script(self.folder, "lab-clean")
        if done.returncode:
            pytest.fail(f"lab-clean leaves something: {done.stdout}{done.stderr}")

    def version(self) -> str:
        """Which OpenStack this is, by the releases that are installed."""
        shown = ("keystone", "nova", "neutron", "cinder", "octavia", "swift", "openstack-heat")
        pins = dict(line.split("==") for line in (SCRIPTS / "constraints.txt").read_text().splitlines() if "==" in line)
        return ", ".join(f"{name.removeprefix('openstack-')} {pins[name]}" for name in shown)

    def machines(self) -> dict[str, Held]:
        """Every machine of the project, by name."""
        return {name: held for region in self.regions.values() for name, held in region.machines().items()}

    def outside(self) -> dict[str, str]:
        """Every address that leads in from outside, to what it leads to."""
        return {address: name for region in self.regions.values() for address, name in region.outside().items()}

    def state(self, needs: Mapping[str, tuple[int, int]], given: frozenset[str] = frozenset()) -> State:
        """Everything of the project in all regions, in words.

        ``needs``: tier to the cores and MiB that its machines must have. ``given``: names of what was there before.
        """
        found = State()
        outside = self.outside()
        for region in self.regions.values():
            found = found.with_all(region.state(needs, given, outside))
        return found


def answers() -> bool:
    """Whether a control plane runs here already."""
    try:
        with urlopen(KEYSTONE, timeout=10):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


def folder() -> Path:
    """Where the control plane keeps all that it has: LAB, or a folder below the temporary one."""
    return Path(os.environ.get("LAB") or Path(tempfile.gettempdir()) / "openstack-lab")


def script(where: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the control plane's scripts."""
    return subprocess.run(
        [str(SCRIPTS / name), *arguments],
        env={**os.environ, "LAB": str(where)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
