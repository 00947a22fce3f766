"""`docs/mutants.md`: how many faults the tests notice, and which they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mutation.trial import Tried

HEAD = """\
# Mutants

Do the tests notice a fault? `tests/mutate` puts random faults into the core packages: another comparison, a negated
condition, a changed number, string or boolean, a removed call, or `None` as the result. It tries one fault at a time.
A fault that no test notices *survives*.

    tests/mutate --count 100 --seed 1 2

`tests/mutate` first runs the quick tests once and records which lines each test executes. A mutant then runs:

1. against the quick tests that execute its statement, the likely and cheap ones first;
2. against the quick tests of its package, and those that start Python, because they can execute any line there;
3. against all slow tests, those of the package first, except with `--quick`.

It is killed when the first test fails, or runs out of CPU time. The proofs do not run.

Some faults cannot have an effect and are not generated: in docstrings, annotations, decorators, options of classes, and
code for type checkers or other systems. `tests/mutation/equivalent.yaml` lists other *equivalent* mutants, with the
reason why each behaves like the program. They count neither as killed nor as survivors.

The run works in copies below `build-reports/`. It stores its results and continues from them: `--minutes 20` limits a
run, and `--again` tries the survivors again.
"""


@dataclass(frozen=True)
class Results:
    """What one seed gave. ``equivalent``: mutants that were reviewed, and why they are equivalent."""

    seed: int
    count: int
    tried: Sequence[Tried]
    equivalent: Mapping[Tried, str]

    @property
    def survivors(self) -> list[Tried]:
        """In the order of the source."""
        return sorted((each for each in self.tried if not each.killed), key=lambda each: (each.file, each.line))


def page(results: Sequence[Results], commit: str, when: str) -> str:
    """The page's text."""
    lines = [HEAD, f"\nCommit {commit}, {when}:\n\n| seed | tried | killed | survived | equivalent |\n"]
    lines.append("|---:|---:|---:|---:|---:|\n")
    for each in results:
        tried, survived, same = len(each.tried), len(each.survivors), len(each.equivalent)
        lines.append(f"| {each.seed} | {tried} of {each.count} | **{tried - survived}** | {survived} | {same} |\n")
    every = {one.id: one for each in results for one in each.tried}.values()
    lines.append("\n| package | tried | killed |\n|---|---:|---:|\n")
    for name in sorted({_package(each) for each in every}):
        of_it = [each for each in every if _package(each) == name]
        lines.append(f"| `{name}` | {len(of_it)} | {sum(each.killed for each in of_it)} |\n")
    survivors = {one.id: one for each in results for one in each.survivors}.values()
    if survivors:
        lines.append("\n## Survivors\n")
    lines += [_shown(each) for each in sorted(survivors, key=lambda each: (each.file, each.line))]
    equivalent = {one: why for each in results for one, why in each.equivalent.items()}
    if equivalent:
        lines.append("\n## Equivalent mutants\n")
    lines += [
        _shown(each) + f"\n{why}\n"
        for each, why in sorted(equivalent.items(), key=lambda item: (item[0].file, item[0].line))
    ]
    return "".join(lines)


def _shown(each: Tried) -> str:
    before, after = (" ".join(text.split()) for text in (each.before, each.after))
    return f"\n`{each.file}:{each.line}` ({each.kind})\n\n```diff\n- {before}\n+ {after}\n```\n"


def _package(tried: Tried) -> str:
    return "/".join(tried.file.split("/")[1:3]) if "/targets/" in tried.file else tried.file.split("/")[1]
