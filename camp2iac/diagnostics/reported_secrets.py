"""Find what must not be shown of the words of other programs, such as Terraform, providers and scanners.

These words are not YAML: they contain HCL, JSON, maps of Go, headers and prose. A secret is found by its name, by its
form, and if its value is known. If in doubt, it is hidden. All loops are linear in the length of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from camp2iac.diagnostics.secrets import (
    HIDDEN,
    discreet,
    hidden,
    holds_secret,
    is_about_secret,
    is_secret,
    is_suspect,
    without,
)

LONGEST = 20_000  # characters of a line; one that is longer and can hold a secret is hidden
_VALUE = re.compile(
    r"\"(?:[^\"\\]|\\.)*(?:\"|\\?$)|'(?:[^'\\]|\\.)*(?:'|\\?$)|\\{1,8}[\"'].*?(?:\\{1,8}[\"']|$)"
    r"|[\[{(][^\]})]*|[^\s,;&)\]}\"'\\]+"
)
# What is before the value of  password = "x", "password": "x", \"password\":\"x\", map[password:x], --password x
_KEY = re.compile(
    r"(?<![\w.-])(?:-{0,2}(?P<key>\w[\w.-]{0,100})\\{0,8}[\"']?\s{0,200}(?:=>|[:=])\s{0,200}|--(?P<option>\w[\w-]{0,100})\s)"
)
# What is at the end of a line, if the value is on the next ones:  password: |,  password = <<EOT
_OPENING = re.compile(
    r"(?<![\w.-])(?P<key>\w[\w.-]{0,100})[\"']?\s{0,20}[:=]\s{0,20}(?:[|>][+-]?|<<[-~]?(?P<end>\w+))\s{0,9}$"
)
_LONGEST_NAME = 300
_HEADER = re.compile(r"(authorization\\{0,8}[\"']?\s{0,9}[:=]|\bbearer\s).*", re.IGNORECASE)
_PROSE = re.compile(
    r"pass(?:word|wd|phrase|code)?\b|_pass\b|secret|token|credential|(?:api|private|access)[_ -]?key", re.I
)
_SAID = re.compile(
    r"(?P<before>\b(?:got|found|received|value|is|was|password|passphrase|secret|token):?\s)"
    r"(?P<value>\"(?:[^\"\\]|\\.)*(?:\"|\\?$)|'(?:[^'\\]|\\.)*(?:'|\\?$)|(?<=got\s).+|(?<=got:\s).+)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"[\"']?(?:true|false|null|none|nil|~|string|\(sensitive(?: value)?\)?|)[\"']?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\$?\{?(?:var|local|each|data|module|random_\w+)\.[\w.\[\]\"-]+\}?|[\"']?\$\{?[A-Za-z_]\w*\}?[\"']?"
)
_BREAK = re.compile(r"(\r\n|[\n\r])")

_HEAD = 4  # characters by which a known value is found; shorter ones are not
_NEEDLE = 64  # characters of a known value that are compared; of a longer one, the rest of the line is hidden
_WORD = re.compile(r"\S{16,}")
_COMMON = frozenset({"true", "false", "null", "none"})


class ReportedSecrets:
    """Hides secrets in the words of other programs. ``values``: the secrets that are known."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._known: dict[str, dict[str, bool]] = {}
        for each in values:
            self.add(each)

    def add(self, value: object) -> None:
        """Note that a value is secret. Values of less than four characters, and URLs without a secret, are ignored."""
        text = str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
        if "\n" in text:  # a key or a file: only its long words can be found in a message
            for word in _WORD.findall(text):
                self._add(word)
        elif text.lower() not in _COMMON and not (re.match(r"https?://[^?]*$", text) and not holds_secret(text)):
            self._add(text)
            if '"' in text or "\\" in text:
                self._add(json.dumps(text, ensure_ascii=False)[1:-1])

    def _add(self, text: str) -> None:
        if len(text) >= _HEAD:
            self._known.setdefault(text[:_HEAD], {})[text[:_NEEDLE]] = len(text) > _NEEDLE

    def clean(self, text: str) -> str:
        """The text with ``•••`` instead of each secret."""
        if not self._known and not _is_suspect(text):
            return text
        parts = _BREAK.split(text)
        ranges = hidden(parts[::2]) if len(parts) > 1 and all(len(each) <= LONGEST for each in parts) else {}
        end: str | None = None  # of a value that goes on below its key
        for at in range(0, len(parts), 2):
            line = parts[at]
            if end is not None:
                end = None if line.strip() == end else end
                parts[at] = HIDDEN if line.strip() else line
                continue
            end = self._opened(line)
            parts[at] = self._line(without(line, ranges.get(at // 2 + 1, ())))
        return "".join(parts)

    def clean_value(self, value: object) -> object:
        """A JSON value with the strings in it cleaned, and without the strings of keys that name a secret."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, list):
            return [self.clean_value(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {
            key: HIDDEN if isinstance(each, str) and each and self.name(key) else self.clean_value(each)
            for key, each in value.items()
        }

    def holds(self, text: str) -> bool:
        """Whether a string contains a secret."""
        return self.clean(text) != text

    def name(self, key: str) -> bool:
        """Whether a key names a secret, and not a fact about one."""
        return is_secret(key) and not is_about_secret(key)

    def _line(self, line: str) -> str:
        if _is_suspect(line):
            if len(line) > LONGEST:
                return HIDDEN
            line = self._without_values(line)
            line = _HEADER.sub(lambda match: f"{match[1]} {HIDDEN}", line)
            if _PROSE.search(line):
                line = _SAID.sub(self._said, line)
            line = discreet(line)
        return self._without_known(line) if self._known else line

    def _opened(self, line: str) -> str | None:
        """The line that ends the value that begins at the end of this one; None if no secret goes on below."""
        opening = _OPENING.search(line[-_LONGEST_NAME:])
        return (opening["end"] or "") if opening and self.name(opening["key"]) else None

    def _without_values(self, line: str) -> str:
        """The line without the values of keys and options that name a secret."""
        ranges, at = [], 0
        while key := _KEY.search(line, at):
            at = key.end()
            value = _VALUE.match(line, at) if self.name(key["key"] or key["option"]) else None
            if value and not _is_plain(value[0]):
                ranges.append(value.span())
                at = value.end()
        return without(line, ranges)

    def _said(self, match: re.Match[str]) -> str:
        value = match["value"]
        return match[0] if _is_plain(value) or self.name(value.strip("\"'")) else f"{match['before']}{HIDDEN}"

    def _without_known(self, line: str) -> str:
        parts, at, done = [], 0, 0
        while at <= len(line) - _HEAD:
            end = self._end(line, at) if line[at : at + _HEAD] in self._known else 0
            if end:
                parts += [line[done:at], HIDDEN]
                done = at = end
            else:
                at += 1
        return "".join([*parts, line[done:]])

    def _end(self, line: str, at: int) -> int:
        """Where the known value ends that begins at a place of a line; 0 if none does."""
        if at and _is_word(line[at]) and _is_word(line[at - 1]):
            return 0
        found, needles = 0, self._known[line[at : at + _HEAD]]
        for length in range(min(_NEEDLE, len(line) - at), _HEAD - 1, -1):
            piece = line[at : at + length]
            if piece in needles:
                found = len(line) if needles[piece] else at + length
                if found == len(line) or not (_is_word(line[found]) and _is_word(line[found - 1])):
                    return found
        return 0


def _is_suspect(text: str) -> bool:
    return is_suspect(text) or "auth" in text.lower()


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_plain(value: str) -> bool:
    """Whether a value is empty, or refers to another."""
    return bool(_HARMLESS.fullmatch(value) or _REFERENCE.fullmatch(value)) or HIDDEN in value
