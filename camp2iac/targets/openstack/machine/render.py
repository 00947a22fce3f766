"""Renders templates of the catalogue. Strings of a plan need a quoting filter, or the rendering stops.

A template of a file (not of a script) can contain a value that only Terraform knows. It becomes a part of a
:class:`~camp2iac.synth.module.Template`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.prepared import bytecode_cache
from camp2iac.synth.module import Call, Expr, Ref, Template, Value
from camp2iac.targets.kit import quick_templates
from camp2iac.targets.kit.quick_templates import usable
from camp2iac.targets.kit.templates import template_source
from camp2iac.targets.openstack.machine import users

if TYPE_CHECKING:
    import jinja2
    import jinja2.runtime

SCRIPTS = Path(__file__).parent / "scripts"  # shared by all products; templates may extend and include them

_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]*")
_PLACE = re.compile("\0([0-9]+)\0")


class Quoted(str):
    """A string that is safe in its place."""

    __slots__ = ()


class UnquotedError(Exception):
    """A template writes a string of the plan without a quoting filter: an error in the template."""


def shell(text: object) -> Quoted:
    """One word of bash. It cannot contain NUL."""
    return Quoted(shlex.quote(str(text).replace("\0", "")))


def unit(text: object) -> Quoted:
    """One argument in a line of a systemd unit (systemd.service(5), systemd.unit(5): quotes, ``%`` and ``$``)."""
    words = str(text)
    escaped = "".join(_UNIT.get(c, c if c.isprintable() else "".join(f"\\x{b:02x}" for b in c.encode())) for c in words)
    return Quoted(f'"{escaped}"' if not _PLAIN.fullmatch(words) or not words else escaped)


_UNIT = {"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$", "\n": "\\n", "\t": "\\t"}


def single(text: object) -> Quoted:
    """A string between single quotes where a quote is doubled (PostgreSQL's configuration, YAML, SQL's standard)."""
    return Quoted("'" + str(text).replace("'", "''") + "'")


def php(text: object) -> Quoted:
    """A string of PHP between single quotes."""
    return Quoted("'" + str(text).replace("\\", "\\\\").replace("'", "\\'") + "'")


def render(folder: Path, template: str, context: Mapping[str, Any]) -> str | Template:
    """The text of a template in ``folder`` or of a shared one. A Template, if it has values of Terraform.

    Both have a folder for each family of operating systems except Debian (``rhel``). A file in it replaces the one with
    the same name, which it can include as ``templates/NAME`` or ``scripts/NAME``.

    Raises:
        UnquotedError: the template writes a string with special characters without a filter.
    """
    values: list[Value] = []
    family = context.get("family", "debian")
    text = _quick(folder, family).render(template, {**context, _VALUES: values}) if usable(folder) else None
    if text is None:
        values.clear()
        text = environment(folder, family).get_template(template).render({**context, _VALUES: values})
    pieces = _PLACE.split(text)
    if len(pieces) == 1:
        return text
    parts = [values[int(piece)] if i % 2 else piece for i, piece in enumerate(pieces)]
    return Template(tuple(part for part in parts if part != ""))


@cache
def environment(folder: Path, family: str) -> jinja2.Environment:
    """Reads templates of a product. It is cached, because reading takes longer than rendering a hundred times."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(template_source, _places(folder, family))),
        undefined=jinja2.StrictUndefined,
        finalize=jinja2.pass_context(_finalize),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no HTML; _finalize refuses what is not quoted
        bytecode_cache=bytecode_cache("machine"),
    )
    made.filters |= _FILTERS
    return made


@cache
def _quick(folder: Path, family: str) -> quick_templates.QuickEnvironment:
    def read(name: str) -> str | None:
        found = template_source(_places(folder, family), name)
        return found[0] if found is not None else None

    return quick_templates.QuickEnvironment("machine", read, _FILTERS, _finalize)


def _places(folder: Path, family: str) -> list[Path]:
    return [folder / family, folder, SCRIPTS / family, SCRIPTS, folder.parent, SCRIPTS.parent, BUILT_IN]


_FILTERS: Mapping[str, Callable[..., object]] = {
    "shell": shell,
    "unit": unit,
    "single": single,
    "php": php,
    "quoted": Quoted,
    "uid": users.uid,
}
_VALUES = "terraform_values"  # in a template's context: the values so far


def _finalize(context: jinja2.runtime.Context | quick_templates.QuickContext, value: Any) -> str:
    if isinstance(value, Ref | Expr | Template | Call):
        values = cast("list[Value]", context[_VALUES])
        values.append(value)
        return f"\0{len(values) - 1}\0"
    if isinstance(value, Quoted) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    if isinstance(value, quick_templates.Undefined):
        return ""
    from jinja2 import Undefined

    if isinstance(value, Undefined):
        return str(value)  # raises an error: the name is unknown
    raise UnquotedError(f"{context.name}: {value!r} needs a filter: shell, unit, single or php")
