"""The control plane: start, stop, and read through its APIs with openstacksdk, in each region."""

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
    """A running control plane. ``regions``: by name. The first is the region of the credentials."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        os.environ["OS_CLIENT_CONFIG_FILE"] = str(folder / "clouds.yaml")
        self.first = Region("lab", "RegionOne", folder / "run")
        self.regions = {self.first.name: self.first}
        if (folder / "run" / "r2" / "neutron.pid").exists():
            self.regions["RegionTwo"] = Region("lab-two", "RegionTwo", folder / "run" / "r2")

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables for Terraform's provider."""
        return {"OS_CLIENT_CONFIG_FILE": str(self.folder / "clouds.yaml"), "OS_CLOUD": "lab"}

    def region(self, name: str) -> Region:
        """A region. The test fails if it does not run."""
        if name not in self.regions:
            pytest.fail(f"{name} does not run: LAB_REGIONS=2 starts a second region")
        return self.regions[name]

    def held(self) -> str:
        """The resources of the project, one per line; empty if there are none."""
        done = script(self.folder, "lab-clean", "--check")
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def empty(self) -> None:
        """Delete all resources of the project."""
        done = script(self.folder, "lab-clean")
        if done.returncode:
            pytest.fail(f"lab-clean leaves something: {done.stdout}{done.stderr}")

    def version(self) -> str:
        """The installed releases of OpenStack."""
        shown = ("keystone", "nova", "neutron", "cinder", "octavia", "swift", "openstack-heat")
        pins = dict(line.split("==") for line in (SCRIPTS / "constraints.txt").read_text().splitlines() if "==" in line)
        return ", ".join(f"{name.removeprefix('openstack-')} {pins[name]}" for name in shown)

    def machines(self) -> dict[str, Held]:
        """Every instance of the project, by name."""
        return {name: held for region in self.regions.values() for name, held in region.machines().items()}

    def outside(self) -> dict[str, str]:
        """Every floating IP, to what it leads to."""
        return {address: name for region in self.regions.values() for address, name in region.outside().items()}

    def state(self, needs: Mapping[str, tuple[int, int]], given: frozenset[str] = frozenset()) -> State:
        """Everything in the project, in all regions.

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
    """The control plane's folder: LAB, or a folder in the temporary one."""
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
