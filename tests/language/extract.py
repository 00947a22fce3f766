"""The prose of a file, apart from its code: each kind of file has one way to take it out."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

# Stands for each character of code in a text: not a letter, so that no word of a rule matches it.
CODE = "·"
# Stands for the end of a line inside of a paragraph: white space to a rule, and counted as a line.
JOINED = "\f"


class Prose(NamedTuple):
    """A text, and the line of its file that it begins on. ``kind``: text, docstring, string or comment."""

    line: int
    text: str
    kind: str = "text"


def prose(path: Path) -> Iterator[Prose]:
    """The texts of a file, by its suffix; nothing for a suffix that holds no prose."""
    how = _BY_SUFFIX.get(path.suffix) or _BY_NAME.get(path.name)
    if how is not None:
        yield from how(path.read_text(encoding="utf-8", errors="replace"))


def markdown(text: str) -> Iterator[Prose]:
    """One text: code, links' targets, generated parts and comments blanked, so that places stay as they are."""
    for pattern in _NOT_PROSE:
        text = pattern.sub(_blank, text)
    text = _HEADING.sub(rf"\g<0> {CODE}", _INLINE.sub(_code, text))
    text = _TARGET.sub(lambda found: found[1] + CODE * len(found[2]), text)
    yield Prose(1, _join(text))


def python(text: str) -> Iterator[Prose]:
    """Docstrings, strings of three words and more (messages, help, labels) and comments."""
    tree = ast.parse(text)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED) and _doc(node)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and _is_alias(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            value = "".join(str(p.value) if isinstance(p, ast.Constant) else CODE for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            value = node.value
        else:
            continue
        kind = "docstring" if id(node) in docstrings else "string"
        if kind == "docstring" or len(_WORD.findall(value)) > 2:
            yield Prose(node.lineno, _plain(value), kind)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith(("#!", "# noqa", "# type:", "# fmt:")):
            yield Prose(token.start[0], _plain(token.string.lstrip("# ")), "comment")


def comments(text: str) -> Iterator[Prose]:
    """Comments of Terraform, shell, YAML, units and templates, a block of lines at a time."""
    begin, block = 0, ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        found = _COMMENT.match(line)
        if found and not line.startswith("#!"):
            begin, block = begin or number, f"{block}\n{found[1]}" if block else found[1]
        elif block:
            yield Prose(begin, _plain(block), "comment")
            begin, block = 0, ""


def terraform(text: str) -> Iterator[Prose]:
    """Comments, descriptions and messages of checks."""
    yield from comments(text)
    for found in _ARGUMENT.finditer(text):
        yield Prose(text.count("\n", 0, found.start()) + 1, _plain(found[1]), "string")


def yaml_values(text: str) -> Iterator[Prose]:
    """Comments, and the values of keys that hold prose."""
    yield from comments(text)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # a template
        return
    yield from _values(root)


def _values(node: yaml.Node | None) -> Iterator[Prose]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode) and key.value in _PROSE_KEYS:
                yield Prose(value.start_mark.line + 1, _plain(value.value), "string")
            else:
                yield from _values(value)


def json_values(text: str) -> Iterator[Prose]:
    """The values of title, description and x-what."""
    for found in _JSON.finditer(text):
        yield Prose(text.count("\n", 0, found.start()) + 1, _plain(json.loads(found[1])), "string")


def messages(text: str) -> Iterator[Prose]:
    """What the command line prints about a plan: first lines, labels, notes and help, without the excerpts."""
    for found in _MESSAGE.finditer(text):
        yield Prose(text.count("\n", 0, found.start()) + 1, _plain(found[1]), "string")


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_WORD = re.compile(r"[A-Za-z]{2,}")
_INLINE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)  # its last words and the first of what follows are no repetition
_TARGET = re.compile(r"(\]\()([^)\s]+)(?=\))")
_NOT_PROSE = (
    re.compile(r"<!-- (?:[^>]*): written by .*?<!-- end of [^>]*-->", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"^( *)(`{3,}).*?^\1\2$", re.DOTALL | re.MULTILINE),
    re.compile(r"https?://\S+"),
    re.compile(r"^severity: \w+$", re.MULTILINE),
)
_COMMENT = re.compile(r"\s*(?:#|//)\s?(.*)")
_ARGUMENT = re.compile(r'^\s*(?:description|error_message)\s*=\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)
_PROSE_KEYS = ("title", "description", "note", "comment", "why", "remedy", "proven")
_JSON = re.compile(r'"(?:title|description|x-what)":\s*("(?:[^"\\]|\\.)*")')

_MESSAGE = re.compile(r"^(?:\w+\[CAMP\d+\]:| *= (?:help|note):|[ \d]*\|.*?[\^-]{1,}) +(\w.*)$", re.MULTILINE)


def _is_alias(node: ast.AnnAssign) -> bool:
    """Whether a string is a type: ``Plain: TypeAlias = "str | dict[str, Plain]"``."""
    return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"


def _doc(node: ast.AST) -> bool:
    return isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]+", CODE, found[0])


def _code(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", CODE, found[0])


def _plain(text: str) -> str:
    return _join(_INLINE.sub(_code, text))


def _join(text: str) -> str:
    """Lines of one paragraph as one: a rule's words may be on two lines. Lists, tables and headings keep theirs."""
    return re.sub(r"(?<=[^\n|])\n(?=[ ]*[^\s|#>*-])", JOINED, text)


_BY_SUFFIX = {
    ".md": markdown,
    ".py": python,
    ".tf": terraform,
    ".sh": comments,
    ".j2": comments,
    ".tftpl": comments,
    ".yaml": yaml_values,
    ".yml": yaml_values,
    ".json": json_values,
    ".txt": messages,
}
_BY_NAME = {"run": comments}
