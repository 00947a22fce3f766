"""What is shown while Terraform runs: pure functions from the model to lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.diagnostics.excerpt import columns, harmless
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.record import Record
from camp2iac.review.formats.cells import pad, wide
from camp2iac.review.parts import DeploymentPart, instance_key
from camp2iac.review.progress.model import ProgressEvent, ResourceProgress, TerraformRun

_SECRETS = ReportedSecrets()
_DOING = {"create": "creating", "update": "changing", "delete": "destroying"}
_FAILED, _RUNS, _WAITS, _COMPLETE = range(4)
_MARKS = {_FAILED: "✗", _COMPLETE: "✓"}
_NAMES = 24  # the largest width of the column of names
_WORTH_SAYING = 10  # seconds after which a resource is named although people do not know it


class ViewSize(Record, frozen=True):
    """The size of a terminal."""

    width: int
    height: int


def duration(seconds: float) -> str:
    """``0:32``, ``1:02:03``."""
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short(part: DeploymentPart) -> str:
    """The name of a part where there is little space: ``database``, ``network front``."""
    return part.name if part.kind in ("component", "service", "tier") else part.title


def cut(text: str, width: int) -> str:
    """The text without controls, in at most ``width`` columns."""
    text = harmless(text)
    if wide(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


# --- the live view ----------------------------------------------------------------------------------------------------


def lines(run: TerraformRun, now: float, elapsed: float, size: ViewSize, note: str = "") -> list[str]:
    """The view: a head, and a line for each part. No line is wider than the terminal, and all fit.

    Args:
        run: the model.
        now: the time by the clock that :meth:`TerraformRun.receive` gets.
        elapsed: since the start, in seconds.
        size: of the terminal.
        note: what to add to the head.
    """
    width = max(size.width - 1, 8)  # a full line would wrap on some terminals
    found = run.by_part() if run.applies else {}
    names = min(max((wide(short(part)) for part in found), default=0), _NAMES, width // 2)
    room = width - names - 4
    rows = [
        (_rank(each), cut(f"{_mark(each)} {pad(cut(short(part), names), names)}  {_part(run, each, now, room)}", width))
        for part, each in found.items()
    ]
    head = cut(_head(run, elapsed) + (f" - {note}" if note else ""), width)
    return [head, *_fitting(rows, max(size.height - 2, 1), width)]


def _fitting(rows: Sequence[tuple[int, str]], most: int, width: int) -> list[str]:
    """The rows in their order; if there are too many, those that fail or run first."""
    if len(rows) <= most:
        return [row for _, row in rows]
    kept = sorted(sorted(range(len(rows)), key=lambda number: rows[number][0])[: most - 1])
    return [*(rows[number][1] for number in kept), cut(f"  … {len(rows) - len(kept)} more parts", width)]


def _head(run: TerraformRun, elapsed: float) -> str:
    time = duration(elapsed)
    if not run.applies:
        read = f", {run.refreshed} resources read" if run.refreshed else ""
        return f"Terraform plans, {time}{read}" if run.plan is None else f"Terraform applies, {time}"
    done = sum(each.is_complete for each in run.resources.values())
    return f"Terraform applies, {time}: {done} of {len(run.resources)} done"


def _rank(resources: Iterable[ResourceProgress]) -> int:
    found = list(resources)
    if any(each.failed for each in found):
        return _FAILED
    if any(each.action for each in found):
        return _RUNS
    return _COMPLETE if all(each.is_complete for each in found) else _WAITS


def _mark(resources: Iterable[ResourceProgress]) -> str:
    return _MARKS.get(_rank(resources), " ")


def _part(run: TerraformRun, resources: Sequence[ResourceProgress], now: float, room: int) -> str:
    """``volume data ready, instance creating 0:32, 3 waiting``. In a small ``room``, what runs comes first."""
    if _rank(resources) == _COMPLETE:
        return outcome(resources)
    groups: dict[str, list[ResourceProgress]] = {}
    for each in resources:
        groups.setdefault(_group(run, each), []).append(each)
    failed, running, ready, others = [], [], [], 0
    for words, group in groups.items():
        known = any(run.parts.known_to_people(each.address) for each in group)
        if any(each.failed for each in group):
            failed.append(_grouped(words, group, now))
        elif any(each.action for each in group):
            running.append(_grouped(words, group, now))
        elif known and any(each.is_complete for each in group):
            ready.append(_grouped(words, group, now))
        else:
            others += sum(each.is_complete for each in group)
    waiting = sum(not each.done and not each.action and not each.failed for each in resources)
    if others and not (failed or running or ready):
        ready = [outcome(resources)]
    last = [f"{waiting} waiting"] if waiting else []
    text = ", ".join([*failed, *ready, *running, *last])
    return text if wide(text) <= room else ", ".join([*failed, *running, *ready, *last])


def _group(run: TerraformRun, each: ResourceProgress) -> str:
    words, key = run.parts.words(each.address), instance_key(each.address)
    return words.removesuffix(f" {key}") if key else words


def _grouped(words: str, group: Sequence[ResourceProgress], now: float) -> str:
    running = [each for each in group if each.action]
    longest = max((now - each.started for each in running), default=0.0)
    failed = [each for each in group if each.failed]
    if len(group) == 1:
        if failed:
            return f"{words} failed"
        return f"{words} {_DOING[running[0].action]} {duration(longest)}" if running else f"{words} {_ready(group[0])}"
    if failed:
        return f"{len(failed)} of {len(group)} {_plural(words)} failed"
    done = sum(each.is_complete for each in group)
    text = f"{done} of {len(group)} {_plural(words)} {_ready(group[0])}"
    return f"{text} {duration(longest)}" if running else text


def _ready(each: ResourceProgress) -> str:
    return "destroyed" if each.planned == {"delete"} else "ready"


def _plural(words: str) -> str:
    first, space, rest = words.partition(" ")
    simple = not rest or rest in ("IP", "balancer", "group", "interface", "rule", "member", "port", "instance")
    return f"{words}s" if simple and not words.endswith("s") else f"{first}{space}{rest}"


def outcome(resources: Iterable[ResourceProgress]) -> str:
    """``3 created, 1 destroyed``; empty if nothing is complete."""
    counts = Counter(each.result for each in resources if each.result)
    words = ("created", "changed", "replaced", "destroyed")
    return ", ".join(f"{counts[word]} {word}" for word in words if counts[word])


# --- lines without a terminal -----------------------------------------------------------------------------------------


def event_lines(run: TerraformRun, events: Iterable[ProgressEvent], *, every: bool = False) -> Iterator[str]:
    """What to print for events that people care about, without a terminal. ``every``: for all others too."""
    for event in events:
        text = _event(run, event, every)
        if text:
            yield text


def urgent_lines(run: TerraformRun, events: Iterable[ProgressEvent]) -> Iterator[str]:
    """What to print above the live view, which does not show it."""
    for event in events:
        if event.kind in ("planned", "drift", "log"):
            yield _event(run, event, every=False)


def _event(run: TerraformRun, event: ProgressEvent, every: bool) -> str:
    name = short(event.part) if event.part is not None else ""
    each = event.resource
    if event.kind == "planned":
        return planned(run)
    if event.kind == "drift":
        return f"{name}: {event.text}"
    if event.kind == "part" and event.part is not None:
        found = [other for other in run.resources.values() if other.part == event.part]
        return f"{name}: {outcome(found)}" if len(found) > 1 else ""
    if event.kind == "output":
        return f"{name}: {_SECRETS.clean(event.text)}" if every else ""
    if each is None:
        return " ".join(_SECRETS.clean(event.text).split())
    words = run.parts.words(each.address)
    if event.kind == "running":
        return f"{name}: {words} {_DOING.get(each.action, '')}, {duration(each.reported)} so far"
    if event.kind == "failed":
        return f"{name}: {words} failed after {duration(each.seconds)}"
    known = every or run.parts.known_to_people(each.address) or each.seconds >= _WORTH_SAYING
    time = f" in {duration(each.seconds)}" if each.seconds >= 1 else ""
    return f"{name}: {words} {each.result}{time}" if known else ""


def planned(run: TerraformRun) -> str:
    """``The plan: 41 to create, 1 to change, 2 to destroy.``"""
    if run.plan is None:
        return ""
    counts: Mapping[str, int] = {
        "create": run.plan.add,
        "change": run.plan.change,
        "destroy": run.plan.remove,
    }
    found = ", ".join(f"{count} to {word}" for word, count in counts.items() if count)
    return f"The plan: {found}." if found else "The plan: nothing to change."
