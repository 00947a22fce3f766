"""Renders the templates of Dockerfiles. Strings of a plan need a quoting filter, or the rendering stops."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.prepared import bytecode_cache
from camp2iac.synth import remarks
from camp2iac.targets.kit import quick_templates
from camp2iac.targets.kit.quick_templates import usable
from camp2iac.targets.kit.templates import template_source

if TYPE_CHECKING:
    import jinja2

SHARED = Path(__file__).parent / "templates"  # for all products; templates may include them
_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]*")
_SPECIAL = re.compile(r"[^A-Za-z0-9@%+=:,./_-]")


class DockerText(str):
    """A string that is safe in its place in a Dockerfile."""

    __slots__ = ()


class UnquotedDockerError(Exception):
    """A template writes a string of the plan without a quoting filter: an error in the template."""


def shell(text: object) -> DockerText:
    """One word of the shell, in ``RUN``. It cannot contain the end of a line, which would end the instruction."""
    plain = str(text)
    if re.search(r"[\0\r\n]", plain):
        raise UnquotedDockerError(f"{plain!r} has more than one line")
    return DockerText(shlex.quote(plain))


def words(texts: Iterable[object]) -> DockerText:
    """Several words of the shell, in ``RUN``."""
    return DockerText(" ".join(shell(text) for text in texts))


def word(text: object) -> DockerText:
    """One word of an instruction with variables: ``ENV``, ``WORKDIR``, ``COPY``."""
    plain = str(text)
    if not plain.isprintable():
        raise UnquotedDockerError(f"{plain!r} has characters that are not visible")
    return DockerText(_SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0].isascii() else found[0], plain))


def remark(text: object) -> DockerText:
    """Words in a comment, which stay on its line."""
    return DockerText(remarks.one_line(str(text)))


def render(template: Path, known: Mapping[str, object]) -> str:
    """The text of a product's template, which can include shared ones and those of other products."""
    folder = template.parent
    text = _quick(folder).render(template.name, known) if usable(folder) else None
    return environment(folder).get_template(template.name).render(known) if text is None else text


@cache
def _quick(folder: Path) -> quick_templates.QuickEnvironment:
    def read(name: str) -> str | None:
        found = template_source((folder, SHARED, BUILT_IN), name)
        return found[0] if found is not None else None

    return quick_templates.QuickEnvironment("docker", read, _FILTERS, _finalize)


@cache
def environment(folder: Path) -> jinja2.Environment:
    """Reads templates of a product, whose folder this is."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(template_source, (folder, SHARED, BUILT_IN))),
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no HTML; _finalize refuses what is not quoted
        bytecode_cache=bytecode_cache("docker"),
    )
    made.filters |= _FILTERS
    return made


_FILTERS: Mapping[str, Callable[..., object]] = {
    "shell": shell,
    "words": words,
    "word": word,
    "remark": remark,
    "quoted": DockerText,
}


def _finalize(value: object) -> str:
    if isinstance(value, DockerText) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    if isinstance(value, quick_templates.Undefined):
        return ""
    from jinja2 import Undefined

    if isinstance(value, Undefined):
        return str(value)  # raises an error: the name is unknown
    raise UnquotedDockerError(f"{value!r} needs a filter: shell, word or remark")
