"""Print what was tested, and write docs/proof-module-tests.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from mocked.outputs import OutputRuns
from mocked.programs import SINCE, Program

PAGE = Path(__file__).parents[2] / "docs" / "proof-module-tests.md"
COLUMNS = ("program", "platform", "outputs", "runs", "passed", "failed", "not run", "date")
TEXT = """\
# Proof: the tests of every output

Each output has [tests with mocked providers](terraform-tests.md). `proofs/mocked/run` runs the tests of all outputs of
examples (`examples/*/infra`) and cases (`tests/cases`), each in a copy, by Terraform and by OpenTofu:

```sh
terraform init -backend=false
terraform test -json -test-directory=terraform-tests
```

The providers are the real ones, and only their schemas are used: nothing connects to a cloud. A run counts as passed
only if the program says so. A run of the file that the program does not report has failed. Outputs that have a provider
which `init` does not find are *not run*.

{table}
{validated}

{verdict}

Providers: {providers}.

`proofs/mocked/run --write` writes this page ([options and limits](../proofs/mocked/README.md)). Rows of a program that
was not there are kept, with their date. `.ci/run` runs the tests of the examples.
"""


def rows(results: Sequence[OutputRuns], programs: Sequence[Program]) -> list[tuple[str, ...]]:
    """A row for each program and platform."""
    date = datetime.now(timezone.utc).date().isoformat()
    found = []
    for program in programs:
        own = [each for each in results if each.program == program.name]
        for platform in sorted({each.platform for each in own}):
            some = [each for each in own if each.platform == platform]
            counts = (len(some), sum(map(count, some)), sum(each.passed for each in some), failures(some), missed(some))
            found.append((f"{program.name} {program.release}", platform, *map(str, counts), date))
    return found


def count(result: OutputRuns) -> int:
    """The number of runs."""
    return result.passed + len(result.failed)


def failures(results: Sequence[OutputRuns]) -> int:
    """The number of runs that did not pass."""
    return sum(len(each.failed) for each in results)


def missed(results: Sequence[OutputRuns]) -> int:
    """The number of outputs whose tests could not run."""
    return sum(bool(each.why) for each in results)


def table(lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    aligned = ["---", "---", *["---:"] * 5, "---"]
    return "".join(f"| {' | '.join(line)} |\n" for line in (COLUMNS, aligned, *lines))


def write(results: Sequence[OutputRuns], programs: Sequence[Program]) -> None:
    """Write the page. Rows of programs that did not run stay."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in re.findall(r"^\|.+\|$", old, re.MULTILINE)]
    here = {program.name for program in programs}
    kept = [row for row in cells if row[0].split()[0] in SINCE and row[0].split()[0] not in here]
    lines = sorted([*map(list, rows(results, programs)), *kept])
    providers = {f"{name} {release}" for program in programs for name, release in program.providers.items()}
    text = TEXT.format(
        table=table(lines),
        validated=_validated(results),
        verdict=_verdict(lines),
        providers=", ".join(sorted(providers)),
    )
    PAGE.write_text(text, encoding="utf-8")


def _validated(results: Sequence[OutputRuns]) -> str:
    some = sorted({each.output for each in results if each.validated})
    if not some:
        return "Every output has tests."
    names = ", ".join(f"`{name}`" for name in some)
    return f"These outputs have no tests. They were only validated, which counts as one run: {names}."


def _verdict(lines: Sequence[Sequence[str]]) -> str:
    failed, left = (sum(int(line[column]) for line in lines) for column in (5, 6))
    absent = [name for name in SINCE if not any(line[0].startswith(name) for line in lines)]
    parts = [f"**Runs that failed: {failed}.**" if failed else "**All runs passed.**"]
    parts += [f"**Outputs whose tests did not run: {left}.**"] if left else []
    parts += [f"**{name} was not there.**" for name in absent]
    return " ".join(parts)
