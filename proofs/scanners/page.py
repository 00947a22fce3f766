"""Write docs/scanners.md from the results of `scan.py` in a folder."""

from __future__ import annotations

import datetime
import json
import platform
import sys
from pathlib import Path

WHAT = {
    "checkov": "checkov's parser, and its command on both folders",
    "python-hcl2": "an HCL parser for Python",
    "tfparse": "Trivy's parser and evaluator, as a library",
    "tree-sitter": "the grammar that editors and scanners such as Semgrep use",
    "terraform-docs": "writes the documentation of a module",
    "tflint": "a linter, with its own rules for Terraform",
}
PAGE = """\
# Scanners and parsers

Tools other than Terraform read modules: scanners check policies, and other programs use parsers, for example for
inventories. Each of these tools read every file of every example (`examples/*/infra`) and case (`tests/cases`), and
found every resource:

| reader | what it is | files | resources | not read |
|---|---|---:|---:|---:|
{rows}

The result of checkov's checks for OpenStack and Terraform:

{said}

`camp2iac trace` leads findings to the plan ([trace.md](trace.md)). checkov reported every resource in {outputs}
outputs of the examples, by a policy of ours that all of them violate. Of its {findings} findings, {mapped} are at the
line of the plan that asks for the resource, and {added} at the line for which camp2iac adds it, such as a security
group of a service. The other {rest} are about resources that serve several parts of a plan, such as a router, and keep
their place.

camp2iac writes strings in forms that all of these tools can read:

- `format()` quotes strings for systemd. Escaped quotes in an interpolation make checkov's parser give up the file after
  ten seconds, and its summary does not mention the file.
- A literal `${{` from the plan is written as `\\u0024{{`, unless a name and a brace follow it. A literal `%{{` after a
  percent sign is written as `\\u0025{{`. Terraform reads both as the character.

Measured on {date} with Python {python}. `proofs/scanners/run --write` writes this page. `.ci/run` runs a limited part
of it, and `proofs/scanners/test_parsers.py` tests every output, and any string of a plan, with the strictest of the
readers.
"""


def main() -> None:
    """Print the page."""
    found = {name: json.loads((Path(sys.argv[1]) / f"{name}.json").read_text()) for name in WHAT}
    rows = "\n".join(
        f"| {seen['reader']} | {WHAT[name]} | {seen['files']} | {seen['resources']:,} | {len(seen['wrong'])} |"
        for name, seen in found.items()
    )
    said = "\n".join(f"- {line}" for seen in found.values() for line in seen["said"])
    trace = json.loads((Path(sys.argv[1]) / "trace.json").read_text())
    trace["rest"] = trace["findings"] - trace["mapped"] - trace["added"]
    date = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    print(PAGE.format(rows=rows, said=said, date=date, **trace, python=platform.python_version()), end="")


if __name__ == "__main__":
    main()
