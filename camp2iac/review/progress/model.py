"""What is known about a run of Terraform so far. Its memory does not grow with the length of the stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import Record
from camp2iac.review.parts import DeployedParts, DeploymentPart
from camp2iac.review.progress.messages import UiChange, UiCounts, UiDiagnostic, UiHook, UiMessage, UiOutput

_MOST_RESOURCES = 50_000
_MOST_FOUND = 200  # errors, warnings, changes outside Terraform
_MOST_OUTPUTS = 500
_LONGEST = 4_000  # characters of the words of a diagnostic
_PLANNED = {"create": {"create"}, "update": {"update"}, "delete": {"delete"}, "replace": {"delete", "create"}}
_OPERATIONS = ("apply", "destroy")


class ResourceProgress(Record):
    """An instance of a resource that changes.

    ``planned``: the actions to wait for. ``done``: those that are complete. ``action``: the one that runs now, empty if
    none does, since ``started`` (by the caller's clock). ``seconds``: how long the actions took. ``failed``: one of
    them failed.
    """

    address: str
    part: DeploymentPart
    planned: frozenset[str]
    done: frozenset[str] = frozenset()
    action: str = ""
    started: float = 0
    seconds: float = 0
    reported: float = 0  # the elapsed time that was last reported
    failed: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether nothing more is expected."""
        return not self.action and not self.failed and bool(self.done) and self.planned <= self.done

    @property
    def result(self) -> str:
        """``created``, ``changed``, ``destroyed`` or ``replaced``; empty if nothing is complete."""
        if {"create", "delete"} <= self.done:
            return "replaced"
        for action, word in (("create", "created"), ("update", "changed"), ("delete", "destroyed")):
            if action in self.done:
                return word
        return ""


class ProgressEvent(Record, frozen=True):
    """Something that people care about. ``kind``: planned, running, complete, failed, part, drift, log,
    output (of a provisioner).
    """

    kind: str
    text: str = ""
    resource: ResourceProgress | None = None
    part: DeploymentPart | None = None


class TerraformRun:
    """A run. :meth:`receive` takes the messages in order."""

    def __init__(self, parts: DeployedParts) -> None:
        self.parts = parts
        self.resources: dict[str, ResourceProgress] = {}
        self.errors: dict[UiDiagnostic, int] = {}
        self.warnings: dict[UiDiagnostic, int] = {}
        self.drift: dict[str, str] = {}
        self.outputs: dict[str, UiOutput] = {}
        self.plan: UiCounts | None = None
        self.operation = ""  # of the last summary; empty if there was none
        self.applies = False
        self.refreshed = 0
        self.messages = 0
        self._open: dict[DeploymentPart, int] = {}  # resources of each part that are not complete
        self.first: float | None = None
        self.last: float | None = None

    # --- questions ----------------------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether the stream has its end: the summary of what was applied, or of the plan if nothing was applied."""
        return self.operation in _OPERATIONS or (bool(self.operation) and not self.applies)

    @property
    def failed(self) -> bool:
        """Whether there are errors, or the stream has no end."""
        return bool(self.errors) or not self.ended or any(each.failed for each in self.resources.values())

    @property
    def seconds(self) -> float | None:
        """How long it took, by Terraform's clock."""
        return None if self.first is None or self.last is None else max(self.last - self.first, 0.0)

    def by_part(self) -> Mapping[DeploymentPart, list[ResourceProgress]]:
        """The resources of each part, in the order of the plan."""
        found: dict[DeploymentPart, list[ResourceProgress]] = {}
        for each in self.resources.values():
            found.setdefault(each.part, []).append(each)
        return {part: found[part] for part in sorted(found, key=lambda part: (self.parts.rank(part), part))}

    # --- messages -----------------------------------------------------------------------------------------------------

    def receive(self, message: UiMessage, now: float) -> tuple[ProgressEvent, ...]:
        """Take a message. ``now``: the time by the caller's clock, in seconds."""
        self.messages += 1
        seconds = message.seconds
        if seconds is not None:
            self.first = seconds if self.first is None else self.first
            self.last = seconds
        match message:
            case UiMessage(type="planned_change", change=UiChange() as change):
                self._planned(change)
            case UiMessage(type="resource_drift", change=UiChange() as change):
                return self._drifted(change)
            case UiMessage(type="change_summary", changes=UiCounts() as counts):
                return self._summary(counts)
            case UiMessage(type="outputs") if message.outputs is not None:
                self._outputs(message.outputs)
            case UiMessage(type="diagnostic", diagnostic=UiDiagnostic() as diagnostic):
                self._diagnostic(diagnostic)
            case UiMessage(type="refresh_complete"):
                self.refreshed += 1
            case UiMessage(type="log"):
                return (ProgressEvent("log", message.text),)
            case UiMessage(type="provision_progress", hook=UiHook() as hook):
                return (ProgressEvent("output", hook.output, part=self.parts.part(hook.resource.addr)),)
            case UiMessage(hook=UiHook() as hook) if message.type.startswith("apply_") and hook.action in _PLANNED:
                return tuple(self._applied(message.type, hook, now))
        return ()

    def _planned(self, change: UiChange) -> None:
        actions = _PLANNED.get(change.action)
        if actions is not None:
            self._resource(change.resource.addr, actions)

    def _drifted(self, change: UiChange) -> tuple[ProgressEvent, ...]:
        address = change.resource.addr
        if address in self.drift or len(self.drift) >= _MOST_FOUND:
            return ()
        self.drift[address] = change.action
        word = "destroyed" if change.action == "delete" else "changed"
        text = f"{self.parts.words(address)} was {word} outside Terraform"
        return (ProgressEvent("drift", text, part=self.parts.part(address)),)

    def _summary(self, counts: UiCounts) -> tuple[ProgressEvent, ...]:
        self.operation = counts.operation
        if counts.operation != "plan":
            return ()
        self.plan = counts
        return (ProgressEvent("planned"),)

    def _outputs(self, outputs: Mapping[str, UiOutput]) -> None:
        for name, output in outputs.items():
            if name in self.outputs or len(self.outputs) < _MOST_OUTPUTS:
                self.outputs[name] = output

    def _diagnostic(self, diagnostic: UiDiagnostic) -> None:
        found = self.errors if diagnostic.severity == "error" else self.warnings
        short = UiDiagnostic(
            diagnostic.severity,
            diagnostic.summary[:_LONGEST],
            diagnostic.detail[:_LONGEST],
            diagnostic.address[:_LONGEST],
            diagnostic.range,
            diagnostic.snippet,
        )
        if short in found or len(found) < _MOST_FOUND:
            found[short] = found.get(short, 0) + 1

    def _applied(self, type_: str, hook: UiHook, now: float) -> Iterable[ProgressEvent]:
        self.applies = True
        each = self._resource(hook.resource.addr, _PLANNED[hook.action])
        if each is None:
            return
        if type_ == "apply_start":
            self._open[each.part] += each.is_complete
            each.action, each.started, each.reported, each.failed = hook.action, now, 0, False
        elif type_ == "apply_progress":
            each.action = hook.action
            if _is_due(each.reported, hook.elapsed_seconds):
                each.reported = hook.elapsed_seconds
                yield ProgressEvent("running", resource=each, part=each.part)
        elif type_ == "apply_complete":
            each.seconds += hook.elapsed_seconds
            each.action, each.done = "", each.done | {hook.action}
            if each.is_complete:
                yield ProgressEvent("complete", resource=each, part=each.part)
                self._open[each.part] -= 1
                if not self._open[each.part]:
                    yield ProgressEvent("part", part=each.part)
        elif type_ == "apply_errored":
            each.seconds += hook.elapsed_seconds
            each.failed, each.action = True, ""
            yield ProgressEvent("failed", resource=each, part=each.part)

    def _resource(self, address: str, planned: Iterable[str]) -> ResourceProgress | None:
        each = self.resources.get(address)
        if each is None and address and len(self.resources) < _MOST_RESOURCES:
            part = self.parts.part(self.parts.moved(address))
            each = self.resources[address] = ResourceProgress(address, part, frozenset(planned))
            self._open[part] = self._open.get(part, 0) + 1
        return each


def _is_due(reported: float, elapsed: float) -> bool:
    """Whether to report that something still runs: once, and then every five minutes."""
    return not reported or elapsed - reported >= 300
