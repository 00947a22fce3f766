"""What is deployed, by part of the plan: a state of Terraform, read with the source map of the output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.diagnostics.secrets import holds_secret, is_secret
from camp2iac.record import Record, replace
from camp2iac.review.known_secrets import names_secret
from camp2iac.review.parts import DeployedParts, DeploymentPart, instance_key
from camp2iac.review.terraform_state import StateResource, TerraformState
from camp2iac.synth.addresses import configured
from camp2iac.targets.deployed import AttributeText, Inventory

_FIELD = re.compile(r"\{(\w+)\}")
_LONGEST = 300  # characters of a value that is shown
_LONGEST_ADDRESS = 1_000  # characters
_MOST = 50  # values of a list that are shown


class DeployedResource(Record, frozen=True):
    """An instance of a resource in the state.

    ``words``: what it is, for people. ``key``: of the instance, empty if there is one. ``id``: empty if it is secret.
    ``answers``: where it can be reached. ``state``: tainted, deposed, its size and the like. ``place``: of what asks
    for it, in the plan or the environment file. ``moves``: the address that the next apply gives it, if it is another.
    """

    address: str
    key: str
    words: str
    id: str
    answers: tuple[str, ...]
    state: tuple[str, ...]
    place: str = ""
    moves: str = ""
    holds_data: bool = False
    tracked: bool = False


class MissingResource(Record, frozen=True):
    """A resource that the output declares and the state does not have. ``place``: of what asks for it."""

    address: str
    words: str
    place: str


class DeployedPart(Record, frozen=True):
    """A part of the plan. ``outputs``: name to value, of outputs that the part asks for."""

    part: DeploymentPart
    resources: tuple[DeployedResource, ...]
    missing: tuple[MissingResource, ...]
    outputs: Mapping[str, str]


class InventoryReport(Record, frozen=True):
    """What is deployed.

    ``orphans``: what the state has and the output does not declare. ``elsewhere``: the number of resources of other
    modules of the same state. ``of_plan``: the input was a plan. ``version``: of Terraform.
    """

    target: str
    parts: tuple[DeployedPart, ...]
    orphans: tuple[DeployedResource, ...]
    elsewhere: int
    of_plan: bool
    version: str

    @property
    def deployed(self) -> int:
        """The number of resources of the output that exist."""
        return sum(len(each.resources) for each in self.parts)

    @property
    def missing(self) -> int:
        """The number of resources that the output declares and the state lacks."""
        return sum(len(each.missing) for each in self.parts)


def report(state: TerraformState, parts: DeployedParts, types: Inventory) -> InventoryReport:
    """The report on a state."""
    found = sorted(state.resources(), key=lambda each: each.address)
    ours = {_module(each.address) for each in found if configured(parts.moved(each.address)) in parts.blocks} or {""}
    here = [each for each in found if _module(each.address) in ours]
    deployed: dict[DeploymentPart, list[DeployedResource]] = {}
    orphans = []
    for each in here:
        made = _deployed(each, parts, types)
        shown = _discreet(made, state.secrets)
        if parts.declares(made.moves or each.address):
            deployed.setdefault(parts.part(made.moves or each.address), []).append(shown)
        else:
            orphans.append(shown)
    missing = _missing({parts.moved(each.address) for each in here if not each.deposed_key}, parts)
    outputs = _outputs(state, parts)
    names = sorted({*deployed, *missing, *outputs}, key=lambda part: (parts.rank(part), part))
    return InventoryReport(
        target=parts.standing.target,
        parts=tuple(
            DeployedPart(
                name,
                tuple(sorted(deployed.get(name, ()), key=_order)),
                tuple(missing.get(name, ())),
                outputs.get(name, {}),
            )
            for name in names
        ),
        orphans=tuple(orphans),
        elsewhere=len(found) - len(here),
        of_plan=state.of_plan,
        version=state.version,
    )


def _order(resource: DeployedResource) -> tuple[bool, str]:
    return not resource.tracked, resource.address


def _deployed(resource: StateResource, parts: DeployedParts, types: Inventory) -> DeployedResource:
    moved = parts.moved(resource.address)
    address = moved if configured(moved) in parts.blocks else resource.address
    tracked = parts.standing.resources.get(configured(address))
    kind = types.of(resource.type)
    state = [word for word, is_so in (("tainted", resource.tainted), ("deposed", resource.deposed_key)) if is_so]
    texts = _texts(kind.state, resource)
    if tracked is not None and tracked.product and not any(tracked.product in text for text in texts):
        state.append(f"{tracked.product} {tracked.release}".strip())
    state += texts
    return DeployedResource(
        address=resource.address,
        key=instance_key(resource.address),
        words=parts.words(address),
        id="" if kind.secret_id else _id(resource),
        answers=tuple(dict.fromkeys(_texts(kind.answers, resource))),
        state=tuple(dict.fromkeys(state)),
        place=parts.place(address),
        moves=address if address != resource.address else "",
        holds_data=tracked is not None and tracked.holds_data,
        tracked=tracked is not None,
    )


def _discreet(resource: DeployedResource, secrets: ReportedSecrets) -> DeployedResource:
    """The resource without what quotes a secret of the state; an address that is too long is cut."""
    return replace(
        resource,
        address=secrets.clean(_short(resource.address)),
        key=secrets.clean(_short(resource.key)),
        words=secrets.clean(_short(resource.words)),
        id="" if secrets.holds(resource.id) else resource.id,
        answers=tuple(each for each in resource.answers if not secrets.holds(each)),
        state=tuple(each for each in resource.state if not secrets.holds(each)),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_ADDRESS else f"{text[:_LONGEST_ADDRESS]}…"


def _module(address: str) -> str:
    """The path of the module in an address; empty for the root module."""
    match = re.match(r'(?:module\.[^.\["]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)+', address)
    return match[0] if match else ""


# --- values -----------------------------------------------------------------------------------------------------------


def _id(resource: StateResource) -> str:
    """The id; empty if it is a secret, or the value of an attribute that is one."""
    values, hidden = resource.values or {}, resource.sensitive_values
    found = _value("id", values, hidden)
    same = (name for name, value in values.items() if value == found and name != "id")
    return "" if found in ("none", "-") or any(_is_hidden(name, hidden) for name in same) else found


def _texts(texts: Iterable[AttributeText], resource: StateResource) -> list[str]:
    values, hidden = resource.values or {}, resource.sensitive_values
    return [found for text in texts for found in _filled(text, values, hidden) if found]


def _filled(text: AttributeText, values: Mapping[str, object], hidden: object) -> Iterator[str]:
    for item, sensitive in _within(text.each.split(".") if text.each else (), values, hidden):
        yield _text(text.text, item, sensitive)


def _within(
    path: Sequence[str], values: Mapping[str, object], hidden: object
) -> Iterator[tuple[Mapping[str, object], object]]:
    """The objects at a path, and what is sensitive in them. What is on the way is an object or a list of objects."""
    if not path:
        yield values, hidden
        return
    found = values.get(path[0])
    if _is_hidden(path[0], hidden):
        return
    below = hidden.get(path[0]) if isinstance(hidden, dict) else None
    items = found[:_MOST] if isinstance(found, list) else [found]
    marks = below if isinstance(below, list) else [below]
    for number, item in enumerate(items):
        sensitive = marks[number] if number < len(marks) else None
        if isinstance(item, dict) and sensitive is not True:
            yield from _within(path[1:], item, sensitive)


def _text(text: str, values: Mapping[str, object], hidden: object) -> str:
    """The text with its attributes; empty if one of them has no value, or is sensitive."""
    found = {name: _value(name, values, hidden) for name in _FIELD.findall(text)}
    return _FIELD.sub(lambda match: found[match[1]], text) if all(found.values()) else ""


def _value(name: str, values: Mapping[str, object], hidden: object) -> str:
    return "" if _is_hidden(name, hidden) else scalar(values.get(name))


def _is_hidden(name: str, hidden: object) -> bool:
    """Whether an attribute is sensitive, or contains anything sensitive, or has the name of a secret."""
    marked = hidden is True or (isinstance(hidden, dict) and _any(hidden.get(name)))
    return marked or names_secret(name)


def _any(hidden: object) -> bool:
    if isinstance(hidden, dict):
        return any(map(_any, hidden.values()))
    return any(map(_any, hidden)) if isinstance(hidden, list) else hidden is True


def scalar(value: object) -> str:
    """A value of a state as a string; empty if there is none, it is a secret, or it has parts that have names."""
    if isinstance(value, list):
        return ", ".join(found for each in value[:_MOST] if (found := scalar(each)))
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if holds_secret(text):
        return ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def output_text(name: str, value: object) -> str:
    """The value of an output as a string: ``web-1=10.0.0.5, web-2=10.0.0.6``; empty if it has no short one, or the name
    is that of a secret.
    """
    if names_secret(name):
        return ""
    if isinstance(value, dict):
        items = ((key, scalar(each)) for key, each in list(value.items())[:_MOST])
        return ", ".join(f"{key}={found}" for key, found in items if found and not is_secret(key))
    return scalar(value)


def _outputs(state: TerraformState, parts: DeployedParts) -> Mapping[DeploymentPart, Mapping[str, str]]:
    found: dict[DeploymentPart, dict[str, str]] = {}
    for name, output in sorted(state.values.outputs.items()):
        text = "" if output.sensitive else output_text(name, output.value)
        if text and not state.secrets.holds(text):
            found.setdefault(parts.asked_by(f"output.{name}"), {})[name] = text
    return found


# --- what is not there ------------------------------------------------------------------------------------------------


def _missing(there: set[str], parts: DeployedParts) -> Mapping[DeploymentPart, list[MissingResource]]:
    addresses = {_without_module(each) for each in there}
    blocks = {configured(each) for each in addresses}
    found: dict[DeploymentPart, list[MissingResource]] = {}
    for block in sorted(parts.blocks):
        keys = parts.keys(block)
        if keys is None:
            absent = [block] if block not in blocks else []
        else:
            absent = [f"{block}{key}" for key in keys if f"{block}{key}" not in addresses]
        for address in absent:
            missing = MissingResource(address, parts.words(address), parts.place(address))
            found.setdefault(parts.part(address), []).append(missing)
    return found


def _without_module(address: str) -> str:
    return address.removeprefix(_module(address))
