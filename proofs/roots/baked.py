"""Makes the image of a tier as Packer would: with the steps of the generated template, on an instance of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from roots.fleet import Fleet
from roots.machine import HOME, VM, vm_name

_STEP = re.compile(r'^  provisioner "(\w+)" \{\n(.*?)^  \}\n', re.MULTILINE | re.DOTALL)
_ARGUMENT = re.compile(r"^    (\w+) += (.*)$", re.MULTILINE)
_COPY = """\
set -e
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/merged"
cp -a --reflink=auto "$2/merged/." "$3"
"""


@dataclass(frozen=True)
class Step:
    """A provisioner of a Packer template: its type, and its arguments."""

    type: str
    arguments: dict[str, str | list[str]]


def steps(template: Path) -> list[Step]:
    """The provisioners of a generated template, in order. Paths are those of this host."""
    found = []
    for type_, inside in _STEP.findall(template.read_text()):
        inside = inside.replace("${path.root}", str(template.parent))
        found.append(Step(type_, {name: json.loads(value) for name, value in _ARGUMENT.findall(inside)}))
    return found


def bake(fleet: Fleet, tier: str, into: Path) -> str:
    """Make the image of a tier in the folder ``into``, as a root file system, and return what was printed.

    It begins with the fleet's distribution. No instance of the fleet may run: the one that becomes the image has the
    addresses of the tier's first instance, but none of its user data.
    """
    plain = replace(fleet.one(tier), name=f"bake-{tier}", user_data="#cloud-config\n{}\n", volumes=())
    alone = Fleet.of([plain], fleet.work / f"bake-{tier}", fleet.root, fleet.hosts)
    alone.work.mkdir()
    template = fleet.paper.folder / "images" / tier / "image.pkr.hcl"
    try:
        alone.up(plain.name)
        alone.wait(plain.name)
        said = "".join(_run(alone, plain.name, step) for step in steps(template))
        alone.vm("stop", vm_name(plain.name))
        made = alone.world / "vms" / vm_name(plain.name)
        into.mkdir(parents=True)
        words = ("sh", "-c", _COPY, "copy", str(HOME / "roots" / fleet.root), str(made), str(into))
        subprocess.run(["unshare", "--mount", "--propagation", "private", *words], check=True, timeout=300)
    finally:
        alone.close()
    return said


def _run(fleet: Fleet, name: str, step: Step) -> str:
    given = step.arguments
    if step.type == "file":
        _send(fleet, name, Path(str(given["source"])), str(given["destination"]))
        return ""
    if "inline" in given:
        return "".join(fleet.sh(name, line) for line in given["inline"])
    there = "/tmp/script.sh"
    _send(fleet, name, Path(str(given["script"])), there)
    command = str(given["execute_command"]).replace("{{ .Path }}", there).removeprefix("sudo ")
    # as a login shell would have it: with the proxy of the service manager
    return fleet.sh(name, f"systemd-run --quiet --wait --pipe --collect {command} 2>&1; s=$?; rm {there}; exit $s")


def _send(fleet: Fleet, name: str, source: Path, destination: str) -> None:
    words = [str(VM), "exec", vm_name(fleet.one(name).name), "sh", "-c", 'cat > "$1"', "cat", destination]
    environment = {**os.environ, "VM_STATE": str(fleet.world)}
    subprocess.run(words, input=source.read_bytes(), check=True, timeout=60, env=environment)
