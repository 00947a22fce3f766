"""Lead checkov's findings to the plans: `traced.py FILE`, in the project's environment. Writes the figures to FILE.

checkov's command reads the outputs of all examples with a policy that every resource violates, and `camp2iac trace`
reads its SARIF. Every finding must be on a block that the output has. Those with a place in a plan must be on a line
that exists.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKOV = ROOT / ".venv-scanners/checkov/bin/checkov"
RULE = "CKV2_CAMP_1"


def scanned(checkov: Path = CHECKOV) -> list[dict[str, Any]]:
    """The runs of checkov's SARIF about all examples."""
    with tempfile.TemporaryDirectory() as folder:
        command = [checkov, "-d", "examples", "--framework", "terraform", "--skip-download", "--soft-fail", "--quiet"]
        command += ["--external-checks-dir", "proofs/scanners/policies", "--check", RULE]
        command += ["-o", "sarif", "--output-file-path", folder]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        runs: list[dict[str, Any]] = json.loads(next(Path(folder).glob("*.sarif")).read_text())["runs"]
        return runs


def traced(runs: list[dict[str, Any]], output: Path) -> list[dict[str, Any]]:
    """What `camp2iac trace` says about the results in the files of an output."""
    mine = f"{output.relative_to(ROOT).as_posix()}/"
    chosen = [{**run, "results": [each for each in run["results"] if mine in _uri(each)]} for run in runs]
    given = json.dumps({"version": "2.1.0", "runs": chosen})
    command = [sys.executable, "-m", "camp2iac.cli", "trace", "-q", "-o", output, "--output", "json"]
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    findings: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return findings


def _uri(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def wrong(findings: list[dict[str, Any]]) -> list[str]:
    """Findings that lead to nothing, or to a line that does not exist."""
    found = []
    for each in findings:
        plan = each["plan"]
        if not each["name"]:
            found.append(f"{each['generated']}: {each['reason']}")
        elif plan and not (ROOT / plan["file"]).read_text().splitlines()[plan["line"] - 1].strip():
            found.append(f"{plan['file']}:{plan['line']} is empty")
    return found


def main() -> int:
    """Write the figures. Exits with 1 if a finding leads to nothing."""
    start, runs = time.monotonic(), scanned(*map(Path, sys.argv[2:]))
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for output in sorted(ROOT.glob("examples/*/infra/*/.camp2iac.json")):
        findings = traced(runs, output.parent)
        faults += wrong(findings)
        counts["findings"] += len(findings)
        counts["mapped"] += sum(bool(each["plan"]) and not each["plan"]["added"] for each in findings)
        counts["added"] += sum(bool(each["plan"]) and each["plan"]["added"] for each in findings)
        counts["outputs"] += bool(findings)
    if counts["findings"] != sum(len(run["results"]) for run in runs):
        faults.append("some results are in no output")
    Path(sys.argv[1]).write_text(json.dumps({**counts, "wrong": faults}, indent=1) + "\n")
    print(
        f"camp2iac trace: {counts['findings']} findings of checkov in {counts['outputs']} outputs: "
        f"{counts['mapped']} at the line that asks for the resource, {counts['added']} at the line for which camp2iac "
        f"adds it, {counts['findings'] - counts['mapped'] - counts['added']} without a line, {len(faults)} wrong, "
        f"{time.monotonic() - start:.0f} s"
    )
    print(*faults[:10], sep="\n", end="\n" if faults else "")
    return bool(faults) or not counts["findings"]


if __name__ == "__main__":
    sys.exit(main())
