"""Located YAML from libyaml's events, in linear time, with limits for depth and aliases.

The parser's events are handled with an explicit stack, so that no input can exhaust Python's stack. Scalars keep their
text as written. Values follow YAML 1.1 as PyYAML's safe loader reads it (see scalars.py).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from camp2iac.camp import scalars
from camp2iac.camp import yaml_faults as faults
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.record import Record, field, replace

# Limits. A plan with 10,000 services has about 300,000 values and ten levels.
DEEPEST = 64
MOST_NODES = 400_000
MOST_ALIASED = 200_000  # values that aliases and merge keys can add


_PROPERTY = re.compile(r"!<[^>\s]*>|[!&][^\s,\[\]{}]*")  # a tag or an anchor before a value
_GAP = re.compile(r"(?:[ \t\n\r\x85\u2028\u2029]|#[^\n\r\x85\u2028\u2029]*)*")


class _RefusedError(Exception):
    """The text cannot be read further; has the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def parse(text: str, file: str, diagnostics: Diagnostics) -> Node | None:
    """The value of a YAML text, each part with its place.

    ``file``: the name to show. An empty text is an empty scalar. None after an error that ends the reading (CAMP101,
    CAMP103, CAMP105 to CAMP108). The last of repeated keys (CAMP102) and the first of several documents (CAMP104)
    counts.
    """
    text = text.removeprefix("\ufeff")
    try:
        return _Builder(text, file, diagnostics).build()
    except _RefusedError as refused:
        diagnostics.add(refused.diagnostic)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        from camp2iac.camp.broken import explain

        diagnostics.add(explain(error, text, file))
    return None


def _parser(text: str) -> Any:
    # libyaml's parser, if PyYAML is built with it.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)


class _Anchor(Record):
    """The value of an anchor; ``node`` has no value while it is being read."""

    node: Node | None = None
    size: int = 0
    height: int = 0


class _Open(Record):
    """A list or mapping that is being read."""

    event: Any
    mapping: bool
    anchor: _Anchor | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, MappingEntry] = field(default_factory=dict)
    merged: list[tuple[Scalar, Node]] = field(default_factory=list)
    twice: dict[str, list[MappingEntry]] = field(default_factory=dict)
    key: Scalar | None = None
    merge: bool = False
    last: Node | None = None
    size: int = 1
    height: int = 1


class _Builder:
    def __init__(self, text: str, file: str, diagnostics: Diagnostics) -> None:
        self.text, self.file, self.diagnostics = text, file, diagnostics
        self.lines: list[str] | None = None
        self.anchors: dict[str, _Anchor] = {}
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.count = self.aliased = self.documents = 0

    def build(self) -> Node:
        self._refuse_directives()
        parser = _parser(self.text)
        handlers = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentStartEvent: self._document,
        }
        while self.documents < 2:
            event = parser.get_event()
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            elif event is None or type(event) is yaml.StreamEndEvent:
                break
        # After only "---", the parser is on a line after the end of the text.
        if self.root is None or self.root.span.line > len(LINE_END.split(self.text)):
            return Scalar(None, "", Span(self.file, 1, 1, 1, 1))
        return self.root

    def _refuse_directives(self) -> None:
        """``%TAG`` is only for custom tags, and many of them cost libyaml quadratic time."""
        line, position = 1, 0
        while position < len(self.text) and self.text[position] in "#%\r\n \t":
            end = LINE_END.search(self.text, position)
            stop = end.start() if end else len(self.text)
            if self.text.startswith("%TAG", position):
                raise _RefusedError(faults.tag(Span(self.file, line, 1, line, stop - position + 1), "%TAG"))
            line, position = line + 1, end.end() if end else len(self.text)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            mark = event.start_mark
            self.diagnostics.add(faults.documents(Span(self.file, mark.line + 1, 1, mark.line + 1, mark.column + 4)))

    def _span(self, start: Any, end: Any) -> Span:
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _scalar(self, event: Any) -> None:
        text, style, start, end = event.value, event.style, event.start_mark, event.end_mark
        value: scalars.Value = text
        if event.tag is not None and event.tag not in scalars.PLAIN_TAGS and event.tag != "!":
            raise _RefusedError(faults.tag(self._span(start, end), event.tag))
        (line, column), tag = self._after_properties(event)
        if event.tag is None:
            if event.implicit[0]:
                value = scalars.resolve(text)
        elif event.tag != "!":
            value = scalars.construct(event.tag, text)
        if style in ("|", ">"):
            span = self._block(line, column, end)
        else:
            span = Span(self.file, line, column, end.line + 1, end.column + 1)
        node = Scalar(value, text, span, bool(style), tag, event.anchor is not None)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(node, 1, 0)
        self._put(node, 1, 0)

    def _after_properties(self, event: Any) -> tuple[tuple[int, int], Span | None]:
        """The line and column of a value after its tag and anchor, and the span of the tag."""
        start, tag = event.start_mark, None
        line, column = start.line + 1, start.column + 1
        if event.anchor is None and event.tag is None:
            return (line, column), None
        position, end = start.index, event.end_mark.index
        while found := _PROPERTY.match(self.text, position, end):
            if found[0].startswith("!"):
                tag = Span(self.file, line, column, line, column + len(found[0]))
            after = _GAP.match(self.text, found.end(), end)
            gap = after[0] if after else ""
            *lines, last = LINE_END.split(gap)
            line += len(lines)
            column = len(last) + 1 if lines else column + len(found[0]) + len(gap)
            position = found.end() + len(gap)
        return (line, column), tag

    def _block(self, line: int, column: int, end: Any) -> Span:
        """The span of a block scalar, up to its last line that is not empty. For libyaml it ends where the next node
        begins.
        """
        if self.lines is None:
            self.lines = LINE_END.split(self.text)
        last = end.line if end.column else end.line - 1
        last = min(last, len(self.lines) - 1)
        while last > line - 1 and not self.lines[last].strip():
            last -= 1
        return Span(self.file, line, column, last + 1, len(self.lines[last].rstrip()) + 1)

    def _alias(self, event: Any) -> None:
        span = self._span(event.start_mark, event.end_mark)
        anchor = self.anchors.get(event.anchor)
        if anchor is None or anchor.node is None:
            raise _RefusedError(faults.dangling(event.anchor, span, anchor is not None, list(self.anchors)))
        self.aliased += anchor.size
        if self.aliased > MOST_ALIASED:
            raise _RefusedError(faults.repeats(span, MOST_ALIASED))
        node = anchor.node
        node = replace(node, span=span, tag=None, anchored=False, alias=True) if isinstance(node, Scalar) else node
        self._put(replace(node, span=span), anchor.size, anchor.height)

    def _open(self, event: Any) -> None:
        if event.tag is not None and event.tag not in scalars.PLAIN_TAGS and event.tag != "!":
            raise _RefusedError(faults.tag(self._span(event.start_mark, event.end_mark), event.tag))
        if len(self.stack) >= DEEPEST:
            raise _RefusedError(faults.deep(self._span(event.start_mark, event.end_mark), DEEPEST))
        anchor = None
        if event.anchor is not None:
            anchor = self.anchors[event.anchor] = _Anchor()
        self.stack.append(_Open(event, type(event) is yaml.MappingStartEvent, anchor))

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        end = event.end_mark
        (line, column), _ = self._after_properties(done.event)
        if done.event.flow_style or done.last is None:
            span = Span(self.file, line, column, end.line + 1, end.column + 1)
        else:
            tail = done.last.span
            span = Span(self.file, line, column, tail.end_line, tail.end_column)
        node: Node
        if done.mapping:
            for key, earlier in done.twice.items():
                self.diagnostics.add(faults.twice(done.entries, key, earlier, bool(done.event.flow_style)))
            node = Mapping(self._merge(done) if done.merged else done.entries, span)
        else:
            node = Sequence(tuple(done.items), span)
        if done.anchor is not None:
            done.anchor.node, done.anchor.size, done.anchor.height = node, done.size, done.height
        self._put(node, done.size, done.height)

    def _put(self, node: Node, size: int, height: int) -> None:
        """Add a finished node to its parent."""
        self.count += 1
        if self.count > MOST_NODES:
            raise _RefusedError(faults.large(node.span, MOST_NODES))
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.size += size
        if height >= parent.height:
            parent.height = height + 1
            if parent.height + len(self.stack) > DEEPEST + 1:
                raise _RefusedError(faults.deep(node.span, DEEPEST))
        if not parent.mapping:
            parent.items.append(node)
            parent.last = node
        elif parent.key is None:
            parent.key = self._key(node)
            parent.merge = isinstance(node, Scalar) and node.text == "<<" and not node.quoted
        else:
            key, parent.key = parent.key, None
            parent.last = node
            if parent.merge:
                parent.merged.append((key, node))
                return
            earlier = parent.entries.get(key.text)
            if earlier is not None:
                parent.twice.setdefault(key.text, []).append(earlier)
            parent.entries[key.text] = MappingEntry(key, node)

    def _key(self, node: Node) -> Scalar:
        """Keys are strings, as written: ``8080`` and ``on`` are not converted."""
        if isinstance(node, Scalar) and (node.text or node.quoted):
            return Scalar(node.text, node.text, node.span, node.quoted, anchored=node.anchored)
        raise _RefusedError(faults.key(node))

    def _merge(self, done: _Open) -> dict[str, MappingEntry]:
        """Merge keys (``<<``): the mapping's own keys win, then the first of several merged mappings."""
        entries: dict[str, MappingEntry] = {}
        for key, value in done.merged:
            parts = value.items if isinstance(value, Sequence) else (value,)
            for part in parts:
                if not isinstance(part, Mapping):
                    raise _RefusedError(faults.merge(key, part))
                self.aliased += len(part)
                for name, entry in part.entries.items():
                    entries.setdefault(name, entry)
        if self.aliased > MOST_ALIASED:
            raise _RefusedError(faults.repeats(done.merged[0][0].span, MOST_ALIASED))
        for name, entry in done.entries.items():
            entries.pop(name, None)
            entries[name] = entry
        return entries
