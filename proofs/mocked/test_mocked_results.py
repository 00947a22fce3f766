"""What counts as passed, which rows a page keeps, and which mirror OpenTofu gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from standin.mirror import HOSTS
from support.plans import compilations

from mocked import page, programs
from mocked.outputs import OutputRuns, outcomes, platform, required
from mocked.programs import Program


def message(run: str, **said: str) -> str:
    return json.dumps({"type": "test_run", "test_run": {"run": run, **said}})


def test_only_a_reported_pass_counts() -> None:
    said = [
        message("first", progress="starting"),
        message("first", progress="complete", status="pass"),
        message("second", status="pass"),  # OpenTofu has no progress
        message("third", status="fail"),
        json.dumps({"@testrun": "third", "diagnostic": {"severity": "error", "summary": "No", "detail": "it\nis 3"}}),
        message("fourth", status="skip"),
        "There are some problems with the CLI configuration",
    ]
    assert outcomes("\n".join(said), ["first", "second", "third", "fourth", "fifth"]) == {
        "first": "",
        "second": "",
        "third": "fail; No: it is 3",
        "fourth": "skip",
        "fifth": "it did not run",
    }


def test_an_error_of_the_whole_module_is_told() -> None:
    said = json.dumps({"diagnostic": {"severity": "error", "summary": "Unsupported block", "detail": "here"}})
    assert outcomes(said, ["first"]) == {"first": "it did not run; Unsupported block: here"}


def test_every_output_has_a_platform_and_providers() -> None:
    found = compilations()
    assert {platform(each) for each in found} == {"docker", "heroku", "kubernetes", "openstack"}
    sources = required(found)
    assert len(sources) == 6
    assert all(len(constraints) == 1 for constraints in sources.values()), "more than one constraint of a provider"


@pytest.fixture
def terraform(tmp_path: Path) -> Program:
    locked = tmp_path / "locked.hcl"
    locked.write_text('provider "example.org/acme/random" {\n  version     = "3.9.0"\n}\n')
    return Program("terraform", "Terraform", "1.11.4", {}, locked, {})


def test_a_page_keeps_the_rows_of_a_program_that_was_not_there(
    terraform: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    opentofu = replace(terraform, name="OpenTofu", release="1.8.8")
    good = OutputRuns("examples/a-docker", "docker", "Terraform", 3)
    bad = OutputRuns("examples/a-docker", "docker", "OpenTofu", 2, ("x: fail",))
    page.write([good, bad], [terraform, opentofu])
    first = page.PAGE.read_text()
    assert "**Runs that failed: 1.**" in first
    page.write([replace(good, passed=4)], [replace(terraform, release="1.12.0")])
    second = page.PAGE.read_text()
    assert next(line for line in first.splitlines() if "OpenTofu 1.8.8" in line) in second
    assert "Terraform 1.11.4" not in second
    assert "| Terraform 1.12.0 | docker | 1 | 4 | 4 | 0 | 0 |" in second
    page.write([replace(bad, failed=(), why="no provider a/b")], [opentofu])
    assert "Outputs whose tests did not run: 1." in page.PAGE.read_text()
    page.PAGE.unlink()
    page.write([replace(good, validated=True)], [terraform])
    text = page.PAGE.read_text()
    assert "**OpenTofu was not there.**" in text
    assert "only validated" in text
    assert "Providers: random 3.9.0." in text


def test_opentofu_gets_terraform_s_mirror_by_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    terraform, opentofu = HOSTS
    work = tmp_path / "work"
    assert programs.linked(work) is None
    package = tmp_path / ".terraform.d/plugins" / terraform / "acme/random/1.0.0/linux_amd64"
    package.mkdir(parents=True)
    config = programs.linked(work)
    assert config is not None
    assert f'["{opentofu}/acme/random"]' in config.read_text()
    link = work / "mirror" / opentofu / "acme/random/1.0.0/linux_amd64"
    assert link.is_symlink()
    assert link.resolve() == package.resolve()
    (tmp_path / ".terraform.d/plugins" / opentofu).mkdir()
    assert programs.linked(work) is None, "it has one of its own"
