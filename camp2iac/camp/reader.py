"""Reading, in its order: open the package, check its integrity, read the plan, look up what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from camp2iac.camp import dialects, integrity
from camp2iac.camp.archive import passed_over
from camp2iac.camp.grammar import read_plan
from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.opening import Opened, open_package, unreadable
from camp2iac.camp.package import Package
from camp2iac.camp.text import decode
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record

_SHOWN = 100_000  # bytes of a file that is not UTF-8


class Source(Record, frozen=True):
    """A plan that was read, the package it came in, and the texts that diagnostics point into (shown name → text)."""

    plan: PlanDocument
    package: Package
    texts: Mapping[str, str]


def read(
    source: Path | bytes,
    *,
    name: str,
    diagnostics: Diagnostics,
    strict: bool = False,
    leave_out: Sequence[Path] = (),
    signer: str | None = None,
    texts: dict[str, str] | None = None,
    whole: bool = False,
) -> Source | None:
    """Read a plan: a file, a folder, an archive (ZIP, TAR, gzipped TAR, by content), or the bytes of a plan or archive.

    ``name``: what to call the source in messages (``camp.yaml``, ``shop/``, ``shop.zip``; empty: its path). ``strict``:
    refuse files that the manifest does not list. ``signer``: the SHA-256 of the certificate that must have signed it.
    ``leave_out``: paths that are no content (the output folder, environment files). ``whole``: what lies beside a plan
    belongs to its package, since its folder was named. ``texts`` is filled with the texts
    that were read, for excerpts when None is returned: when there is no plan, the package is refused, or YAML, version
    or dialect cannot be read. Otherwise what is wrong (see ``diagnostics``) has been left out of the plan.
    """
    texts = {} if texts is None else texts
    opened = open_package(source, name, leave_out, diagnostics, whole=whole)
    if opened is None:
        return None
    try:
        proof = integrity.check(opened, strict, diagnostics, signer=signer, texts=texts)
        if proof is None:
            return None
        plan = _plan(opened, texts, diagnostics)
        content = _content(plan, opened.package) if plan is not None else ()
        sound = plan is None or integrity.check_content(opened, proof, content, strict, diagnostics)
    except OSError as error:  # what nobody may read, or is larger than what is read
        diagnostics.add(unreadable(str(error.filename or opened.file), error))
        return None
    opened.package.bound(content)
    diagnostics.extend(opened.package.problems)
    opened.package.accept()
    passed = passed_over(opened.package)
    if passed is not None:
        diagnostics.add(passed)
    return Source(plan, opened.package, texts) if plan is not None and sound else None


def _content(plan: PlanDocument, package: Package) -> tuple[str, ...]:
    """The files of all artifacts, sorted."""
    found: set[str] = set()
    paths = {artifact.content.path for artifact in plan.artifacts}
    for path in (path for path in paths if path is not None):
        found.update((path,) if package.is_file(path) else package.files(path))
    return tuple(sorted(found))


def _plan(opened: Opened, texts: dict[str, str], diagnostics: Diagnostics) -> PlanDocument | None:
    text = decode(opened.plan, opened.file, diagnostics)
    if text is None:
        texts[opened.file] = opened.plan[:_SHOWN].decode("utf-8", "replace")
        return None
    texts[opened.file] = text
    found = Diagnostics()
    node = parse(text, opened.file, found)
    other = dialects.recognise(node) if isinstance(node, YamlMapping) else None
    if other is not None:  # all else that is wrong with it does not matter
        diagnostics.add(other)
        return None
    diagnostics.extend(found)
    if node is None:
        return None
    return read_plan(node, opened.file, opened.package, diagnostics)
