"""The plans that are compiled by the tests: those of examples/ and of tests/cases/."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
CASES = ROOT / "tests" / "cases"


@dataclass(frozen=True)
class Compilation:
    """A package, the environment it is compiled for (None: ``target`` alone), and where its committed output is."""

    package: Path
    environment: Path | None
    target: str
    output: Path

    @property
    def id(self) -> str:
        """Such as ``examples/guestbook-openstack`` or ``tiers/shared-openstack``."""
        return f"{self.package.parent.name}/{self.package.name}-{self.output.name}"

    @property
    def arguments(self) -> list[str]:
        """What follows ``camp2iac synth``, the output's folder left out."""
        chosen = ["-e", str(self.environment)] if self.environment else ["--target", self.target]
        return [str(self.package / "camp.yaml"), *chosen]

    def copied(self, to: Path, *, output: bool = False) -> Compilation:
        """The same of a copy of the package, in the folder ``to``, where links are files; without this output if not
        asked for.
        """
        package = to / self.package.name
        shutil.copytree(self.package, package, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        copy = package / self.output.relative_to(self.package)
        if not output:
            shutil.rmtree(copy, ignore_errors=True)
        environment = package / self.environment.relative_to(self.package) if self.environment else None
        return Compilation(package, environment, self.target, copy)


def compilations() -> list[Compilation]:
    """Every example and case in every environment of its own, sorted.

    A case without environments has a file ``targets``, one name a line.
    """
    plans = sorted([*EXAMPLES.glob("*/camp.yaml"), *CASES.glob("*/*/camp.yaml")])
    return [compilation for plan in plans for compilation in _of(plan)]


def _of(plan: Path) -> Iterator[Compilation]:
    package = plan.parent
    infra = package / ("infra" if package.parent == EXAMPLES else "expected")
    for environment in sorted((package / "environments").glob("*.yaml")):
        yield Compilation(package, environment, "", infra / environment.stem)
    targets = package / "targets"
    for target in targets.read_text().split() if targets.exists() else ():
        yield Compilation(package, None, target, infra / target)
