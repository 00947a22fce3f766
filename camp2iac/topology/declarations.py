"""What a plan declares once, on itself: networks, parameters, secrets."""

from __future__ import annotations

import ipaddress
import math
import re

from camp2iac.camp import edits
from camp2iac.camp.model import Plan
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Label
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, field, replace
from camp2iac.topology.model import PLAN, Network, Parameter, Secret, Statement
from camp2iac.topology.profile import PLAN_KEYS, known, sound
from camp2iac.topology.requirements import PROFILE


class Declarations(Record):
    """Networks, parameters and secrets by name, sorted; ``other``: keys of the plan that nobody here knows."""

    networks: dict[str, Network] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    other: list[Statement[str]] = field(default_factory=list)


def names(plan: Plan) -> frozenset[str]:
    """The names of the parameters that a plan declares, before anything is checked."""
    given = plan.extensions.get(f"{PROFILE}Parameters")
    return frozenset(given.entries) if isinstance(given, Mapping) else frozenset()


def read(plan: Plan, diagnostics: Diagnostics) -> Declarations:
    """Read the extension keys of a plan."""
    declared = Declarations()
    for key, entry in plan.extensions.entries.items():
        if not key.startswith(PROFILE):
            declared.other.append(Statement(key, PLAN, key, entry.key.span))
            continue
        name = known(key, entry.key.span, PLAN_KEYS, "key of a plan", diagnostics)
        if name is None:
            continue
        if not isinstance(entry.value, Mapping):
            diagnostics.add(
                Diagnostic(
                    "CAMP311",
                    f"the {name} of the plan are not names with values",
                    entry.value.span,
                    label="names, each with its keys, belong here",
                    help=f"write for example  {_EXAMPLES[name]}",
                )
            )
        elif sound(name, entry.value, "the plan", diagnostics, entry.key.span):
            _READERS[name](declared, entry.value, diagnostics)
    return declared


_EXAMPLES = {
    "Networks": "front: { cidr: 10.20.1.0/24 }",
    "Parameters": "greeting: { default: Hello }",
    "Secrets": "session_key: { generate: 32 }",
}


def _text(value: Mapping, key: str) -> str | None:
    found = value.get(key)
    return found.text if isinstance(found, Scalar) else None


def _networks(declared: Declarations, given: Mapping, diagnostics: Diagnostics) -> None:
    for name, entry in sorted(given.entries.items()):
        value = entry.value if isinstance(entry.value, Mapping) else Mapping({}, entry.value.span)
        cidr, existing, dns = _text(value, "cidr"), _text(value, "existing"), value.get("dns")
        servers = _servers(dns, name, diagnostics) if isinstance(dns, Sequence) else ()
        if cidr is not None and not _cidr(cidr, name, value, diagnostics):
            continue
        parts = [cidr or "", f"existing {existing}" if existing else "", f"dns {', '.join(servers)}" if servers else ""]
        says = " ".join([f"Network {name}", *(part for part in parts if part)])
        statement = Statement(name, PLAN, says, entry.key.span)
        declared.networks[name] = Network(name, cidr, servers, existing, statement, entry.key.span)


def _servers(given: Sequence, network: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The name servers of a network, in the plan's order: machines ask them in it. Neutron takes each once."""
    found: dict[str, Scalar] = {}
    for index, item in enumerate(given.items):
        if isinstance(item, Scalar) and found.setdefault(item.text, item) is not item:
            diagnostics.add(
                Diagnostic(
                    "CAMP335",
                    f"the network {network} has a name server twice: {item.text}",
                    item.span,
                    label="once is enough",
                    related=(Label(found[item.text].span, "the first, which counts"),),
                    help="leave the second out",
                    fixes=edits.without_item(given, index, sure=True),
                )
            )
    return tuple(found)


def _cidr(cidr: str, name: str, value: Mapping, diagnostics: Diagnostics) -> bool:
    try:
        ipaddress.IPv4Network(cidr)
    except ValueError as problem:
        host = "host bits set" in str(problem)
        right = str(ipaddress.IPv4Network(cidr, strict=False)) if host else "10.20.1.0/24"
        diagnostics.add(
            Diagnostic(
                "CAMP333",
                f"the cidr of network {name} is not a network: {cidr}",
                value["cidr"].span,
                label="this is an address inside of a network" if host else "not an IPv4 network",
                fixes=edits.value(value["cidr"].span, right, sure=host, write=f"cidr: {right}"),
            )
        )
        return False
    return True


def _parameters(declared: Declarations, given: Mapping, diagnostics: Diagnostics) -> None:
    for name, entry in sorted(given.entries.items()):
        assert isinstance(entry.value, Mapping)  # noqa: S101 - the schema has seen to it
        value = entry.value
        default = value.get("default")
        type_ = _text(value, "type") or _type_of(default)
        allowed = value.get("allowed")
        items = [item for item in allowed if isinstance(item, Scalar)] if isinstance(allowed, Sequence) else []
        items.sort(key=lambda item: item.text)  # their order means nothing
        choices = tuple(item.text if type_ == "string" else item.value for item in items)
        given_default = default.value if isinstance(default, Scalar) else None
        if type_ == "string" and isinstance(default, Scalar):
            given_default = default.text
        parameter = Parameter(
            name,
            type_,  # type: ignore[arg-type]
            _text(value, "description") or f"Parameter {name} of the plan.",
            given_default,  # type: ignore[arg-type]
            choices,  # type: ignore[arg-type]
            _text(value, "pattern"),
            Statement(name, PLAN, f"Parameter {name}", entry.key.span),
            entry.key.span,
        )
        pattern = value.get("pattern")
        if isinstance(pattern, Scalar) and (fault := _irregular(pattern.text)):
            diagnostics.add(
                Diagnostic(
                    "CAMP502",
                    f"the pattern of parameter {name} is not a regular expression that Terraform knows: {fault}",
                    pattern.span,
                    label="no text would match",
                    help="write one of RE2, such as  pattern: ^[a-z]+$",
                )
            )
        for item, choice in zip(items, choices, strict=True):
            if fault := unfit(replace(parameter, allowed=()), choice):
                diagnostics.add(
                    Diagnostic(
                        "CAMP502",
                        f"parameter {name} is to be {fault}, and may be {item.text}, which is none",
                        item.span,
                        label=f"{fault} belongs here",
                        help="leave it out of the allowed values",
                    )
                )
        if default is not None and (fault := unfit(parameter, given_default)):
            fixes = retyped(parameter, default, "default")
            diagnostics.add(
                Diagnostic(
                    "CAMP502",
                    f"the default of parameter {name} is not {fault}: {given_default}",
                    default.span,
                    label=f"{fault} belongs here",
                    help="" if fixes else "write a default that fits, or leave it out: then the operator must give one",
                    fixes=fixes,
                )
            )
        declared.parameters[name] = parameter


def _irregular(pattern: str) -> str:
    """What is wrong with a pattern; empty where nothing is known to be. Terraform's (RE2's) look around nothing."""
    if found := re.search(r"\(\?<?[=!]", pattern):
        return f"{found[0]} is of others"
    if re.search(r"\\[pPzCQ]|\[\[?:|\(\?", pattern):  # what RE2 has and Python has not, or reads otherwise
        return ""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return str(problem)
    return ""


def _type_of(default: object) -> str:
    if isinstance(default, Scalar):
        if isinstance(default.value, bool):
            return "boolean"
        if isinstance(default.value, int | float):
            return "number"
    return "string"


def retyped(parameter: Parameter, node: Node, name: str) -> tuple[Fix, ...]:
    """The edit that makes a number, true or false of a text: where it fits without its quotes, or is misspelt."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return ()
    if parameter.type == "boolean" and (meant := edits.boolean(node.text)) and not unfit(parameter, meant == "true"):
        return (Fix(f"{name}: {meant}", node.span, meant, sure=True),)
    return () if unfit(parameter, resolve(node.text)) else edits.unquoted(node, f"{name}: {node.text}")


def unfit(parameter: Parameter, value: object) -> str:
    """What a value of the parameter must be and this one is not; empty when it fits."""
    if parameter.type == "number" and (
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
    ):
        return "a number"
    if parameter.type == "boolean" and not isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        if "\0" in value:
            return "a text without the character NUL"
        if any("\ud800" <= c <= "\udfff" for c in value):  # bytes of a command line that are no UTF-8
            return "text in UTF-8"
    if parameter.allowed and value not in parameter.allowed:
        return listed([str(choice) for choice in parameter.allowed], "or")
    return ""


def _secrets(declared: Declarations, given: Mapping, _: Diagnostics) -> None:
    for name, entry in sorted(given.entries.items()):
        value = entry.value if isinstance(entry.value, Mapping) else Mapping({}, entry.value.span)
        generate = value.get("generate")
        length = None
        if isinstance(generate, Scalar) and generate.value is not False:
            length = generate.value if isinstance(generate.value, int) and generate.value is not True else 32
        says = f"Secret {name}, " + (f"{length} letters generated" if length else "asked for")
        description = _text(value, "description") or f"Secret {name} of the plan."
        declared.secrets[name] = Secret(
            name, description, length, Statement(name, PLAN, says, entry.key.span), entry.key.span
        )


_READERS = {"Networks": _networks, "Parameters": _parameters, "Secrets": _secrets}
