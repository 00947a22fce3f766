"""The page docs/scanners.md, of what `scan.py` wrote into a folder."""

from __future__ import annotations

import datetime
import json
import platform
import sys
from pathlib import Path

WHAT = {
    "checkov": "checkov's parser, then its command on both folders",
    "python-hcl2": "a parser of HCL for Python",
    "tfparse": "the parser and evaluator of Trivy, as a library",
    "tree-sitter": "the grammar of editors, and of scanners such as Semgrep",
}
PAGE = """\
# Who else reads the output

Terraform is not the only one that reads a module: policies are checked by scanners, inventories made by parsers. Each
of these read every file of every example (`examples/*/infra`) and case (`tests/cases`), and found every resource in it:

| reader | what it is | files | resources | not read |
|---|---|---:|---:|---:|
{rows}

What checkov's checks for OpenStack and for Terraform said of them:

{said}

So that they can, strings are written in forms that all of them understand. Text for systemd is quoted by `format()`,
not in an interpolation with escaped quotes in it: checkov's parser gives such a file up after ten seconds, and its
summary does not tell that the file was left out. A `${{` of the plan, which is text, is written `\\u0024{{` unless a
name and a brace follow it, and `%{{` after a percent sign `\\u0025{{`: Terraform reads both as the character.

Seen {date} with Python {python}. Made by `proofs/scanners/run --write`; a bounded run is part of `.ci/run`, and the
tests hold every output and any string of a plan to the narrowest of the readers (`proofs/scanners/test_parsers.py`).
"""


def main() -> None:
    """Print the page."""
    found = {name: json.loads((Path(sys.argv[1]) / f"{name}.json").read_text()) for name in WHAT}
    rows = "\n".join(
        f"| {seen['reader']} | {WHAT[name]} | {seen['files']} | {seen['resources']:,} | {len(seen['wrong'])} |"
        for name, seen in found.items()
    )
    said = "\n".join(f"- {line}" for seen in found.values() for line in seen["said"])
    date = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    print(PAGE.format(rows=rows, statement=said, date=date, python=platform.python_version()), end="")


if __name__ == "__main__":
    main()
