"""The values of TOSCA: literals, inputs, properties and attributes of other nodes, and their concatenation."""

from __future__ import annotations

from camp2iac.camp.nodes import Scalar
from camp2iac.importers import DraftPlan, DraftValue, SourcePart
from camp2iac.importers.draft import text_value
from camp2iac.importers.formats.tosca.document import ToscaDocument
from camp2iac.importers.tiers import value_name
from camp2iac.record import Record, field

_DEEPEST = 10
_ADDRESSES = ("ip_address", "private_address", "public_address", "addresses", "private_ip", "public_ip")
_SECRET = ("pass", "pwd", "secret", "token", "private_key", "credential")


class ToscaValues(Record):
    """Resolves values. ``tiers``: the tier of each node that is on instances."""

    document: ToscaDocument
    plan: DraftPlan
    tiers: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # inputs

    def static(self, part: SourcePart | None, node: str = "", depth: int = 0) -> str | None:
        """The value as text, if it is known now; None otherwise."""
        if part is None or depth > _DEEPEST:
            return None
        if isinstance(part.node, Scalar):
            value = part.node.value
            return None if value is None else part.node.text
        function, argument = self._function(part)
        if function == "get_input" and argument is not None:
            definition = self.document.inputs.get(_name(argument))
            self.used.add(_name(argument))
            return self.static(definition.get("default"), node, depth + 1) if definition is not None else None
        if function == "get_property" and argument is not None:
            return self.static(self._property(argument, node), _target(argument, node), depth + 1)
        if function == "concat" and argument is not None:
            texts = [self.static(each, node, depth + 1) for each in _items(argument)]
            return None if any(each is None for each in texts) else "".join(each or "" for each in texts)
        return None

    def number(self, part: SourcePart | None, node: str = "") -> int | None:
        """The value as a number that is not negative."""
        text = self.static(part, node)
        return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else None

    def variable(self, part: SourcePart, name: str, node: str = "") -> DraftValue:
        """The value for a variable of a process; None if it has none."""
        function, argument = self._function(part)
        if function == "get_input" and argument is not None and _name(argument) in self.document.inputs:
            wanted = _name(argument)
            definition = self.document.inputs[wanted]
            self.used.add(wanted)
            if is_secret(wanted) or is_secret(name):
                definition.changed(f"Secrets, {value_name(wanted)}", "the value of a secret is in no file")
                return self.plan.secret(value_name(wanted), wanted)
            default = self.static(definition.get("default"))
            definition.kept(f"Parameters, {value_name(wanted)}")
            return self.plan.parameter(value_name(wanted), wanted, default)
        if is_secret(name) and self.static(part, node) is not None:
            return self.plan.secret(value_name(f"{node}_{name}"), f"{name} of {node}")
        return self._text(part, node)

    def _text(self, part: SourcePart, node: str) -> DraftValue:
        text = self.static(part, node)
        if text is not None:
            return text_value(text)
        function, argument = self._function(part)
        if argument is None:
            return None
        if function == "get_attribute":
            items = [_name(each) for each in argument.items()] if argument.is_list else []
            target = node if items[:1] in (["SELF"], ["HOST"]) else (items or [""])[0]
            tier = self.tiers.get(target)
            return f"IP({tier})" if tier and items[-1:] and items[-1] in _ADDRESSES else None
        if function == "concat":
            texts = [self._text(each, node) for each in _items(argument)]
            return "".join(map(str, texts)) if all(isinstance(each, str) for each in texts) else None
        if function == "get_property":
            found = self._property(argument, node)
            return self._text(found, _target(argument, node)) if found is not None and found.is_scalar else None
        return None

    def _function(self, part: SourcePart) -> tuple[str, SourcePart | None]:
        if part.is_mapping:
            entries = list(part.entries())
            if len(entries) == 1:
                return entries[0]
        return "", None

    def _property(self, argument: SourcePart, node: str) -> SourcePart | None:
        """The property that ``[NODE, PROPERTY]`` or ``[NODE, CAPABILITY, PROPERTY]`` names, or its default."""
        words = [_name(each) for each in argument.items()] if argument.is_list else []
        target = self.document.nodes.get(_target(argument, node))
        if target is None or len(words) < 2:
            return None
        found = target.property(words[-1])
        if found is None and len(words) > 2:
            found = next((value for key, value in target.capability(words[1]) if key == words[-1]), None)
        return found if found is not None else self.document.default(target.type, words[-1])


def is_secret(name: str) -> bool:
    """Whether a name is that of a secret."""
    return any(word in name.lower() for word in _SECRET)


def _items(part: SourcePart) -> list[SourcePart]:
    return list(part.items()) if part.is_list else []


def _name(part: SourcePart) -> str:
    if part.is_list:
        part = next(iter(part.items()), part)
    return part.node.text if isinstance(part.node, Scalar) else ""


def _target(argument: SourcePart, node: str) -> str:
    name = _name(argument)
    return node if name == "SELF" else name
