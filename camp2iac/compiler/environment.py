"""Read the environment file and find its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.camp import Source, edits
from camp2iac.camp import yaml as camp_yaml
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.text import MOST_BYTES, decode
from camp2iac.compiler import encrypted
from camp2iac.compiler.values import EnvironmentFile, Request
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import choices, nearest, short
from camp2iac.targets import environment as environments
from camp2iac.targets import registry
from camp2iac.targets.base import Environment, Target
from camp2iac.topology import declarations


def nothing() -> YamlMapping:
    """The environment if there is no file."""
    return YamlMapping({}, Span("", 1, 1, 1, 1))


def chosen(
    request: Request, source: Source, texts: dict[str, str], diagnostics: Diagnostics
) -> tuple[Target, Environment] | None:
    """The target and the environment of a request; None after reporting errors (CAMP603, 604, and those of the target's
    schema). ``texts`` receives the text of the file, which stays encrypted if sops encrypted it (CAMP169 to 171).
    """
    file, values = request.environment, None
    sealed: Mapping[str, MappingEntry] = {}
    if file is not None:
        values = _values(file, texts, diagnostics)
        if values is None:  # an empty mapping is false, and no error yet
            return None
        read = encrypted.opened(values, file.data, file.shown, source.plan, diagnostics)
        if read is None:
            return None
        values, sealed = read.values, read.encrypted
    written = values.get("target") if values else None
    target = _target(request, written, diagnostics)
    if target is None:
        return None
    given = values or nothing()
    offered = environments.companions(target, request.catalogue, diagnostics, texts)
    if offered is None:
        return None
    parameters, keys = declarations.names(source.plan), environments.keys(target, offered)
    given, rest, set_keys = environments.override(keys, given, request.overrides, parameters, texts, diagnostics)
    shown = file.shown if file else None
    named = shown or environments.OVERRIDE
    if (values or set_keys) and not environments.sound(target, given, named, diagnostics, offered):
        return None
    name = file.name if file else request.target or target.name
    return target, Environment(name, shown, given, rest, set_keys, environments.asked(given, offered, shown), sealed)


def _values(file: EnvironmentFile, texts: dict[str, str], diagnostics: Diagnostics) -> YamlMapping | None:
    """The keys of an environment file."""
    text, problem = "", file.problem
    try:
        # Text files are read like this: every line ends with \n.
        text = file.data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        problem = "it is not UTF-8"
    if problem:
        diagnostics.add(
            Diagnostic("CAMP603", f"the environment file {short(file.shown, 200)} cannot be read: {problem}")
        )
        return None
    if len(file.data) > MOST_BYTES:
        decode(file.data, file.shown, diagnostics)  # reports that it is too large
        return None
    texts[file.shown] = text
    node = camp_yaml.parse(text, file.shown, diagnostics)
    if node is None:
        return None
    if not isinstance(node, YamlMapping):
        help_ = "write, for example,  target: openstack"
        diagnostics.add(Diagnostic("CAMP603", f"{file.shown} contains no keys", node.span, help=help_))
        return None
    return node


def _target(request: Request, written: Node | None, diagnostics: Diagnostics) -> Target | None:
    """The target of that name. ``written``: the target in the environment file."""
    shown = request.environment.shown if request.environment else None
    name = request.target or (written.text if isinstance(written, Scalar) else None)
    found = registry.find(name) if name is not None else None
    if found is None:
        span = written.span if written and not request.target else None
        diagnostics.add(_no_target(name, span, shown, registry.names()))
        return None
    if isinstance(written, Scalar) and written.text != name and registry.find(written.text) is not None:
        diagnostics.add(
            Diagnostic(
                "CAMP604",
                f"{shown} is for {written.text}, not for {name}",
                written.span,
                label="--target names another target",
                help="remove --target, or use an environment file for that target",
            )
        )
        return None
    return found


def _no_target(name: str | None, span: Span | None, file: str | None, known: Sequence[str]) -> Diagnostic:
    best = nearest(name, known) if name else None
    return Diagnostic(
        "CAMP604",
        f"there is no target {name}" if name else f"{file} does not name its target",
        span,
        label="no target has this name",
        fixes=edits.type_(span, "target", name, best) if span and name else (),
        help=f"write  target: {best}" if best else f"the targets are {choices(name or '', known)}",
    )
