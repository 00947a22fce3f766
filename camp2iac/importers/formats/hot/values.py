"""The values of Heat templates: literals, parameters, files, and what functions make of them."""

from __future__ import annotations

import posixpath

from camp2iac.camp.nodes import Scalar
from camp2iac.importers import ImportSource, SourcePart
from camp2iac.importers.formats.hot.template import HotResource, HotTemplate
from camp2iac.record import Record

_DEEPEST = 12
_LONGEST = 256 * 1024  # characters of a value
HANDLES = ("OS::Heat::WaitConditionHandle", "AWS::CloudFormation::WaitConditionHandle", "OS::Heat::SwiftSignalHandle")
_NO_COMMAND = ":"  # does nothing in a shell, whatever its arguments


class HotValues(Record):
    """Resolves values. ``name``: of the stack."""

    source: ImportSource
    name: str

    def static(self, part: SourcePart | None, template: HotTemplate, depth: int = 0) -> str | None:
        """The value as text, if it is known now; None otherwise."""
        if part is None or depth > _DEEPEST:
            return None
        if isinstance(part.node, Scalar):
            return None if part.node.value is None else part.node.text
        function, argument = _function(part)
        if argument is None:
            return None
        if function == "get_param":
            return self._parameter(argument, template, depth)
        if function == "str_replace":
            return self._replace(argument, template, depth)[0]
        if function == "list_join":
            return self._join(argument, template, depth)
        if function == "get_file" and argument.is_scalar:
            return self.file(argument)
        return None

    def text(self, part: SourcePart, template: HotTemplate) -> tuple[str | None, tuple[SourcePart, ...]]:
        """The text of a script, and the parts of it whose values are not known. They stay as the source has them."""
        function, argument = _function(part)
        if function == "str_replace" and argument is not None:
            return self._replace(argument, template, 0)
        if function == "list_join" and argument is not None and argument.is_list:
            return self._join(argument, template, 0), ()
        return self.static(part, template), ()

    def file(self, part: SourcePart) -> str | None:
        """The text of a file that the template names."""
        name = part.text().removeprefix("file:")
        if not name or ":" in name:
            return None
        path = self.source.folder.inside(name, posixpath.dirname(part.file), part.span)
        if path is None or not self.source.folder.is_file(path):
            return None
        return self.source.text(path, part.span)

    def reference(self, part: SourcePart | None, template: HotTemplate) -> HotResource | None:
        """The resource that a value refers to."""
        if part is None:
            return None
        function, argument = _function(part)
        if argument is None or function not in ("get_resource", "get_attr"):
            return None
        first = next(iter(argument.items()), argument) if argument.is_list else argument
        name = first.node.text if isinstance(first.node, Scalar) else ""
        return template.resources.get(name)

    def _parameter(self, argument: SourcePart, template: HotTemplate, depth: int) -> str | None:
        first = next(iter(argument.items()), argument) if argument.is_list else argument
        name = first.node.text if isinstance(first.node, Scalar) else ""
        template.used.add(name)
        if name == "OS::stack_name":
            return self.name
        if name in template.given and template.above is not None:
            return self.static(template.given[name], template.above, depth + 1)
        definition = template.parameters.get(name)
        if definition is None or definition.get("hidden") is not None:
            return None
        return self.static(definition.get("default"), template, depth + 1)

    def _replace(
        self, argument: SourcePart, template: HotTemplate, depth: int
    ) -> tuple[str | None, tuple[SourcePart, ...]]:
        text = self.static(argument.get("template"), template, depth + 1)
        parameters = argument.get("params")
        if text is None or parameters is None or not parameters.is_mapping:
            return text, ()
        unknown = []
        # Longer names first, as Heat does
        for key, value in sorted(parameters.entries(), key=lambda each: (-len(each[0]), each[0])):
            found = self._signal(value, template) or self.static(value, template, depth + 1)
            if found is None or not key or len(text) > _LONGEST:
                unknown.append(value)
            else:
                text = text.replace(key, found)
        return (None if unknown and depth else text), tuple(unknown)

    def _signal(self, part: SourcePart, template: HotTemplate) -> str:
        """The command that signals a wait condition: nothing waits for it."""
        target = self.reference(part, template)
        return _NO_COMMAND if target is not None and target.type in HANDLES else ""

    def _join(self, argument: SourcePart, template: HotTemplate, depth: int) -> str | None:
        items = list(argument.items()) if argument.is_list else []
        if len(items) < 2 or not items[1].is_list:
            return None
        texts = [self.static(each, template, depth + 1) for each in items[1].items()]
        mark = self.static(items[0], template, depth + 1)
        return None if mark is None or any(each is None for each in texts) else mark.join(each or "" for each in texts)


def _function(part: SourcePart) -> tuple[str, SourcePart | None]:
    if part.is_mapping:
        entries = list(part.entries())
        if len(entries) == 1:
            return entries[0]
    return "", None
