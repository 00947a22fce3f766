"""Find what must not be shown: literal values whose key names a secret, tokens, and passwords and signatures in URLs.

This reads text, not YAML, because it must also work if the YAML is broken. If in doubt, it hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.span import Label, Span
from camp2iac.record import Record, replace

HIDDEN = "•••"

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"  # of one line: half-open, characters from 0

_BREAK = r"\r\n|[\n\r\x85\u2028\u2029]"  # the line breaks of YAML 1.1
_KEY = re.compile(
    r"""(?P<open>\{[ \t]*)?(?<![\w.:/-])(?P<quote>["']?)(?P<key>[\w.:/-]{1,500}?)(?P=quote)[ \t]*:(?:[ \t]+|$)"""
)
_SECRET = re.compile(
    r".*(?:pass(?:word|wd|phrase|code)|secret|token|credential|(?:api|private|access)[_.-]?key).*|"
    r"(?:.*[_.-])?(?:key|pass|pwd|pw)|http_auth",
    re.IGNORECASE,
)
# Facts about a secret that are not secret: where it is, how long it is valid.
_ABOUT = (
    r".*[_.-](?:urls?|uri|file|path|dir|name|id|ttl|expiry|expires?(?:_in|_at)?|expiration|age|length|header|type|algorithm|"
    r"enabled|lifetime|timeout|issuer|audience|endpoint|field|prefix|policy|rounds|host|port|required|param|version)"
    r"|.*(?:public|publishable).*|(?:.*_)?(?:cache|storage|session|sort|primary|foreign|i18n|locale)_?key"
)
# The name of an object with a login, which is not secret; a login itself is longer, or has other characters.
_PULLING = re.compile(r"(?:image_?)?pull_?secrets?", re.IGNORECASE)
_TLS = re.compile(r"""(?:^|.*[\s{,])["']?tls["']?[ \t]*:[ \t]*(?:\{[^{}]*)?(?:#.*)?""")  # before that of a certificate
_OBJECT = re.compile(r"[. /-]*\w{1,24}(?:[. /-]+\w{1,24}){0,20}[. /-]*")
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")  # an anchor, a tag
_QUOTED = {"'": re.compile(r"'(?:[^']|'')*(?P<close>')?"), '"': re.compile(r'"(?:[^"\\]|\\.)*(?P<close>")?')}
_HARMLESS = r"(?:true|false|null|~|[A-Za-z]+\([\w., -]*\))?"  # or PASSWORD(database)
_REFERENCE = re.compile(r"[A-Za-z_][\w-]*[ \t]*\}")  # what follows { secret:
_END, _FLOW_END = re.compile(r"\s#"), re.compile(r"[,}\]]|\s#")
_NESTED = r"\s*(?:-\s|#|[{\[*]|[^\s'\"][^'\"]*?:(?:\s|$)|(['\"]).*?\1\s*:(?:\s|$))"
_TOLD = frozenset({"description", "parameter", "secret", "type"})  # keys below a secret's key, with public values
_SHOWN = r"[0-9]{1,3}"  # a length
_ITEM = re.compile(r"\s*-\s+(?P<value>[^\s#{\[].*?)\s*$")
_ASSIGNED = r"(?<![\w-])-*(?P<key>[\w-]{1,100})=(?P<value>\"[^\"]*\"|'[^']*'|\S+)"  # --password=x
_SUSPECT = re.compile(r"pass|secret|token|credential|key|pwd|pw|://", re.IGNORECASE)
_URL = r"://[^/\s:@]*:(?P<password>[^\s/]+)@"  # up to the last @ of the host
# In the query of a URL: keys that name a secret, and the signatures of presigned URLs (AWS, Google, Azure, Swift).
_QUERY = r"(?<=[?&;])(?P<key>[\w.-]{1,100})=(?P<value>[^&;#\s\"'`]+)"
_SIGNED = r"(?:x-\w+-|q-|temp_url_|url_)?(?:signature|sig|hmac|credential|security-?token)|auth"
_VARIABLE = r"[\"']?\$\{?[A-Za-z_]\w*\}?[\"']?"
_FILLED_IN = r"(?:\$[{(A-Za-z_]|[<{(*]|%\().*|[^{]*\{\w+\}.*"  # $VARIABLE, <password>, ${{ x }}
# Tokens with a known prefix: Stripe, GitHub, GitLab, Slack, AWS, Heroku, SendGrid, npm, PyPI.
_KNOWN_FORMS = (
    r"[sr]k_(?:live|test)_\w{8,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}"
    r"|AKIA[0-9A-Z]{16}|HRKU-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{36}|pypi-AgE[\w-]{20,}"
)
_TOKEN = re.compile(rf"\b(?:{_KNOWN_FORMS}|eyJ[\w-]{{10,4000}}\.eyJ[\w-]{{10,}}\.[\w-]+)")  # and JSON Web Tokens
_IN_FILES = rf"\b(?:{_KNOWN_FORMS})"
_DIFFERENT = 8  # distinct characters in a token that is not a placeholder (ghp_xxxxxxxxxxxxxxxxxxxx)


def lines(text: str) -> list[str]:
    """The lines of ``text``, as counted by YAML."""
    return re.split(_BREAK, text)


class _Below(Record):
    """A value that can continue on the next lines: deeper than ``indent``, or up to ``quote``. ``certain``: it has
    begun.
    """

    indent: int
    certain: bool
    quote: str = ""


def hidden(text: Sequence[str]) -> Mapping[int, Ranges]:
    """The ranges that must not be shown, by line number from 1."""
    found: dict[int, Ranges] = {}
    below: _Below | None = None
    inside: int | None = None  # the indentation of a secret's key with a mapping or a list below it
    for number, line in enumerate(text, 1):
        if (below or inside is not None) and not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        inside = inside if inside is not None and depth > inside else None
        if below:
            indent = below.indent
            ranges, below = _continued(line, below)
            if ranges:
                found[number] = ranges
                continue
            if depth > indent and inside is None:
                inside = indent
        values, below = _values(line, text[number - 2] if number > 1 else "")
        if inside is not None:
            values = tuple(sorted({*values, *_nested(line, 0)[0]}))
        values = _with_assigned(values, line)
        if values:
            found[number] = values
    return found


def _with_assigned(values: Ranges, line: str) -> Ranges:
    """``values``, and secrets in the options of a command: ``worker --token=x``."""
    if "=" not in line or not _SUSPECT.search(line):
        return values
    spans = (
        match.span("value")
        for match in re.finditer(_ASSIGNED, line)
        if _SECRET.fullmatch(match["key"]) and not re.fullmatch(_VARIABLE, match["value"])
    )
    more = [span for span in spans if not any(start < span[1] and span[0] < stop for start, stop in values)]
    return tuple(sorted((*values, *more)))


def is_secret(key: str) -> bool:
    """Whether a key names a secret: ``password``, ``api.token``, ``STRIPE_KEY``."""
    return _SECRET.fullmatch(key) is not None


def is_about_secret(key: str) -> bool:
    """Whether a key that names a secret is for a fact about it, which is not secret: ``TOKEN_TTL``, ``PUBLIC_KEY``."""
    return re.fullmatch(_ABOUT, key, flags=re.IGNORECASE) is not None


def holds_secret(value: str) -> bool:
    """Whether a value contains a secret, whatever its key: a URL with a password, a key or a signature, a token in a
    known format.
    """
    return bool(_TOKEN.search(value)) or any(
        not re.fullmatch(_HARMLESS, found, flags=re.IGNORECASE) and not re.fullmatch(_FILLED_IN, found, flags=re.DOTALL)
        for found in (value[start:end] for start, end in _in_urls(value))
    )


def assigns_secret(command: str) -> bool:
    """Whether a command contains a secret: as :func:`holds_secret`, or in an option or a variable, ``--token=x``."""
    return holds_secret(command) or any(
        is_secret(found["key"])
        and not is_about_secret(found["key"])
        and not re.fullmatch(_FILLED_IN, found["value"].strip("\"'"), flags=re.DOTALL)
        for found in re.finditer(_ASSIGNED, command)
    )


def query_secrets(url: str) -> tuple[tuple[int, int], ...]:
    """The places of the secrets in the query of a URL, as half-open ranges."""
    return tuple(
        found.span("value")
        for found in re.finditer(_QUERY, url)
        if re.fullmatch(_SIGNED, found["key"], flags=re.IGNORECASE)
        or (is_secret(found["key"]) and not is_about_secret(found["key"]))
    )


def _in_urls(text: str) -> list[tuple[int, int]]:
    """The places of the passwords, keys and signatures in the URLs of a string."""
    if "://" not in text:
        return []
    return [found.span("password") for found in re.finditer(_URL, text)] + list(query_secrets(text))


def holds_token(text: str) -> bool:
    """Whether a file contains a token in a known format that is not for tests, not a placeholder, and not a JSON Web
    Token, because these are frequent in documentation.
    """
    return any(
        len(set(found[0][-16:])) >= _DIFFERENT and not found[0].endswith("EXAMPLE") and "k_test_" not in found[0]
        for found in re.finditer(_IN_FILES, text)
    )


def is_suspect(text: str) -> bool:
    """Whether a string can contain a secret: no other string needs a closer look."""
    return bool(_SUSPECT.search(text) or _TOKEN.search(text))


def discreet(text: str) -> str:
    """One line from a plan without its secrets: ``password: •••``, ``--token=•••``."""
    if not is_suspect(text):
        return text
    ranges = {each for found in hidden([text]).values() for each in found}
    ranges |= set(_with_assigned((), text))
    return without(text, ranges)


def without(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """The text with ``•••`` instead of the ranges."""
    parts, end = [], 0
    for start, stop in sorted(ranges):
        if start >= end:
            parts += [text[end:start], HIDDEN]
        end = max(end, stop)
    return "".join([*parts, text[end:]])


def _nested(line: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """The values on a line from ``start`` that belong to a secret, and where they end: at the ``}`` of a ``{`` at
    ``start``, otherwise at the end of the line.
    """
    found: list[tuple[int, int]] = []
    in_braces = line[start : start + 1] == "{"
    done, keys, braces = start, 0, 0
    for key in _KEY.finditer(line, start):
        if key.start() < done:
            continue
        braces += line.count("{", done, key.end()) - line.count("}", done, key.end())
        if in_braces and braces <= 0:
            return found, key.start()
        done = key.end()
        keys += 1
        value = (done, len(line.rstrip())) if line[done : done + 1] == "[" else None
        value = value or _value(line, key, in_flow=braces > 0)[0]
        if value and key["key"] not in _TOLD and not re.fullmatch(_SHOWN, line[slice(*value)]):
            found.append(value)
            done = value[1]
    item = _ITEM.match(line, start)
    return ([item.span("value")] if item and not keys else found), done


def _values(line: str, above: str = "") -> tuple[Ranges, _Below | None]:
    """The hidden ranges of a line below the line ``above``, and whether the value of its last key can continue."""
    found = [
        (start, end)
        for start, end in _in_urls(line)
        if not re.fullmatch(_HARMLESS, line[start:end], flags=re.IGNORECASE)
    ]
    found += [match.span() for match in _TOKEN.finditer(line)]
    below, done, braces = None, 0, 0
    for key in _KEY.finditer(line):
        if key.start() < done or not _SECRET.fullmatch(key["key"]):
            continue
        braces += line.count("{", done, key.end()) - line.count("}", done, key.end())
        done = key.end()
        value, below = _value(line, key, in_flow=braces > 0)
        if value:
            if not _names_object(key["key"], line[: key.start("quote")].strip() or above, line[slice(*value)]):
                found.append(value)
            done = value[1]
        elif line[done : done + 1] == "[":
            found.append((done, len(line.rstrip())))
            break
        elif line[done : done + 1] == "{":
            below_it, done = _nested(line, done)
            found += below_it
    return tuple(sorted(set(found))), below


def _names_object(key: str, before: str, value: str) -> bool:
    """Whether a value is only the name of an object that has the secret: ``pull_secret: x``, ``tls: { secret: x }``."""
    names = _PULLING.fullmatch(key) or (key == "secret" and _TLS.fullmatch(before))
    return bool(names and _OBJECT.fullmatch(value.strip("\"'")))


def _continued(line: str, below: _Below) -> tuple[Ranges, _Below | None]:
    """The hidden ranges of a line below a secret's key, and whether the value continues."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if below.quote:
        close = line.find(below.quote)
        return ((start, end if close < 0 else close + 1),), below if close < 0 else None
    if start <= below.indent or not (below.certain or not re.match(_NESTED, line[:1000])):
        return (), None
    return ((start, end),), _Below(below.indent, certain=True)


def _value(line: str, key: re.Match[str], *, in_flow: bool) -> tuple[tuple[int, int] | None, _Below | None]:
    """The literal value after a key, or None; and what to expect on the next lines."""
    properties = _PROPERTIES.match(line, key.end())
    start = properties.end() if properties else key.end()
    indent = key.start("quote")
    first = line[start : start + 1]
    if first in ("{", "[", "*") and first:
        return None, None
    if first in ("|", ">") and first:
        return None, _Below(indent, certain=True)
    if first in _QUOTED:
        quoted = _QUOTED[first].match(line, start)
        assert quoted  # noqa: S101 - it begins with that quote
        return quoted.span(), None if quoted["close"] else _Below(indent, True, first)
    stop = (_FLOW_END if in_flow else _END).search(line, start)
    end = start + len(line[start : stop.start() if stop else len(line)].rstrip())
    value = line[start:end]
    if value.startswith("#") or not value:
        return None, _Below(indent, certain=False)
    if re.fullmatch(_HARMLESS, value, flags=re.IGNORECASE) or (
        key["open"] and key["key"] == "secret" and _REFERENCE.match(line, start)
    ):
        return None, None
    return (start, end), None if in_flow else _Below(indent, certain=True)


class Masked(Mapping[str, str]):
    """The text of each file by its name, with its lines and their hidden ranges, which are computed once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}
        self._hidden: dict[str, Mapping[int, Ranges]] = {}
        self._secrets: dict[Span, tuple[str, ...]] = {}

    def __getitem__(self, file: str) -> str:
        return self._texts[file]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def lines(self, file: str) -> list[str]:
        """The lines of a file."""
        if file not in self._lines:
            self._lines[file] = lines(self._texts[file])
        return self._lines[file]

    def hidden(self, file: str) -> Mapping[int, Ranges]:
        """The ranges of a file that must not be shown, by line."""
        if file not in self._hidden:
            self._hidden[file] = hidden(self.lines(file))
        return self._hidden[file]

    def secrets(self, span: Span) -> tuple[str, ...]:
        """The secret values on the lines of a span, with and without their quotes."""
        if span.file not in self:
            return ()
        whole = Span(span.file, span.line, 1, max(span.end_line, span.line), 1)
        if whole not in self._secrets:
            text, known = self.lines(span.file), self.hidden(span.file)
            numbers = range(whole.line, whole.end_line + 1)
            found: set[str] = set()
            for number in numbers if len(numbers) < len(known) else [n for n in known if n in numbers]:
                written = [text[number - 1][start:end] for start, end in known.get(number, ())]
                found.update(form for value in written for form in (value, value.strip("\"'")))
            self._secrets[whole] = tuple(sorted(found - {""}, key=lambda value: (-len(value), value)))
        return self._secrets[whole]


def censored(diagnostic: Diagnostic, texts: Masked) -> Diagnostic:
    """The same diagnostic with the secrets on its lines hidden wherever it quotes them."""
    spans = [label.span for label in diagnostic.related] + list(diagnostic.context)
    spans += [diagnostic.span] if diagnostic.span else []
    values = list(dict.fromkeys(value for span in dict.fromkeys(spans) for value in texts.secrets(span)))
    if not values:
        return diagnostic

    def clean(text: str) -> str:
        there = sorted((value for value in values if value in text), key=lambda value: (-len(value), value))
        if not there:
            return text
        return re.sub("|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in there), HIDDEN, text)

    return replace(
        diagnostic,
        message=clean(diagnostic.message),
        label=clean(diagnostic.label),
        related=tuple(Label(label.span, clean(label.text)) for label in diagnostic.related),
        notes=tuple(clean(note) for note in diagnostic.notes),
        help=clean(diagnostic.help),
        # A fix with a hidden secret would write the wrong text, so it is removed.
        fixes=tuple(
            fix for fix in diagnostic.fixes if all(clean(each) == each for each in (fix.text, fix.write, fix.note))
        ),
    )
