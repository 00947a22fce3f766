"""Find out whether instances can boot here, and report if they cannot."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from roots.machine import HOME

ROOT = HOME / "roots" / "bookworm"
LIST = Path(__file__).with_name("packages.txt").read_text().splitlines()
COMMANDS = [line.split()[0] for line in LIST if line and not line.startswith("#")]


def missing() -> str:
    """Why instances cannot boot here; empty if they can."""
    if os.geteuid():
        return "not root"
    for command in COMMANDS:
        if shutil.which(command) is None:
            return f"no {command}: install what proofs/roots/packages.txt names"
    if not (ROOT / "etc/vm-root").exists():
        return "no root file system: proofs/roots/vm root-make bookworm  makes it, in two minutes"
    return ""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "roots: boots machines, minutes each; leave out with -m 'not roots'")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here, why = Path(__file__).parent, missing()
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.roots)
            item.add_marker(pytest.mark.slow)
            if why:
                item.add_marker(pytest.mark.skip(reason=f"machines are not booted: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if why := missing():
        terminalreporter.write_line(f"machines (proofs/roots): NOT BOOTED: {why}", yellow=True, bold=True)
    from camp2iac.catalogue import load
    from roots.entry import entries

    installed = {name for name, product in load().products.items() if not product.managed}
    if without := sorted(installed - set(entries())):
        terminalreporter.write_line(f"products without a proof: {', '.join(without)}", yellow=True)
