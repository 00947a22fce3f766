"""Read the blocks and arguments of an HCL file with their places.

It reads what :mod:`.hcl` writes, and files that were edited by hand. It never fails: of a file with syntax errors, it
finds as much as possible. Values are not evaluated.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field, replace
from camp2iac.synth.written import WrittenItem, head

_TOKEN = re.compile(
    r"""(?P<gap>[^\S\n]+)|(?P<newline>\n)|(?P<comment>\#[^\n]*|//[^\n]*|/\*(?s:.*?)(?:\*/|\Z))
    |<<-?(?P<heredoc>[\w-]+)[^\S\n]*(?=\n)|(?P<name>[^\W\d][\w-]*)|(?P<string>")
    |(?P<open>[{\[(])|(?P<close>[}\])])|(?P<other>=[=>]|[<>!]=|.)""",
    re.VERBOSE,
)
_IN_STRING = re.compile(r'\\.|\$\$\{|%%\{|(?P<enter>[$%]\{)|(?P<quote>")|(?P<newline>\n)')
_IN_CODE = re.compile(r'(?P<quote>")|(?P<open>\{)|(?P<close>\})|(?P<newline>\n)')
_LOOP = re.compile(r"\s*for\s+[^\W\d]")
_LABELS_AND_BRACE = re.compile(r'(?:[^\S\n]+"[^"\n]*")*[^\S\n]*\{')
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))')
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_TOP = frozenset(
    [
        "resource",
        "data",
        "variable",
        "output",
        "locals",
        "module",
        "provider",
        "terraform",
        "check",
        "moved",
        "import",
        "removed",
        "ephemeral",
    ]
)
_BODY, _OBJECT, _GROUP = "body", "object", "group"


class _Token(Record):
    kind: str
    text: str
    start: int
    end: int
    leads: bool


class _Frame(Record):
    """An open bracket. ``name``: the prefix of the names in it. ``item``: the argument or entry that is being read."""

    kind: str
    closer: str
    name: str
    owner: WrittenItem | None = None
    item: WrittenItem | None = None
    pending: list[_Token] = field(default_factory=list)


def items(text: str) -> list[WrittenItem]:
    """The blocks, arguments and entries of a file, each after those that contain it."""
    return _Scanner(text).scan()


def _string_end(text: str, start: int) -> int:
    """The position after a quoted string that begins at ``start``. Without its end, the end of the line."""
    at, depths = start + 1, [0]  # of braces, in each string or code that is open; strings are at even places
    while depths:
        in_string = len(depths) % 2 == 1
        found = (_IN_STRING if in_string else _IN_CODE).search(text, at)
        if found is None:
            return len(text)
        at = found.end()
        match found.lastgroup:
            case "newline":
                return found.start()
            case "enter":
                depths.append(0)
            case "open":
                depths[-1] += 1
            case "quote":
                if in_string:
                    depths.pop()
                else:
                    depths.append(0)
            case "close":
                depths[-1] -= 1
                if depths[-1] < 0:
                    depths.pop()
    return at


def _unquoted(text: str) -> str:
    """The value of a string without expressions."""

    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        if not code:
            return _PLAIN.get(found[3], found[3])
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else found[0]

    return _ESCAPE.sub(plain, text[1:-1]).replace("$${", "${").replace("%%{", "%{")


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.items: list[WrittenItem] = []
        self.stack = [_Frame(_BODY, "", "")]
        self.comment: list[_Token] = []
        self.last = 0  # the end of the token before
        self.ends = 0  # newlines since the last comment or token

    def scan(self) -> list[WrittenItem]:
        at, leads = 0, True
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            kind = found.lastgroup if found else None
            if found is None or kind is None:
                break
            end = self._end(found, kind)
            token = _Token(kind, self.text[at:end], at, end, leads)
            at = end
            if kind == "newline":
                leads = True
            elif kind != "gap":
                leads = False
            self._take(token)
        while len(self.stack) > 1:
            self._pop()
        self._finish()
        return self.items

    def _end(self, found: re.Match[str], kind: str) -> int:
        if kind == "string":
            return _string_end(self.text, found.start())
        if kind == "heredoc":
            closing = re.compile(rf"^[^\S\n]*{re.escape(found['heredoc'])}[^\S\n]*$", re.MULTILINE)
            end = closing.search(self.text, found.end())
            return end.end() if end else len(self.text)
        return found.end()

    def _take(self, token: _Token) -> None:
        match token.kind:
            case "gap":
                return
            case "comment":
                if token.leads:
                    self.comment.append(token)
                self.ends = 0
                return
            case "newline":
                self.ends += 1
                if self.ends > 1:
                    self.comment = []
                if self.stack[-1].kind != _GROUP:
                    self._finish()
                return
        self.ends = 0
        if token.kind == "name" and token.text in _TOP and len(self.stack) > 1 and self._begins_a_block(token):
            while len(self.stack) > 1:  # a bracket before it was not closed
                self._pop()
            self._finish()
        {"open": self._open, "close": self._close}.get(token.kind, self._word)(token)
        self.last = token.end
        if not self.stack[-1].pending:
            self.comment = []

    def _begins_a_block(self, token: _Token) -> bool:
        """Whether a token is at the beginning of a line that opens a top-level block."""
        if token.start != self.starts[bisect_right(self.starts, token.start) - 1]:
            return False
        return _LABELS_AND_BRACE.match(self.text, token.end) is not None

    def _word(self, token: _Token) -> None:
        frame = self.stack[-1]
        if frame.kind == _GROUP or frame.item is not None:
            if token.text == "," and frame.kind == _OBJECT:
                self._finish()
            return
        separators = ("=", ":") if frame.kind == _OBJECT else ("=",)
        if token.text in separators and frame.pending:
            key = frame.pending[0]
            frame.item = self._add(f"{frame.name}.{self._name(key)}".lstrip("."), key)
            frame.pending = []
        elif token.text == ",":
            frame.pending = []
        else:
            frame.pending.append(token)

    def _name(self, token: _Token) -> str:
        return _unquoted(token.text) if token.kind == "string" else token.text

    def _add(self, name: str, token: _Token, *, is_block: bool = False) -> WrittenItem:
        line, column = self._place(token.start)
        top = self._place(self.comment[0].start)[0] if self.comment and token.leads else line
        says = "\n".join(each.text.lstrip("#/ ").rstrip() for each in self.comment) if token.leads else ""
        item = WrittenItem(name, Span("", line, column, line, column), top, token.leads, is_block, says)
        self.items.append(item)
        return item

    def _open(self, token: _Token) -> None:
        frame, closer = self.stack[-1], {"{": "}", "[": "]", "(": ")"}[token.text]
        if frame.kind == _BODY and frame.item is None:
            if token.text == "{" and frame.pending:
                type_, *labels = frame.pending
                item = self._add(self._block_name(frame, type_, labels), type_, is_block=True)
                frame.pending = []
                self.stack.append(_Frame(_BODY, closer, item.name, item))
            else:
                self.stack.append(_Frame(_GROUP, closer, frame.name))
            return
        name = frame.item.name if frame.item is not None else frame.name
        is_object = token.text == "{" and not _LOOP.match(self.text, token.end)
        if frame.kind == _OBJECT and frame.item is None:
            frame.pending.append(token)  # a key in parentheses
        self.stack.append(_Frame(_OBJECT if is_object else _GROUP, closer, name))

    def _block_name(self, frame: _Frame, type_: _Token, labels: list[_Token]) -> str:
        if len(self.stack) == 1:
            return head(type_.text, [self._name(label) for label in labels])
        return f"{frame.name}.{type_.text}"

    def _close(self, token: _Token) -> None:
        if token.text == "}":
            while len(self.stack) > 1 and self.stack[-1].closer != "}":
                self._pop()
        if len(self.stack) > 1 and self.stack[-1].closer == token.text:
            owner = self.stack[-1].owner
            self._pop()
            if owner is not None:
                self._ends_at(owner, token.end)

    def _pop(self) -> None:
        """Close the innermost bracket."""
        self._finish()
        frame = self.stack.pop()
        if frame.owner is not None:
            self._ends_at(frame.owner, self.last)

    def _finish(self) -> None:
        """The argument or entry that is being read ends before this token."""
        frame = self.stack[-1]
        if frame.item is not None:
            self._ends_at(frame.item, self.last)
        frame.item, frame.pending = None, []

    def _ends_at(self, item: WrittenItem, position: int) -> None:
        line, column = self._place(position)
        item.span = replace(item.span, end_line=line, end_column=column)

    def _place(self, position: int) -> tuple[int, int]:
        number = bisect_right(self.starts, position)
        return number, position - self.starts[number - 1] + 1
