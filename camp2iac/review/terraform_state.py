"""What ``terraform show -json`` prints: a state, or a plan with the state that it was made for.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.record import Record, ValidationError, convert, field
from camp2iac.review import known_secrets
from camp2iac.review.json_bounds import TooManyValuesError, check, is_deep

_DEEPEST = 64  # modules in modules


class StateResource(Record, frozen=True):
    """An instance of a resource. ``values`` and ``sensitive_values`` have the same form; secrets are in both."""

    address: str
    type: str
    mode: str = "managed"
    values: Mapping[str, object] | None = None
    sensitive_values: object = None
    tainted: bool = False
    deposed_key: str = ""


class StateModule(Record, frozen=True):
    """A module of the state."""

    resources: tuple[StateResource, ...] = ()
    child_modules: tuple[StateModule, ...] = ()


class StateOutput(Record, frozen=True):
    """An output of the root module."""

    sensitive: bool = False
    value: object = None


class StateValues(Record, frozen=True):
    """The values of a state."""

    outputs: Mapping[str, StateOutput] = field(default_factory=dict)
    root_module: StateModule = StateModule()


class _Shown(Record, frozen=True):
    format_version: str
    terraform_version: str = ""
    values: StateValues | None = None
    prior_state: _Shown | None = None
    planned_values: object = None
    resource_changes: object = None


class TerraformState(Record, frozen=True):
    """A state. ``of_plan``: it is the one that a plan was made for. ``version``: the Terraform that wrote it.

    ``secrets``: what must not be shown, wherever it is.
    """

    values: StateValues
    version: str
    of_plan: bool
    secrets: ReportedSecrets

    def resources(self) -> Iterator[StateResource]:
        """All managed resources, those of child modules too."""
        yield from _managed(self.values.root_module, _DEEPEST)


class NotAState(Exception):  # noqa: N818 - the caller reports it as a diagnostic
    """The text is not what ``terraform show -json`` prints. The message says what it is."""


class TooLargeStateError(NotAState):
    """The text is too large. The message says how."""


def read(text: bytes | bytearray) -> TerraformState:
    """Read a state. Raises NotAState."""
    if not text[:4096].strip() and not text.strip():
        raise NotAState("the input is empty")
    try:
        check(text)
        decoded = text.decode(json.detect_encoding(text), "surrogatepass")
        del text  # a large state is in memory once while it is parsed
        content: object = json.loads(decoded)
        del decoded
    except TooManyValuesError as error:
        raise TooLargeStateError(f"the input is too large: {error}") from None
    except (ValueError, RecursionError):
        raise NotAState("the input is not JSON") from None
    if not isinstance(content, dict):
        raise NotAState("the input is not a JSON object")
    if is_deep(content):
        raise NotAState("the input is JSON that is nested too deeply")
    if "lineage" in content and "resources" in content:
        raise NotAState("the input is a state file")
    try:
        shown = convert(content, _Shown)
    except (ValidationError, RecursionError):
        raise NotAState("the input is JSON of another kind") from None
    of_plan = shown.planned_values is not None or shown.resource_changes is not None
    if not of_plan and shown.values is None and content.keys() - {"format_version", "terraform_version", "checks"}:
        raise NotAState("the input is JSON of another kind")
    prior = shown.prior_state if of_plan else shown
    values = prior.values if prior is not None and prior.values is not None else StateValues()
    return TerraformState(values, shown.terraform_version, of_plan, ReportedSecrets(known_secrets.of_document(content)))


def _managed(module: StateModule, depth: int) -> Iterator[StateResource]:
    for resource in module.resources:
        if resource.mode == "managed":
            yield resource
    for child in module.child_modules if depth else ():
        yield from _managed(child, depth - 1)
