"""XML as located values, without document types and entities, and with limits.

An element with attributes or children is a mapping, of which a name that occurs several times is a list. Any other
element is a string. Names have no namespaces, because documents of one format do not always use the same.
"""

from __future__ import annotations

from xml.parsers import expat

from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.record import Record, field

DEEPEST = 64
MOST_ELEMENTS = 100_000
MOST_ATTRIBUTES = 100  # of an element


TEXT = "#text"  # the key of an element's text, if it also has attributes or children


class _Element(Record):
    name: str
    span: Span
    attributes: dict[str, Scalar] = field(default_factory=dict)
    children: list[tuple[Scalar, Node]] = field(default_factory=list)
    text: str = ""
    text_span: Span | None = None


class _RefusedXmlError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def parse_xml(text: str, file: str, diagnostics: Diagnostics) -> Node | None:
    """A document, as a mapping with the name of its root. None after CAMP770 (broken) or CAMP771 (not allowed)."""
    reader = _XmlReader(file, text)
    try:
        reader.parser.Parse(text, True)
    except _RefusedXmlError as refused:
        diagnostics.add(refused.diagnostic)
        return None
    except (expat.ExpatError, ValueError, LookupError) as error:
        diagnostics.add(_broken(error, file))
        return None
    return reader.root


def _broken(error: Exception, file: str) -> Diagnostic:
    if not isinstance(error, expat.ExpatError):
        return Diagnostic("CAMP770", f"{file} is not XML that can be read", help="save the file as UTF-8")
    span = Span(file, error.lineno, error.offset + 1, error.lineno, error.offset + 2)
    return Diagnostic(
        "CAMP770",
        f"{file} is not XML that can be read: {expat.ErrorString(error.code)}",
        span=span,
        label="the XML is broken here, or before",
        help="correct the XML; every start tag needs an end tag, and every attribute a value in quotes",
    )


class _XmlReader:
    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.root: Node | None = None
        self.stack: list[_Element] = []
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def _here(self, length: int) -> Span:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Span(self.file, line, column, line, column + length)

    def _declaration(self) -> Span:
        before = self.text[: max(self.text.find("<!DOCTYPE"), 0)].split("\n")
        return Span(self.file, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 10)

    def _doctype(self, *_: object) -> None:
        raise _RefusedXmlError(
            Diagnostic(
                "CAMP771",
                f"{self.file} has a document type or entities, which are not read",
                span=self._declaration(),
                label="a document type",
                help="remove the declaration  <!DOCTYPE ...>,  and write out the entities that it declares",
            )
        )

    def _start(self, name: str, attributes: list[str]) -> None:
        self.count += 1
        span = self._here(len(name) + 1)
        if len(self.stack) >= DEEPEST or self.count > MOST_ELEMENTS or len(attributes) > 2 * MOST_ATTRIBUTES:
            raise _RefusedXmlError(
                Diagnostic(
                    "CAMP771",
                    f"{self.file} is too large or nested too deeply",
                    span=span,
                    label=f"the limits are {DEEPEST} levels, {MOST_ELEMENTS:,} elements, {MOST_ATTRIBUTES} attributes",
                    help="import one environment at a time",
                )
            )
        element = _Element(_local(name), span)
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            if not key.startswith(("xmlns", "xsi:")):
                element.attributes[_local(key)] = Scalar(value, value, span, quoted=True)
        self.stack.append(element)

    def _characters(self, text: str) -> None:
        element = self.stack[-1]
        if element.text_span is None and text.strip():
            blank = len(text) - len(text.lstrip())
            lines = text[:blank].split("\n")
            line = self.parser.CurrentLineNumber + len(lines) - 1
            column = len(lines[-1]) + 1 + (self.parser.CurrentColumnNumber if len(lines) == 1 else 0)
            width = len(text.strip().split("\n")[0].rstrip())
            element.text_span = Span(self.file, line, column, line, column + width)
        element.text += text

    def _end(self, _: str) -> None:
        element = self.stack.pop()
        name = Scalar(element.name, element.name, element.span)
        if self.stack:
            self.stack[-1].children.append((name, _value(element)))
        else:
            self.root = Mapping({element.name: MappingEntry(name, _value(element))}, element.span)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _value(element: _Element) -> Node:
    text = " ".join(element.text.split())
    own = Scalar(text, text, element.text_span or element.span, quoted=True)
    if not element.children and not element.attributes:
        return own
    keys: dict[str, Scalar] = {}
    values: dict[str, list[Node]] = {}
    for name, attribute in element.attributes.items():
        keys[name], values[name] = Scalar(name, name, element.span), [attribute]
    for key, child in element.children:
        keys.setdefault(key.text, key)
        values.setdefault(key.text, []).append(child)
    if text:
        keys[TEXT], values[TEXT] = Scalar(TEXT, TEXT, own.span), [own]
    entries = {
        name: MappingEntry(keys[name], found[0] if len(found) == 1 else Sequence(tuple(found), keys[name].span))
        for name, found in values.items()
    }
    return Mapping(entries, element.span)
