"""``backend:`` of the environment file: where Terraform keeps the state of the output.

Its values are data. Terraform evaluates no expressions in a backend, and copies it into ``.terraform/`` and into saved
plans, so neither an expression nor a secret may be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.diagnostics.located import located
from camp2iac.diagnostics.secrets import assigns_secret, holds_secret, is_secret
from camp2iac.diagnostics.suggest import choices, listed, nearest
from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Block, Module, Value
from camp2iac.targets import child
from camp2iac.targets.backends import CLOUD, BackendArguments, BackendType, table
from camp2iac.targets.base import Environment, Lowered
from camp2iac.topology import confidential

KEY = "backend"
FILE = "backend.tf"
_FORMS = {
    "string": "a string",
    "boolean": "true or false",
    "number": "a number",
    "list": "a list of strings",
    "map": "a mapping of strings",
    "nested": "a mapping",
}
_USER_INFO = r"https?://[^/\s?#]+@"
_PRIVATE_KEY = r"PRIVATE KEY-----|\"private_key\""
_HEADER = r".*(?:auth|cookie).*"
_EXPRESSION = r"[$%]\{"

Item: TypeAlias = "tuple[tuple[str, ...], Scalar]"


class ChosenBackend(Record, frozen=True):
    """The backend of an environment file. ``key``: its name there. ``known``: None if there is no such backend."""

    name: str
    key: Scalar
    values: Mapping
    known: BackendType | None
    environment: Environment


def chosen(environment: Environment) -> ChosenBackend | None:
    """The only backend that the environment file names; None if it names none or several."""
    node = environment.values.get(KEY)
    entries = list(node.entries.values()) if isinstance(node, Mapping) else []
    if len(entries) != 1 or not isinstance(entries[0].value, Mapping):
        return None
    key, values = entries[0].key, entries[0].value
    return ChosenBackend(key.text, key, values, table().backends.get(key.text), environment)


def check(environment: Environment) -> Iterator[Diagnostic]:
    """CAMP336 to CAMP339 and CAMP361 to CAMP363: what is wrong with the backend."""
    node = environment.values.get(KEY)
    if not isinstance(node, Mapping):
        return
    if len(node) > 1:
        yield Diagnostic(
            "CAMP336",
            f"{KEY} names {len(node)} backends: {listed(node.entries)}",
            environment.values.key(KEY).span,
            "the state is in one place",
            help="keep one of them",
        )
    if child.wanted(environment):
        yield Diagnostic(
            "CAMP361",
            f"{KEY} has no effect with {child.KEY}: true, because the root module has the state",
            environment.values.key(KEY).span,
            "Terraform ignores the backend of a child module",
            help=f"remove  {KEY}:  and write a backend in the root module",
        )
    found = chosen(environment)
    if found is None:
        return
    if found.known is None:
        yield _unknown_type(found)
        return
    quoted: list[Diagnostic] = list(_only(found, found.key, found.known.only, f"the backend {found.name}"))
    quoted += _arguments(found, found.known, found.values, ())
    bare: list[Span] = []  # secrets that are not hidden on their lines, so nothing on these lines may be quoted
    for path, value in leaves(found.values, ()):
        secrets = list(_secret(found, found.known, path, value))
        quoted += secrets or _expression(found, path, value)
        bare += [value.span for each in secrets if each.span is None]
    for each in quoted:
        shown = each.span is not None and not any(_on_one_line(each.span, span) for span in bare)
        yield each if shown or each.span is None else replace(each, span=None, label="", fixes=())


def _on_one_line(one: Span, other: Span) -> bool:
    return one.file == other.file and one.line <= other.end_line and other.line <= one.end_line


def _unknown_type(found: ChosenBackend) -> Diagnostic:
    known = sorted(table().backends)
    gone = table().removed.get(found.name)
    if gone is not None:
        message = f"Terraform {gone.removed} removed the backend {found.name}"
        help_ = f"write {listed(gone.instead, 'or')}"
        return Diagnostic("CAMP336", message, found.key.span, "it no longer exists", help=help_)
    best = nearest(found.name, known)
    return Diagnostic(
        "CAMP336",
        f"there is no backend {found.name}",
        found.key.span,
        "no backend of Terraform or OpenTofu has this name",
        help="" if best else f"write {listed(known, 'or')}",
        fixes=edits.key(found.key.span, found.name, best),
    )


def _only(found: ChosenBackend, key: Scalar, product: str, what: str) -> Iterator[Diagnostic]:
    """CAMP363: only one of Terraform and OpenTofu has something."""
    if product:
        other = "OpenTofu" if product == "Terraform" else "Terraform"
        yield Diagnostic(
            "CAMP363",
            f"only {product} has {what}",
            key.span,
            f"{other} reports an error",
            help=f"run this output with {product}",
        )


def _arguments(
    found: ChosenBackend, known: BackendArguments, values: Mapping, path: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Unknown arguments, those that only one of Terraform and OpenTofu has, and values of another form."""
    where = " of ".join([*reversed(path), f"the backend {found.name}"])
    for name, entry in values.entries.items():
        kind = known.kind(name)
        if not kind:
            yield _unknown_argument(name, entry, known, values, where)
        elif not _fits(kind, entry.value):
            yield Diagnostic(
                "CAMP338",
                f"{name} of {where} is not {_FORMS[kind]}",
                entry.value.span if not is_secret(name) else entry.key.span,
                f"expected {_FORMS[kind]}",
            )
        else:
            yield from _only(found, entry.key, _product(found, ".".join((*path, name))), f"{name} of {where}")
            if isinstance(known, BackendType) and kind == "nested" and isinstance(entry.value, Mapping):
                yield from _arguments(found, known.nested[name], entry.value, (*path, name))


def _product(found: ChosenBackend, argument: str) -> str:
    """The only product that has an argument; empty if both have it."""
    known = found.known
    if known is None:
        return ""
    return "Terraform" if argument in known.terraform else "OpenTofu" if argument in known.opentofu else ""


def _unknown_argument(
    name: str, entry: MappingEntry, known: BackendArguments, values: Mapping, where: str
) -> Diagnostic:
    """CAMP337: an error if it is a typo, otherwise a warning, because a newer release can have the argument."""
    best = nearest(name, known.names())
    return Diagnostic(
        "CAMP337",
        f"unknown argument of {where}: {name}",
        entry.key.span,
        "no such argument" if best else "no release of Terraform or OpenTofu that camp2iac knows has it",
        help="" if best else f"if your release does not have it either, write one of {choices(name, known.names())}",
        severity=None if best else Severity.WARNING,
        fixes=edits.key(entry.key.span, name, best, sure=best not in values.entries),
    )


def _fits(kind: str, node: Node) -> bool:
    if kind == "any":
        return True
    if kind in ("map", "nested"):
        return isinstance(node, Mapping) and (
            kind == "nested" or all(_fits("string", each.value) for each in node.entries.values())
        )
    if kind == "list":
        return isinstance(node, Sequence) and all(_fits("string", each) for each in node)
    if not isinstance(node, Scalar) or node.value is None:
        return False
    number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return {"boolean": isinstance(node.value, bool), "number": number}.get(kind, True)


def leaves(node: Node, path: tuple[str, ...]) -> Iterator[Item]:
    """Each value below a node, with its keys."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for item in node:
            yield from leaves(item, path)
    else:
        for name, entry in node.entries.items():
            yield from leaves(entry.value, (*path, name))


def _secret(found: ChosenBackend, known: BackendType, path: tuple[str, ...], value: Scalar) -> Iterator[Diagnostic]:
    """CAMP339."""
    name, text = path[-1], value.text
    if text and _is_secret(known, path, value):
        variable = known.secret.get(name) or known.perhaps.get(name, "")
        if variable.startswith("TF_TOKEN_"):
            variable = _host_variable(found) or variable
        hidden = is_secret(name) or holds_secret(text) or assigns_secret(text)
        what = "is" if name in known.secret else "contains"
        yield Diagnostic(
            "CAMP339",
            f"{'.'.join(path)} of the backend {found.name} {what} a secret",
            value.span if hidden else None,  # an excerpt of its line would show it
            "everyone who can read this file or the output can read this" if hidden else "",
            help=f"remove it, and {f'set {variable} when you run Terraform' if variable else 'write it to a file'}"
            f"{', or write it to a file' if variable else ''} that is not committed:\n"
            "terraform init -backend-config=FILE",
        )


def _expression(found: ChosenBackend, path: tuple[str, ...], value: Scalar) -> Iterator[Diagnostic]:
    """CAMP362."""
    if re.search(_EXPRESSION, value.text):
        yield Diagnostic(
            "CAMP362",
            f"{'.'.join(path)} of the backend {found.name} has an expression, and Terraform evaluates none there",
            value.span,
            "this would be part of the value",
            help=f'write the value, or give it when you initialise:\nterraform init -backend-config="{path[-1]}=..."',
        )


def _is_secret(known: BackendType, path: tuple[str, ...], value: Scalar) -> bool:
    name, text = path[-1], value.text
    if isinstance(value.value, bool | None):
        return False
    if name in known.secret or holds_secret(text) or assigns_secret(text):
        return True
    if re.match(_USER_INFO, text) or re.search(_PRIVATE_KEY, text):
        return True
    named = known.kind(path[0]) in ("", "map") or (path[0] in known.nested and known.nested[path[0]].kind(name) == "")
    return named and (confidential.looks(name) or re.fullmatch(_HEADER, name, flags=re.IGNORECASE) is not None)


def _host_variable(found: ChosenBackend) -> str:
    """The variable with the token of a host: ``TF_TOKEN_tfe_example_org``."""
    host = found.values.get("hostname")
    if not isinstance(host, Scalar) or not re.fullmatch(r"[A-Za-z0-9.-]+", host.text):
        return ""
    return "TF_TOKEN_" + host.text.replace("-", "__").replace(".", "_")


# --- the block --------------------------------------------------------------------------------------------------------


def added(lowered: Lowered, environment: Environment) -> Lowered:
    """The same output with the backend in ``backend.tf``. A tier with this name keeps its file: the block is first."""
    found = chosen(environment)
    if found is None or found.known is None:
        return lowered
    module = lowered.module
    comment = f"{environment.file}: {KEY}" if environment.file else ""
    type_, labels = (CLOUD, ()) if found.name == CLOUD else (KEY, (found.name,))
    items = tuple(_items(found.known, found.values, environment.file))
    inner = Block(type_, labels, items, origin=_place(found.key, environment.file))
    block = Block("terraform", (), (inner,), comment)
    files = {**module.files, FILE: [block, *module.files.get(FILE, ())]}
    return replace(lowered, module=Module(files, dict(module.headers)))


def _items(known: BackendArguments, values: Mapping, file: str | None) -> Iterator[Attribute | Block]:
    for name, entry in values.entries.items():
        kind = known.kind(name)
        nested = known.nested.get(name) if isinstance(known, BackendType) else None
        if nested is not None and isinstance(entry.value, Mapping):
            items = tuple(_items(nested, entry.value, file))
            if nested.block:
                yield Block(name, body=items, origin=_place(entry.key, file))
            else:
                yield Attribute(name, {item.name: item.value for item in items if isinstance(item, Attribute)})
        else:
            yield Attribute(name, _plain(entry.value, kind, file), origin=_place(entry.value, file))


def _place(node: Node, file: str | None) -> Span | None:
    """The place of a node in the environment file; None if it is from elsewhere, such as ``--set``."""
    return node.span if node.span.file == file else None


def _plain(node: Node, kind: str, file: str | None) -> Value:
    """A value as Terraform gets it. A string is as written, because YAML reads ``012`` as a number."""
    if isinstance(node, Mapping):
        return {name: _plain(entry.value, kind, file) for name, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return tuple(_plain(item, kind, file) for item in node)
    if kind in ("boolean", "number", "any", "") and isinstance(node.value, bool | int | float | None):
        return located(node.value, _place(node, file))
    return located(node.text, _place(node, file))


def block_of(module: Module) -> Block | None:
    """The block of the backend, or of HCP Terraform, in a module."""
    for block in module.files.get(FILE, ()):
        for item in block.body if block.type == "terraform" else ():
            if isinstance(item, Block) and item.type in (KEY, CLOUD):
                return item
    return None


def missing(block: Block) -> tuple[str, ...]:
    """The arguments that the backend needs, and that the environment file does not give."""
    known = table().backends[block.labels[0] if block.labels else CLOUD]
    return tuple(name for name in known.required if block.get(name) is None)
