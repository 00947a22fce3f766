"""Running Terraform on the proof modules and reading what it says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOOD = sorted((HERE / "good").iterdir())
BAD = sorted((HERE / "bad").iterdir())
#: faults that only annotated recordings tell of
BAD_ANNOTATED = sorted((HERE / "bad-annotated").iterdir())

Json = dict[str, Any]
Finding = tuple[int, str]  # line, summary
#: the command; where it is not simply `terraform`, whoever calls says so
_TERRAFORM = shlex.split(os.environ.get("TERRAFORM", "terraform"))
_EXPECTED = re.compile(r"# error: (.*)")
#: the summaries that Terraform and the SDK share out; all others are about one value, in each provider's own words
_SHARED = re.compile(
    "Missing required argument|Conflicting configuration arguments|Invalid combination of arguments"
    "|Invalid or unknown key|Value for unconfigurable attribute|Too many |Not enough |Insufficient "
    "|Unsupported |Invalid resource type|Incorrect attribute value type"
)


class ProofError(Exception):
    """A claim that did not hold."""


def claim(held: bool, otherwise: str) -> None:
    """Fail the running proof, with the reason, unless the condition held."""
    if not held:
        raise ProofError(otherwise)


@dataclass
class Terraform:
    """Terraform with one CLI configuration, in its own folder and with nothing else in its environment."""

    folder: Path
    config: Path | None
    extra: Mapping[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Install the providers once, for all modules."""
        start = self.folder / "start"
        start.mkdir(parents=True)
        shutil.copy(HERE / "versions.tf", start)
        self.run(start, "init")

    def run(self, where: Path, *arguments: str, accept: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        """Run one command in a module's folder."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "CHECKPOINT_DISABLE": "1"}
        environment |= {"TF_DATA_DIR": str(self.folder / "data"), "TF_IN_AUTOMATION": "1", **self.extra}
        if self.config:
            environment["TF_CLI_CONFIG_FILE"] = str(self.config)
        command = [*self.prefix, *_TERRAFORM, *arguments]
        done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
        claim(done.returncode in accept, f"{' '.join(command)} in {where.name}: {(done.stdout + done.stderr)[-2000:]}")
        return done

    def module(self, source: Path, name: str = "") -> Path:
        """A fresh folder with this module in it."""
        where = self.folder / (name or f"{source.parent.name}-{source.name}")
        shutil.rmtree(where, ignore_errors=True)
        where.mkdir()
        for each in (HERE / "versions.tf", source, self.folder / "start" / ".terraform.lock.hcl"):
            shutil.copy(each, where)
        return where

    def errors(self, where: Path) -> list[Finding]:
        """What `validate` finds wrong."""
        return sorted(finding for each in self.errors_of(where).values() for finding in each)

    def errors_of(self, where: Path) -> dict[str, list[Finding]]:
        """What `validate` finds wrong, by the address of the resource."""
        said = json.loads(self.run(where, "validate", "-json", accept=(0, 1)).stdout)
        found: dict[str, list[Finding]] = {}
        for each in said["diagnostics"]:
            if each["severity"] == "error":
                line = each.get("range", {}).get("start", {}).get("line", 0)
                found.setdefault(each.get("address", ""), []).append((line, each["summary"]))
        return found

    def changes(self, where: Path, *arguments: str, state: Path | None = None) -> dict[str, Json]:
        """The changes that `plan` wants, by address; without looking at the cloud."""
        if state:
            shutil.copy(state, where / "terraform.tfstate")
        self.run(where, "plan", "-refresh=false", "-input=false", "-out=plan", *arguments)
        plan = json.loads(self.run(where, "show", "-json", "plan").stdout)
        return {each["address"]: each["change"] for each in plan.get("resource_changes", [])}

    def seconds(self, where: Path, *arguments: str) -> float:
        """The shortest wall time of five runs: what else the machine does is not ours."""
        times = []
        for _ in range(5):
            start = time.perf_counter()
            self.run(where, *arguments)
            times.append(time.perf_counter() - start)
        return min(times)


def expected(source: Path) -> list[Finding]:
    """The errors that a bad module's comments announce, at their lines."""
    found = []
    for number, line in enumerate(source.read_text().splitlines(), 1):
        announced = _EXPECTED.search(line)
        found += [(number, text) for text in announced[1].split(" | ")] if announced else []
    return sorted(found)


def kinds(found: list[Finding]) -> list[Finding]:
    """Errors without the wording of value checks, which is each provider's own."""
    return sorted({(line, text if _SHARED.match(text) else "a value") for line, text in found})


def without_text(dump: Any) -> Any:
    """A schema dump without descriptions."""
    if isinstance(dump, dict):
        texts = {name for name in ("description", "description_kind") if isinstance(dump.get(name), str)}
        return {name: without_text(each) for name, each in dump.items() if name not in texts}
    return dump


def differences(one: Mapping[str, Json], other: Mapping[str, Json]) -> list[str]:
    """Where two plans differ: actions, what forces a replacement, every planned value; null and zero are the same."""
    found = []
    for address in sorted({*one, *other}):
        ours, theirs = one.get(address, {}), other.get(address, {})
        for part in ("actions", "replace_paths", "after", "after_unknown"):
            left, right = (_plain(each.get(part)) for each in (ours, theirs))
            if left != right:
                found.append(f"{address}.{part}: {left} / {right}")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: made for name, each in value.items() if (made := _plain(each)) is not None} or None
    if isinstance(value, list):
        return sorted(map(_plain, value), key=repr) or None
    return value or None
