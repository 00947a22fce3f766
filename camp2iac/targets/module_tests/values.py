"""Values for the variables that Terraform asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Attribute, Block, Module, Value
from camp2iac.targets.module_tests import rules

SECRET = "not-a-secret"  # noqa: S105 - that is the point
_SAMPLES = (
    *("test", "a", "1", "1234", "TEST", "1.0.0", "a@example.org", "example.org", "https://example.org", "192.0.2.1"),
    *(
        "192.0.2.0/24",
        "/test",
        "2000-01-01",
        "00000000-0000-4000-8000-000000000000",
        *("0" * n for n in (8, 16, 32, 40, 64)),
        *("-----BEGIN CERTIFICATE-----", "-----BEGIN KEY-----"),
    ),
)


def asked(module: Module) -> Iterator[Block]:
    """The variables without a default."""
    for block in module.blocks():
        if block.type == "variable" and not any(isinstance(i, Attribute) and i.name == "default" for i in block.body):
            yield block


def of(module: Module) -> tuple[Mapping[str, Value], tuple[str, ...]]:
    """A value for each variable without a default, and the variables for which none is known."""
    found: dict[str, Value] = {}
    unknown = []
    for block in asked(module):
        name = block.labels[0]
        value = next(iter(_fitting(block)), None)
        if value is None:
            unknown.append(name)
        else:
            found[name] = value
    return found, tuple(unknown)


def _fitting(block: Block) -> Iterator[Value]:
    own = rules.of(block)
    for value in (*(value for rule in own for value in rule.fitting()), *_samples(block)):
        if all(rule.allows(value) for rule in own):
            yield value


def _samples(block: Block) -> Iterator[Value]:
    """Values of the variable's type, the most readable one first."""
    type_ = block.get("type")
    words = "string" if type_ is None else code(type_)
    match words.partition("(")[0]:
        case "string" | "any":
            yield SECRET if block.get("sensitive") is True else f"mocked-{block.labels[0].replace('_', '-')}"
            yield from _SAMPLES
        case "number":
            yield 1
        case "bool":
            yield True
        case "list" | "set" | "tuple":
            yield ()
        case "map" | "object":
            yield {}
