"""Which releases of a language content declares to need: ``go.mod``, ``engines``, ``requires-python`` and others.

They are wishes like the plan's. A plan that asks for other releases is an error here (CAMP231). Whether a platform has
such a release is a question for the platform: :attr:`camp2iac.topology.model.Service.demands`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from camp2iac.catalogue import Product
from camp2iac.catalogue.notations import Interval, intervals, text_of
from camp2iac.catalogue.versions import VersionRange
from camp2iac.diagnostics import Diagnostic, Label, Severity
from camp2iac.record import Record
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.demands import class_files, declarations, sources
from camp2iac.targets.programs.demands.declarations import DeclaredLanguage
from camp2iac.targets.programs.demands.sources import Declaration
from camp2iac.topology.model import Component, Demand, Service, Statement

_MOST_BYTES = 1_000_000  # of a file that is read
_MOST_READ = 200  # characters of a declaration
_EXACT = r"\s*[\"']?(?:==?\s*)?(\d+\.\d+\.\d+)[\"']?,?\s*"


class _Said(Record, frozen=True):
    """A declaration in a file of the content. ``found``: what it allows. The other fields: see :class:`Demand`."""

    file: str
    line: int
    words: str
    found: list[Interval]
    pin: bool = False
    exact: str = ""


def find(component: Component, service: Service, files: ContentFiles, products: Mapping[str, Product]) -> list[Demand]:
    """What the content of a component declares. Of several declarations in one file, each that differs."""
    name, language = next(
        ((name, each) for name, each in declarations.languages().items() if component.kind in each.kinds), ("", None)
    )
    if language is None or (component.kind == "static" and "package.json" not in files):
        return []
    product = service.product if service.product.name in language.products else products.get(name)
    if product is None:
        return []
    depth = max((len(release.text.split(".")) for release in product.releases), default=1)
    said = (*_declared(files, language, depth), *_compiled(files, component.kind))
    found = [_demand(component, product, files, each) for each in said]
    seen: dict[tuple[str, ...], Demand] = {}
    for each in found:
        seen.setdefault((each.file, *map(str, each.ranges)), each)
    return list(seen.values())


def contradictions(service: Service) -> Iterator[Diagnostic]:
    """CAMP231: no release is both what the plan asks for and what the content needs. A warning for a pin."""
    if service.version is None:
        return
    for demand in service.demands:
        if contradicts(service, demand):
            yield _contradiction(service, service.version, demand)


def contradicts(service: Service, demand: Demand) -> bool:
    """Whether no release is both in the plan's range and what a demand asks for."""
    if service.version is None or demand.product.name != service.product.name:
        return False
    return not any(_overlap(service.version.value, each) for each in demand.ranges)


def _declared(files: ContentFiles, language: DeclaredLanguage, depth: int) -> Iterator[_Said]:
    """``depth``: how many numbers a release of the product has."""
    for declaration in language.declarations:
        if declaration.file not in files:
            continue
        data = files.read(declaration.file)[:_MOST_BYTES]
        text = _plain(declaration.file, data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
        for value in sources.strings(declaration, text):
            if found := intervals(value[:_MOST_READ], declaration.form, depth):
                words = " ".join(re.sub(r"[\"']", "", value[:_MOST_READ]).split()).rstrip(", ")
                exact = re.fullmatch(_EXACT, words) if declaration.exact else None
                line = _line(text, declaration, value)
                yield _Said(declaration.file, line, words, found, declaration.pin, exact[1] if exact else "")


def _compiled(files: ContentFiles, kind: str) -> Iterator[_Said]:
    newest = class_files.newest(files, kind) if kind in ("jar", "war") else None
    if newest is not None:
        yield _Said(newest.path, 0, f"Java {newest.release}", [((newest.release,), None)])


def _demand(component: Component, product: Product, files: ContentFiles, said: _Said) -> Demand:
    ranges = tuple(parsed for each in said.found if (parsed := VersionRange.parse(text_of(each))) is not None)
    home = (component.content.home or "").rstrip("/")
    if files.folder:
        shown = posixpath.join(home, said.file)
    else:
        shown = home + said.file.removeprefix(files.single) if files.single else f"{home}!/{said.file}"
    return Demand(component.id, product, shown, said.line, said.words, ranges, said.pin, said.exact, files.span)


def _plain(file: str, text: str) -> str:
    """The text without comments, with as many lines, for notations that a pattern reads."""
    if file.endswith(".xml"):
        first, *rest = text.split("<!--")
        return first + "".join("\n" * each.partition("-->")[0].count("\n") + each.partition("-->")[2] for each in rest)
    if ".gradle" in file:
        return "\n".join(re.sub(r"(?:^|(?<=\s))//.*", "", line[:2000]) for line in text.split("\n"))
    return text


def _line(text: str, declaration: Declaration, value: str) -> int:
    """The line with a value. Of a key of JSON or TOML, the line with the key and the value. 0 if it is not known."""
    key = "" if declaration.pattern else declaration.keys[0].rpartition(".")[2]
    return next((n for n, line in enumerate(text.split("\n"), 1) if key in line and value in line), 0)


def _overlap(one: VersionRange, other: VersionRange) -> bool:
    low = max((each.low for each in (one, other) if each.low is not None), default=None)
    highs = [(each.high, each.high_included) for each in (one, other) if each.high is not None]
    if low is None or not highs:
        return True
    return all(low < high or (low == high and included) for high, included in highs)


def _contradiction(service: Service, version: Statement[VersionRange], demand: Demand) -> Diagnostic:
    title, widest = service.product.title, demand.ranges[-1]
    words = " or ".join(each.words() for each in demand.ranges)
    return Diagnostic(
        "CAMP231",
        f"the plan asks for {title} {version.value}, but {demand.place} asks for {demand.words}",
        version.span,
        severity=Severity.WARNING if demand.pin else None,
        label=version.value.words(),
        related=(Label(demand.span, f"{demand.component} needs {words}"),),
        help=f'write  version: "{widest}",  or change {demand.file}',
    )
