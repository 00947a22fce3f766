"""Renders our own templates without Jinja, whose import takes 90 million instructions (docs/adr/0052).

When a wheel is built, Jinja compiles each template to Python code. This module has the part of Jinja's runtime that the
code of our own templates uses. Where a template does anything else, or an error occurs, there is no text: Jinja renders
it, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Reversible, Sized
from pathlib import Path
from types import FunctionType

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.prepared import FOLDER, quick_code
from camp2iac.record import Record, field

missing = object()
Names = dict[str, object]
Root = Callable[["QuickContext"], Iterator[str]]


class UnsureError(Exception):
    """Only Jinja knows."""


class Undefined:
    """The value of ``X if Y`` without ``else``: an empty text."""

    def __init__(self, _: str) -> None:
        """The argument is an explanation."""

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False


def _undefined(*_: object, **__: object) -> object:
    raise UnsureError


def str_join(parts: Iterable[object]) -> str:
    """The operator ``~``."""
    return "".join(map(str, parts))


def internalcode(function: FunctionType) -> FunctionType:
    """A mark for tracebacks."""
    return function


class QuickTemplate(Record, frozen=True):
    """A template that was executed once. ``root_render_func``: yields its text."""

    environment: QuickEnvironment
    name: str
    root_render_func: Root
    blocks: Mapping[str, Root]

    def new_context(self, names: Names, shared: bool = False, own: Names | None = None) -> QuickContext:
        """The names for an included template: those of the template that includes it."""
        known = {name: value for name, value in (own or {}).items() if value is not missing}
        return QuickContext(
            self.environment, {**names, **known}, self.name, {key: [each] for key, each in self.blocks.items()}
        )


class QuickContext(Record, dict=True):
    """The names that a template uses, and its blocks with those that they replace."""

    environment: QuickEnvironment
    parent: Names
    name: str
    blocks: dict[str, list[Root]]
    vars: Names = field(default_factory=dict)
    exported_vars: set[str] = field(default_factory=set)
    eval_ctx: None = None

    def __getitem__(self, name: str) -> object:
        return self.vars[name] if name in self.vars else self.parent[name]

    def resolve_or_missing(self, name: str) -> object:
        """The value of a name."""
        return self.vars[name] if name in self.vars else self.parent.get(name, missing)

    def get_all(self) -> Names:
        """All names."""
        return {**self.parent, **self.vars}

    def call(self, function: Callable[..., object], *given: object, **named: object) -> object:
        """Call a function."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*given, **named)


class TemplateReference(Record, frozen=True):
    """``self`` in a template: its blocks."""

    context: QuickContext

    def __getitem__(self, name: str) -> Callable[[], str]:
        return lambda: "".join(self.context.blocks[name][0](self.context))


class LoopContext:
    """``loop`` in a template."""

    def __init__(self, values: Iterable[object], *_: object) -> None:
        self._values = list(values)
        self.index = 0

    def __iter__(self) -> Iterator[tuple[object, LoopContext]]:
        for value in self._values:
            self.index += 1
            yield value, self

    @property
    def first(self) -> bool:
        """Whether it is the first value."""
        return self.index == 1

    @property
    def last(self) -> bool:
        """Whether it is the last value."""
        return self.index == len(self._values)


class QuickEnvironment:
    """Templates from some folders, and what they can use. ``kind``: as for :func:`camp2iac.prepared.quick_code`."""

    undefined = staticmethod(_undefined)
    concat = staticmethod("".join)

    def __init__(
        self,
        kind: str,
        read: Callable[[str], str | None],
        filters: Mapping[str, Callable[..., object]],
        finalize: Callable[..., str],
    ) -> None:
        self._kind, self._read, self._templates = kind, read, dict[str, QuickTemplate]()
        self.filters, self.tests, self.finalize = {**FILTERS, **filters}, TESTS, finalize

    def render(self, name: str, names: Mapping[str, object]) -> str | None:
        """The text of a template; None: Jinja has to render it."""
        try:
            template = self.get_template(name)
            return "".join(template.root_render_func(template.new_context({"range": range, **names})))
        except Exception:  # whatever it is, Jinja's error is the one to report
            return None

    def get_template(self, name: str, _: str | None = None) -> QuickTemplate:
        """A prepared template."""
        found = self._templates.get(name)
        if found is None:
            text = self._read(name)
            code = quick_code(self._kind, name, text) if text is not None else None
            if code is None:
                raise UnsureError
            made: dict[str, object] = {"environment": self}
            exec(code, made)  # noqa: S102 - it is a module of the wheel
            found = QuickTemplate(self, name, made["root"], made["blocks"])  # type: ignore[arg-type]
            self._templates[name] = found
        return found

    def getattr(self, value: object, name: str) -> object:
        """``value.name``."""
        try:
            return getattr(value, name)
        except AttributeError:
            return value[name]  # type: ignore[index]

    def getitem(self, value: object, key: object) -> object:
        """``value[key]``."""
        return _item(value, key)


def usable(folder: Path) -> bool:
    """Whether the templates of a folder are prepared: not in a checkout, and not those of users."""
    return folder.is_relative_to(BUILT_IN.parents[1]) and FOLDER.is_dir()


def _item(value: object, key: object) -> object:
    try:
        return value[key]  # type: ignore[index]
    except (AttributeError, TypeError, LookupError):
        return getattr(value, str(key))


# --- Jinja's filters and tests ----------------------------------------------------------------------------------------


def _attribute(value: object, path: str) -> object:
    for part in path.split("."):
        value = _item(value, part)
    return value


def _selected(keep: bool) -> Callable[..., Iterator[object]]:
    def select(
        context: QuickContext, values: Iterable[object], name: str, test: str = "", *given: object
    ) -> Iterator[object]:
        for value in values:
            found = _attribute(value, name)
            if bool(TESTS[test](found, *given) if test else found) is keep:
                yield value

    return select


def _map(context: QuickContext, values: Iterable[object], *given: str, attribute: str = "") -> Iterator[object]:
    for value in values:
        yield _attribute(value, attribute) if attribute else context.environment.filters[given[0]](value, *given[1:])


def _join(_: None, values: Iterable[object], between: str = "", attribute: str = "") -> str:
    return between.join(str(_attribute(value, attribute) if attribute else value) for value in values)


def _indent(text: str, width: int = 4, first: bool = False, blank: bool = False) -> str:
    if blank:
        raise UnsureError
    start, *rest = (text + "\n").splitlines()
    made = "\n".join([start, *(" " * width + line if line else line for line in rest)])
    return " " * width + made if first else made


def _list(_: None, values: Iterable[object]) -> list[object]:
    return list(values)


def _sort(_: QuickEnvironment, values: Iterable[object]) -> list[object]:
    return sorted(values, key=lambda each: str(each).lower())


def _replace(_: None, text: object, old: str, new: str) -> str:
    return str(text).replace(old, new)


def _last(_: QuickEnvironment, values: Reversible[object]) -> object:
    return next(iter(reversed(values)))


def _first(values: Iterable[object]) -> object:
    return next(iter(values))


def _trim(text: object) -> str:
    return str(text).strip()


def _length(values: Sized) -> int:
    return len(values)


def _int(value: str | int) -> int:
    return int(value)


def _equal(value: object, other: object) -> bool:
    return value == other


def _none(value: object) -> bool:
    return value is None


FILTERS: Mapping[str, Callable[..., object]] = {
    "first": _first,
    "indent": _indent,
    "int": _int,
    "join": _join,
    "last": _last,
    "length": _length,
    "list": _list,
    "map": _map,
    "rejectattr": _selected(False),
    "replace": _replace,
    "selectattr": _selected(True),
    "sort": _sort,
    "trim": _trim,
}
TESTS: Mapping[str, Callable[..., bool]] = {"eq": _equal, "equalto": _equal, "none": _none}
