"""Read a plan, step by step: open the package, check its integrity, read the plan, check its content."""

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
from camp2iac.camp.spool import Spool
from camp2iac.camp.text import decode
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record, replace

_SHOWN = 100_000  # bytes of a file that is not UTF-8


class Source(Record, frozen=True):
    """A plan, its package, and ``texts``: the files that diagnostics quote, by the names to show. ``data``: the plan's
    bytes. ``path``: of the plan in the package."""

    plan: PlanDocument
    package: Package
    texts: Mapping[str, str]
    data: bytes
    path: str


def read(
    source: Path | bytes | Spool,
    *,
    name: str,
    diagnostics: Diagnostics,
    strict: bool = False,
    leave_out: Sequence[Path] = (),
    signer: str | None = None,
    texts: dict[str, str] | None = None,
    whole: bool = False,
    edited: bytes | None = None,
) -> Source | None:
    """Read a plan: a file, a folder, an archive (ZIP, TAR or gzipped TAR), or the bytes of a plan or an archive.

    Args:
        source: a path, or the bytes. A spool is for bytes that can be many, such as those of standard input.
        name: the name of the source in messages (``camp.yaml``, ``shop/``, ``shop.zip``); empty: its path.
        diagnostics: receives all errors, warnings and notes.
        strict: a file that the manifest does not list is an error.
        leave_out: paths that are not content (the output folder, environment files).
        signer: the SHA-256 of the certificate that must have signed the package.
        whole: the files beside the plan belong to its package, because the user named the folder.
        edited: the plan's bytes to read instead of those on disk.

    Fills ``texts`` with the text of each file by its name, for excerpts, also if there is no result.

    Returns: None if there is no plan, if the package is rejected, or if the YAML, the CAMP version or the format cannot
    be read. Otherwise the plan, without the parts that have errors.
    """
    texts = {} if texts is None else texts
    opened = open_package(source, name, leave_out, diagnostics, whole=whole)
    if opened is None:
        return None
    opened = opened if edited is None else replace(opened, plan=edited)
    try:
        proof = integrity.check(opened, strict, diagnostics, signer=signer, texts=texts)
        if proof is None:
            return None
        plan = _plan(opened, texts, diagnostics)
        content = _content(plan, opened.package) if plan is not None else ()
        sound = plan is None or integrity.check_content(opened, proof, content, strict, diagnostics)
    except OSError as error:  # a file that cannot be read or is too large
        diagnostics.add(unreadable(str(error.filename or opened.file), error))
        return None
    opened.package.bound(content)
    diagnostics.extend(opened.package.problems)
    opened.package.accept()
    passed = passed_over(opened.package)
    if passed is not None:
        diagnostics.add(passed)
    return Source(plan, opened.package, texts, opened.plan, opened.path) if plan is not None and sound else None


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
    if other is not None:  # no other error matters then
        diagnostics.add(other)
        return None
    diagnostics.extend(found)
    if node is None:
        return None
    return read_plan(node, opened.file, opened.package, diagnostics)
