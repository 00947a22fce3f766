"""Releases that change: of Terraform, its providers, products and operating systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.compiler import Result
from camp2iac.review.difference.model import ReleaseChange
from camp2iac.review.difference.renamed import current
from camp2iac.synth.module import Attribute, Block, Module

_VERSIONS = "versions.tf"


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[ReleaseChange, ...]:
    """The changes, sorted. Providers can come and go. Products that come or go are left out."""
    if before is None or after is None:
        return ()
    old, new = _constraints(before.lowered.module), _constraints(after.lowered.module)
    found = [ReleaseChange(what, old.get(what, ""), new.get(what, "")) for what in {**old, **new}]
    now = _installed(after)
    was = {current(_renamed(key, renamed), now): each for key, each in _installed(before).items()}
    found += [ReleaseChange(_words(key), was[key], now[key]) for key in was.keys() & now.keys()]
    return tuple(sorted((each for each in found if each.before != each.after), key=lambda each: each.what))


def _words(key: tuple[str, str]) -> str:
    what, node = key
    return f"{what} of {node}" if node else what


def _constraints(module: Module) -> dict[str, str]:
    """The version constraints of Terraform and the providers."""
    found: dict[str, str] = {}
    for block in module.files.get(_VERSIONS, ()):
        if block.type == "terraform":
            version = block.get("required_version")
            if isinstance(version, str):
                found["Terraform"] = version
            found |= {f"provider {source}": constraint for source, constraint in _providers(block)}
    return found


def _providers(terraform: Block) -> Iterator[tuple[str, str]]:
    for item in terraform.body:
        if isinstance(item, Block) and item.type == "required_providers":
            for provider in item.body:
                value = provider.value if isinstance(provider, Attribute) else None
                if isinstance(value, Mapping):
                    yield str(value.get("source", "")), str(value.get("version", ""))


def _renamed(key: tuple[str, str], renamed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    what, node = key
    return key, (what, renamed.get(node, node))


def _installed(result: Result) -> dict[tuple[str, str], str]:
    """Releases by what is installed and where. What the platform does not say is the range in the plan."""
    services = result.topology.services.values()
    found = {(each.product.title, each.id): each.version.value.text for each in services if each.version is not None}
    return found | {(each.what, each.node): each.release for each in result.lowered.facts.installed}
