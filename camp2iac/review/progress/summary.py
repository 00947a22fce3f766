"""What is printed when Terraform has ended: what changed by part, how long it took, outputs, warnings and errors."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.review.formats.cells import folded, pad, wide
from camp2iac.review.inventory import output_text
from camp2iac.review.parts import DeploymentPart
from camp2iac.review.progress.faults import Texts, rendered
from camp2iac.review.progress.model import ResourceProgress, TerraformRun
from camp2iac.review.progress.view import duration, outcome

_DONE = {"destroy": "Destroyed", "apply": "Applied"}
_PLAN = {
    frozenset({"create"}): "to create",
    frozenset({"update"}): "to change",
    frozenset({"create", "delete"}): "to replace",
    frozenset({"delete"}): "to destroy",
}
_HIDDEN = "(sensitive)"


def summary(run: TerraformRun, elapsed: float, texts: Texts, width: int) -> str:
    """The summary. ``elapsed``: how long it took by the caller's clock, if Terraform does not say."""
    blocks = [
        list(_faults(run, texts, width)),
        list(_changes(run, elapsed, width)),
        list(_outputs(run, width)),
    ]
    return "\n".join("\n".join([*block, ""]) for block in blocks if block)


def _faults(run: TerraformRun, texts: Texts, width: int) -> Iterator[str]:
    for number, (diagnostic, times) in enumerate([*run.warnings.items(), *run.errors.items()]):
        if number:
            yield ""
        yield from rendered(diagnostic, times, run.parts, texts, width)


def _changes(run: TerraformRun, elapsed: float, width: int) -> Iterator[str]:
    yield from folded(_head(run, duration(elapsed if run.seconds is None else run.seconds)), width)
    rows = {part: _row(run, each) for part, each in run.by_part().items()}
    shown = {part: text for part, text in rows.items() if text}
    names = min(max((wide(part.title) for part in shown), default=0), max(width // 2, 8))
    for part, text in shown.items():
        yield from _line(part, text, names, width)


def _line(part: DeploymentPart, text: str, names: int, width: int) -> Iterator[str]:
    if wide(part.title) <= names and 4 + names + wide(text) <= width:
        yield f"  {pad(part.title, names)}  {text}"
    else:
        yield from (f"  {line}" for line in folded(part.title, max(width - 2, 8)))
        yield from (f"    {line}" for line in folded(text, max(width - 4, 8)))


def _head(run: TerraformRun, time: str) -> str:
    total = outcome(run.resources.values()) or "nothing changed"
    if not run.ended and not run.errors:
        return (
            f"The stream ended before Terraform did, after {time}: {total}. Run  terraform plan  to see what is left."
        )
    if run.failed:
        return f"Failed after {time}: {total}."
    if run.operation == "plan":
        return f"Planned in {time}. Nothing was applied."
    return f"{_DONE.get(run.operation, 'Ended')} in {time}: {total}."


def _row(run: TerraformRun, resources: list[ResourceProgress]) -> str:
    if not run.applies:
        counts = {word: sum(each.planned == actions for each in resources) for actions, word in _PLAN.items()}
        return ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    failed = sum(each.failed for each in resources)
    left = sum(not each.is_complete and not each.failed for each in resources)
    texts = [outcome(resources), f"{failed} failed" if failed else "", f"{left} not done" if left else ""]
    return ", ".join(text for text in texts if text)


def _outputs(run: TerraformRun, width: int) -> Iterator[str]:
    found = {
        name: _HIDDEN if output.sensitive else output_text(name, output.value)
        for name, output in sorted(run.outputs.items())
        if not output.action
    }
    shown = {name: text for name, text in found.items() if text}
    if shown:
        yield "Outputs"
    for name, text in shown.items():
        yield from (f"  {line}" for line in folded(f"{name} = {text}", max(width - 2, 8)))
