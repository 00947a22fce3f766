"""The outputs of examples and cases, and what a program says about the tests of one."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from support.plans import Compilation
from support.terraform import copy_module

from camp2iac.targets.module_tests import FOLDER
from mocked.programs import Program

_REQUIRED = re.compile(r'source\s*=\s*"([\w-]+/[\w-]+)"\s*version\s*=\s*"([^"]+)"')
_RUN = re.compile(r'^run "(\w+)"', re.MULTILINE)


@dataclass(frozen=True)
class OutputRuns:
    """One output and one program. ``failed``: runs that did not pass, with what the program says. ``why``: why nothing
    ran. ``validated``: the output has no tests, and was only validated.
    """

    output: str
    platform: str
    program: str
    passed: int = 0
    failed: tuple[str, ...] = ()
    why: str = ""
    validated: bool = False


def platform(compilation: Compilation) -> str:
    """The target of an output."""
    if compilation.environment is None:
        return compilation.target
    return str(yaml.safe_load(compilation.environment.read_text())["target"])


def required(compilations: Iterable[Compilation]) -> dict[str, set[str]]:
    """The sources of the providers, and their constraints."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in compilations:
        for file in each.output.rglob("*.tf"):
            for source, constraint in _REQUIRED.findall(file.read_text()):
                found[source].add(constraint)
    return found


def tested(compilation: Compilation, program: Program) -> OutputRuns:
    """Run the tests of one output in a copy. An output without tests is validated."""
    name, target = compilation.id, platform(compilation)
    lacking = [source for source in required([compilation]) if source in program.lacks]
    if lacking:
        return OutputRuns(name, target, program.name, why=f"no provider {', '.join(lacking)}")
    folder = Path(tempfile.mkdtemp(prefix="camp2iac-mocked-"))
    try:
        output = copy_module(compilation.package, compilation.output, folder / compilation.package.name)
        files = sorted(output.rglob("*.tftest.hcl"))
        if not files:
            return _validated(OutputRuns(name, target, program.name, validated=True), output, program)
        passed, failed = 0, []
        for module in sorted({file.parent.parent for file in files}):
            texts = [file.read_text() for file in module.glob(f"{FOLDER}/*.tftest.hcl")]
            found = _runs(module, _RUN.findall("\n".join(texts)), program)
            failed += [f"{run}: {said}" for run, said in found.items() if said]
            passed += sum(not said for said in found.values())
        return OutputRuns(name, target, program.name, passed, tuple(failed))
    finally:
        shutil.rmtree(folder)


def _runs(module: Path, wanted: Iterable[str], program: Program) -> dict[str, str]:
    """Each run, and what is wrong with it: nothing if it passed."""
    done = program.init(module)
    if done.returncode:
        return dict.fromkeys(wanted, f"init: {_line(done.stderr)}")
    done = program.run(module, "test", "-json", f"-test-directory={FOLDER}")
    found = outcomes(done.stdout, wanted)
    if done.returncode and not any(found.values()):
        found["test"] = f"exit status {done.returncode}: {_line(done.stderr)}"
    return found


def outcomes(said: str, wanted: Iterable[str]) -> dict[str, str]:
    """What is wrong with each run, from what `test -json` says: nothing if it passed, else its status and the errors.

    ``wanted``: the runs of the file. One that is not reported is wrong.
    """
    status = dict.fromkeys(wanted, "it did not run")
    errors: dict[str, list[str]] = defaultdict(list)
    for line in said.splitlines():
        message = json.loads(line) if line.startswith("{") else {}
        run = message.get("test_run", {})
        if run.get("status") and run.get("progress", "complete") == "complete":
            status[run["run"]] = run["status"]
        diagnostic = message.get("diagnostic", {})
        if diagnostic.get("severity") == "error":
            errors[message.get("@testrun", "")].append(_line(f"{diagnostic['summary']}: {diagnostic['detail']}"))
    return {run: "" if each == "pass" else "; ".join([each, *errors[run], *errors[""]]) for run, each in status.items()}


def _validated(result: OutputRuns, output: Path, program: Program) -> OutputRuns:
    done = program.init(output)
    if not done.returncode:
        done = program.run(output, "validate", "-no-color")
    failed = (f"validate: {_line(done.stderr)}",) if done.returncode else ()
    return OutputRuns(result.output, result.platform, result.program, int(not failed), failed, validated=True)


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
