"""The environment file: the operator's decisions. It is checked against the target's schema.

``common.schema.json`` has the keys of all platforms: ``target``, ``name``, ``parameters``, ``scale``. A target's
``environment.schema.json`` has the others.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from camp2iac.camp import placed, yaml
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.nodes import Sequence as YamlSequence
from camp2iac.camp.scalars import resolve
from camp2iac.camp.schema import check
from camp2iac.camp.schema_keywords import Schema
from camp2iac.catalogue.companion import (
    AskedCompanion,
    Companion,
    SettingValue,
    built_in_companions,
    load_companions,
)
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.located import located
from camp2iac.record import replace
from camp2iac.targets.base import Environment, Target
from camp2iac.targets.kit import unknown_name
from camp2iac.topology.declarations.parameters import retyped, unfit
from camp2iac.topology.model import Parameter, Scale, Tier, Topology
from camp2iac.topology.substitution import Given

_WRONG_VALUES = ("CAMP311", "CAMP312", "CAMP313", "CAMP314")

OVERRIDE = "--set"
Offered: TypeAlias = "Mapping[str, Companion] | None"
_NO_KEY = Scalar("", "", Span("", 1, 1, 1, 1))
_DOT = r"\.(?!camp2iac:)"  # the names of the profile's types have a dot


def schema(target: Target, offered: Mapping[str, Companion] | None = None) -> dict[str, Any]:
    """The JSON Schema of a target's environment files: its own keys, the common ones, and those of companions.

    ``offered``: the companions by name; None: those that come with camp2iac.
    """
    own = dict(target.environment_schema)
    return {**own, "properties": {**_common()["properties"], **own.get("properties", {}), **_keys(target, offered)}}


def _keys(target: Target, offered: Mapping[str, Companion] | None) -> Schema:
    """The keys of companions, for targets whose instances can have them."""
    if not getattr(target, "companions", False):
        return {}
    found = built_in_companions() if offered is None else offered
    return {name: companion.value for name, companion in found.items()}


def companions(target: Target, folders: Sequence[Path], diagnostics: Diagnostics, texts: dict[str, str]) -> Offered:
    """The companions that environment files of a target can ask for. None after reporting errors (CAMP306)."""
    found = Diagnostics()
    offered = load_companions(folders, found, texts)
    taken = {*_common()["properties"], *target.environment_schema.get("properties", {})}
    for name in sorted(taken.intersection(offered)):
        message = f"the companion {name} has the name of a key of environment files"
        found.add(Diagnostic("CAMP306", message, help="give its folder another name"))
    diagnostics.extend(found)
    return None if found.failed else offered


def asked(values: YamlMapping, offered: Mapping[str, Companion], file: str | None) -> tuple[AskedCompanion, ...]:
    """The companions that a sound environment asks for. Values that are not in its ``file`` have no place."""
    return tuple(
        AskedCompanion(companion, _settings(values[name], companion, file))
        for name, companion in offered.items()
        if name in values
    )


def _settings(node: Node, companion: Companion, file: str | None) -> dict[str, SettingValue]:
    found: dict[str, SettingValue] = dict.fromkeys(companion.settings)
    given = node.entries if isinstance(node, YamlMapping) else {companion.short: MappingEntry(_NO_KEY, node)}
    grouped = {
        f"{name}.{inner}": each
        for name, entry in given.items()
        if isinstance(entry.value, YamlMapping)
        for inner, each in entry.value.entries.items()
    }
    for name, entry in {**given, **grouped}.items():
        if isinstance(entry.value, Scalar):
            found[name] = _setting(entry.value, companion.settings[name].type == "number", file)
        elif isinstance(entry.value, YamlSequence):
            found[name] = tuple(_setting(each, False, file) for each in entry.value.items if isinstance(each, Scalar))
    return found


def _setting(node: Scalar, number: bool, file: str | None) -> str:
    """As written, unless it is a number: YAML reads 03:00 as one."""
    return located(str(node.plain) if number else node.text, node.span if node.span.file == file else None)


@cache
def _common() -> Schema:
    found: Schema = json.loads((Path(__file__).parent / "common.schema.json").read_text(encoding="utf-8"))
    return found


def sound(
    target: Target, values: YamlMapping, file: str, diagnostics: Diagnostics, offered: Mapping[str, Companion]
) -> bool:
    """Whether an environment file matches its target's schema. Collects errors (CAMP311, CAMP313, CAMP314)."""
    return check(schema(target, offered), values, file, "", diagnostics, values.span.start)


def keys(target: Target, offered: Mapping[str, Companion]) -> frozenset[str]:
    """The keys of a target's environment files that ``--set`` can set."""
    return frozenset(schema(target, offered)["properties"].keys() - {"target", "parameters"})


def override(
    known: Container[str],
    values: YamlMapping,
    overrides: Mapping[str, str],
    parameters: Container[str],
    texts: dict[str, str],
    diagnostics: Diagnostics,
) -> tuple[YamlMapping, Mapping[str, str], tuple[str, ...]]:
    """Sort the values of ``--set``: names in ``parameters`` are parameters of the plan. Other names are keys of the
    environment file if they are ``known`` (``region``, ``scale.web``), with values in YAML.

    Returns the environment with those keys, the remaining overrides, and the keys. Adds the values to ``texts``.
    """
    rest, set_keys = dict(overrides), []
    for name, text in overrides.items():
        path = re.split(_DOT, name)
        if name in parameters or path[0] not in known:
            continue
        shown = f"{OVERRIDE} {name}"
        texts[shown] = text
        if (node := yaml.parse(text, shown, diagnostics)) is not None:
            values = _put(values, path, node)
        del rest[name]
        set_keys.append(name)
    return values, rest, tuple(set_keys)


def _put(values: YamlMapping, path: list[str], node: Node) -> YamlMapping:
    """The values with a new value at a path. Values on the path that are not mappings become mappings."""
    first, *others = path
    if others:
        inner = values.get(first)
        node = _put(inner if isinstance(inner, YamlMapping) else YamlMapping({}, node.span), others, node)
    key = values.entries[first].key if first in values else Scalar(first, first, node.span)
    return YamlMapping({**values.entries, first: MappingEntry(key, node)}, values.span)


def apply(topology: Topology, environment: Environment, diagnostics: Diagnostics) -> Topology:
    """The topology with the operator's values: new defaults of parameters, new initial counts of tiers.

    Reports names that the plan does not have (CAMP601) and values that do not fit (CAMP602).
    """
    parameters = {**topology.parameters, **topology.compiled}
    for name, value, key, node in _given(environment, "parameters"):
        if _there(name, parameters, "parameter", key, environment, diagnostics):
            parameters[name] = _with_default(parameters[name], value, node, diagnostics)
    for name, entry in environment.encrypted.items():
        if _there(name, parameters, "parameter", entry.key.span, environment, diagnostics):
            parameters[name] = replace(parameters[name], default=None, confidential=True)
    for name, text in environment.overrides.items():
        if _there(name, parameters, "parameter", None, environment, diagnostics):
            parameters[name] = _with_default(parameters[name], _typed(parameters[name], text), None, diagnostics)
    tiers = dict(topology.tiers)
    unread = _unread(topology, diagnostics)
    for name, value, key, node in _given(environment, "scale"):
        if _there(name, tiers, "tier", key, environment, diagnostics) and (tiers[name].scale or not unread):
            tiers[name] = _scaled(tiers[name], value, node.span, diagnostics)
    scales = {tier.scale.key: tier.scale for tier in tiers.values() if tier.scale}
    statements = tuple(scales.get(statement.key, statement) for statement in topology.statements)
    return replace(
        topology,
        parameters={name: parameters[name] for name in topology.parameters},
        compiled={name: parameters[name] for name in topology.compiled},
        tiers=tiers,
        statements=statements,
    )


def given(environment: Environment, texts: dict[str, str], *, platform: bool, attributes: bool) -> Given:
    """What the environment says about values of the plan. Adds the values of ``--set`` to ``texts``."""
    found: dict[str, Scalar] = {}
    section = environment.values.get("parameters")
    if isinstance(section, YamlMapping):
        found |= {name: node for name, entry in section.entries.items() if isinstance(node := entry.value, Scalar)}
    for name, text in environment.overrides.items():
        shown = f"{OVERRIDE} {name}"
        texts[shown] = text
        found[name] = Scalar(resolve(text), text, Span(shown, 1, 1, 1, len(text) + 1))
    overrides = environment.values.get("overrides")
    if not isinstance(overrides, YamlMapping):
        overrides = YamlMapping({}, environment.values.span)
    sealed = {name: entry for name, entry in environment.encrypted.items() if name not in found}
    return Given(environment.file or "", found, overrides, platform, attributes, sealed)


def _given(environment: Environment, key: str) -> list[tuple[str, Any, Span, Node]]:
    section: Node | None = environment.values.get(key)
    if not isinstance(section, YamlMapping):
        return []
    return [
        (
            name,
            placed.values(entry.value, environment.file) if isinstance(entry.value, Scalar) else None,
            entry.key.span,
            entry.value,
        )
        for name, entry in sorted(section.entries.items())
    ]


def _there(
    name: str,
    known: Mapping[str, Any],
    what: str,
    span: Span | None,
    environment: Environment,
    diagnostics: Diagnostics,
) -> bool:
    if name in known:
        return True
    where = OVERRIDE if span is None else environment.shown
    diagnostics.add(unknown_name(name, known, what, where, span))
    return False


def _typed(parameter: Parameter, text: str) -> str | int | float | bool:
    """A string from the command line as a value of the parameter's type. The string itself if it has no such value."""
    if parameter.type == "boolean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if parameter.type == "number":
        try:
            number = float(text) if "." in text or "e" in text.lower() else int(text)
        except ValueError:
            return text
        return number if math.isfinite(number) else text
    return text


def _with_default(parameter: Parameter, value: Any, node: Node | None, diagnostics: Diagnostics) -> Parameter:
    if parameter.type == "string" and value is not None and not isinstance(value, str):
        value = str(value).lower() if isinstance(value, bool) else str(value)
    if fault := unfit(parameter, value):
        node = None if parameter.confidential else node  # no excerpt
        declared = None if parameter.confidential else parameter.span
        shown = "" if parameter.confidential else f": {_written(value)}"
        fixes = retyped(parameter, node, parameter.id) if node else ()
        diagnostics.add(
            Diagnostic(
                "CAMP602",
                f"the value of parameter {parameter.id} is not {fault}{shown}",
                node.span if node else declared,
                label=f"{fault} belongs here" if node else "declared here",
                related=(Label(parameter.span, "declared here"),) if node else (),
                help="" if fixes else "set a value that the plan allows",
                fixes=fixes,
            )
        )
        return parameter
    return replace(parameter, default=value)


def _written(value: object) -> str:
    """A value as YAML has it."""
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)


def _in_scale(tier: Tier, scale: Scale) -> str:
    if tier.scale is None:
        return f"write 1, or give {tier.id} a Scale in the plan"
    numbers = f"a number from {scale.minimum} to {scale.maximum}" if scale.minimum != scale.maximum else scale.minimum
    return f"write {numbers}, or change the plan's Scale"


def _unread(topology: Topology, diagnostics: Diagnostics) -> bool:
    """Whether values of the plan are wrong: the Scale of a tier without one can be among them."""
    wrong = (each for each in diagnostics if each.code in _WRONG_VALUES and each.span is not None)
    return any(each.span and each.span.file == topology.file for each in wrong)


def _scaled(tier: Tier, value: Any, span: Span, diagnostics: Diagnostics) -> Tier:
    scale = tier.scale.value if tier.scale else Scale(1, 1, 1)
    if not isinstance(value, int) or not scale.minimum <= value <= scale.maximum:
        allowed = f"{scale.minimum} to {scale.maximum}" if scale.minimum != scale.maximum else f"{scale.minimum} only"
        diagnostics.add(
            Diagnostic(
                "CAMP602",
                f"the plan allows {allowed} for the tier {tier.id}, not {value}",
                span,
                label="outside the plan's Scale",
                related=(Label(tier.scale.span, "the plan's Scale"),) if tier.scale else (),
                help=_in_scale(tier, scale),
            )
        )
        return tier
    if tier.scale is None:
        return tier
    return replace(tier, scale=replace(tier.scale, value=replace(scale, initial=value)))
