"""The marker ``lab``, the control plane, and the record of what was proven.

Nothing here runs unless it is asked for: ``proofs/lab/run``. Then it runs or fails; it
never skips.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support.terraform import Terraform

from lab import cloud as control
from lab.cloud import Cloud
from lab.proof import Proof

HERE = Path(__file__).parent
RECORD = HERE.parent.parent / "docs" / "proof-openstack.md"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "lab" in str(config.getoption("markexpr")):
        return
    left_out = [item for item in items if item.get_closest_marker("lab")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def cloud() -> Iterator[Cloud]:
    """A control plane with an empty project: the one that runs here, or a new one that is stopped at the end."""
    if not find_spec("openstack.connection"):
        pytest.fail("openstacksdk is not there, or hidden by tests/openstack: use proofs/lab/run")
    where = control.folder()
    running = control.answers()
    if os.environ.get("LAB_UP", "1") != "0":
        done = control.script(where, "lab-up")
        if done.returncode:
            pytest.fail(f"the control plane does not start:\n{done.stdout}{done.stderr}")
    try:
        found = Cloud(where)
        if left := found.held():
            print(f"left by an earlier run, now deleted:\n{left}")
            found.empty()
        yield found
    finally:
        if not running and os.environ.get("LAB_KEEP", "0") != "1":
            control.script(where, "lab-down")


@pytest.fixture(scope="session")
def applying(terraform: Terraform, cloud: Cloud) -> Terraform:
    """Terraform with the real provider and the credentials of the project."""
    if not terraform.real:
        pytest.fail(f"applying needs the real providers; this is {terraform.says}")
    mine = {name: value for name, value in terraform.environment.items() if not name.startswith("OS_")}
    return replace(terraform, environment={**mine, **cloud.environment}, timeout=1200)


@pytest.fixture(scope="session")
def proof(cloud: Cloud, terraform: Terraform, request: pytest.FixtureRequest) -> Iterator[Proof]:
    """The results by entry. They are printed at the end, and written if LAB_PROOF=1."""
    found = Proof(terraform.says, cloud.version())
    request.config.stash[_PROOF] = found
    yield found
    if os.environ.get("LAB_PROOF", "0") == "1":
        found.write(RECORD)


_PROOF = pytest.StashKey[Proof]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if (found := config.stash.get(_PROOF, None)) and found.entries:
        terminalreporter.write_line("\n" + found.table())
