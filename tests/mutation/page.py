"""`docs/mutants.md`: how many faults the tests notice, and which they do not."""

from __future__ import annotations

from collections.abc import Sequence

from mutation.trial import Tried

HEAD = """\
# Mutants

Do the tests notice a fault? `tests/mutate` puts random faults into the core packages: another comparison, a negated
condition, a changed number, string or boolean, a removed call, or `None` as the result. It tries one fault at a time
against the quick run: first the tests of the package, then the committed output and errors, then all tests. A fault
that no test notices *survives*. Some survivors are equivalent: the program behaves as before.

    tests/mutate --count 100 --seed 1

The run works in copies below `build-reports/`. It stores its results and continues from them. `--minutes 20` limits a
run.

"""


def page(tried: Sequence[Tried], count: int, seed: int, when: str) -> str:
    """The page's text."""
    survivors = [each for each in tried if not each.killed]
    killed = len(tried) - len(survivors)
    lines = [HEAD, f"Seed {seed}, {when}: {len(tried)} of {count} mutants tried, **{killed} killed**, "]
    lines += [f"{len(survivors)} survived.\n\n| package | tried | killed |\n|---|---:|---:|\n"]
    for name in sorted({_package(each) for each in tried}):
        of_it = [each for each in tried if _package(each) == name]
        lines.append(f"| `{name}` | {len(of_it)} | {sum(each.killed for each in of_it)} |\n")
    if survivors:
        lines.append("\n## Survivors\n")
    for each in sorted(survivors, key=lambda each: (each.file, each.line)):
        before, after = (" ".join(text.split()) for text in (each.before, each.after))
        lines.append(f"\n`{each.file}:{each.line}` ({each.kind})\n\n```diff\n- {before}\n+ {after}\n```\n")
    return "".join(lines)


def _package(tried: Tried) -> str:
    return "/".join(tried.file.split("/")[1:3]) if "/targets/" in tried.file else tried.file.split("/")[1]
