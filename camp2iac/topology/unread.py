"""Keys that CAMP allows but camp2iac does not read. Each is a statement, so the port report lists it as lost."""

from __future__ import annotations

import hashlib

from camp2iac.camp.model import Artifact, Content, Requirement, ServiceReference, ServiceSpecification
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar
from camp2iac.catalogue import Product
from camp2iac.diagnostics.secrets import HIDDEN, discreet, is_secret
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology import values
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.statements import Statements, Subject

MOST = 60  # characters of a value in a row


def artifact(subject: Subject, given: Artifact, statements: Statements) -> None:
    """Record the extension keys of an artifact and of its content."""
    _keys(subject, given.extensions, statements)
    _keys(subject, given.content.extensions, statements, without="sha256" if _checked(given.content) else None)


def _checked(content: Content) -> bool:
    """Whether its ``sha256`` is checked: by the reader in the package, by targets if downloaded."""
    if content.verified:
        return True
    href = content.href.value.partition("#")[0] if content.href and content.path is None else ""
    return href.startswith(("http://", "https://")) and not href.endswith(".git")


def service(subject: Subject, spec: ServiceSpecification, product: Product, statements: Statements) -> None:
    """Record the extension keys of a service, and those of its characteristics that its product does not use."""
    for characteristic in spec.characteristics:
        type_ = characteristic.characteristic_type.value
        if not type_.startswith(PROFILE):
            prefix = f"{type_.rpartition(':')[2]}: "
            taken = product.characteristics.get(type_)
            _keys(subject, characteristic.extensions, statements, without=taken, prefix=prefix)
    _keys(subject, spec.extensions, statements)


def plan(subject: Subject, key: str, value: Node, place: Node, statements: Statements) -> None:
    """Record a key of the plan."""
    statements.say(subject, kinds.EXTENSION, key, _words(key, value), place.span, name=key)


def requirement(subject: Subject, given: Requirement, statements: Statements) -> None:
    """Record the parameters of a requirement of an unknown type."""
    _keys(subject, given.extensions, statements, prefix=f"{given.requirement_type.value.rpartition(':')[2]}: ")


def option(subject: Subject, key: str, entry: MappingEntry, statements: Statements) -> None:
    """Record a parameter that the product does not have."""
    words = f"{key}: {values.words(values.text(entry.value))}" if isinstance(entry.value, Scalar) else None
    statements.say(subject, kinds.EXTENSION, key, words or _words(key, entry.value), entry.key.span, name=key)


def fulfillment(subject: Subject, given: Requirement, statements: Statements) -> None:
    """Record the service of a requirement that needs none. An inline service with an id remains a service."""
    named = given.fulfillment
    if isinstance(named, ServiceReference):
        words, span = f"fulfillment: id:{named.id}", named.span
    elif isinstance(named, ServiceSpecification) and named.id is None:
        words, span = _cut(f"fulfillment: {_spec(named)}", "fulfillment"), named.span
    else:
        return
    statements.say(subject, kinds.FULFILLMENT, words, words, span)


def _spec(spec: ServiceSpecification) -> str:
    """The content of an inline service, on one line."""
    labels = (spec.href, spec.labels.name, spec.labels.description, *spec.labels.tags)
    mappings = [(each.characteristic_type.value, each.extensions) for each in spec.characteristics]
    parts = [f"{name} {mapping.plain}" if len(mapping) else name for name, mapping in mappings]
    parts += [label.value for label in labels if label is not None]
    return " ".join(", ".join([*parts, *([str(spec.extensions.plain)] if len(spec.extensions) else [])]).split())


def _keys(
    subject: Subject, given: Mapping, statements: Statements, *, without: str | None = None, prefix: str = ""
) -> None:
    for key, entry in given.entries.items():
        if key != without:
            words = f"{prefix}{_words(key, entry.value)}"
            statements.say(subject, kinds.EXTENSION, key, words, entry.key.span, name=key)


def _words(key: str, value: Node) -> str:
    """Format ``KEY: VALUE`` on one line. Secrets are hidden."""
    if is_secret(key):
        return f"{key}: {HIDDEN}"
    return _cut(f"{key}: {' '.join(str(value.plain).split())}", key)


def _cut(words: str, key: str) -> str:
    """Shorten a long value, and add a digest so that a change in the rest is visible."""
    whole = discreet(words)
    most = len(key) + len(": ") + MOST
    return whole if len(whole) <= most else f"{whole[:most]}… ({hashlib.sha256(whole.encode()).hexdigest()[:8]})"
