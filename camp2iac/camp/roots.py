"""The extension ``root`` of content: a folder above ``href`` that is deployed with it (a monorepo).

``content: { href: apps/api/, root: ./ }``: the content is the folder ``./``, and the artifact is built and runs in its
folder ``apps/api``.
"""

from __future__ import annotations

import posixpath
import re

from camp2iac.camp import edits
from camp2iac.camp.fields import Fields
from camp2iac.camp.model import Content
from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostic, Fix
from camp2iac.diagnostics.suggest import short
from camp2iac.record import replace

KEY = "root"
_PLAIN = r"[A-Za-z0-9@+=,._/-]+"  # in units, scripts and Procfiles


def above(content: Content, own: Fields, package: Package) -> Content:
    """The content with its root, if the plan names one. CAMP221 if it is not a folder above ``href``.

    ``own``: the keys of the content.
    """
    if KEY not in content.extensions:
        return content
    found = replace(content, extensions=content.extensions.without(KEY))
    named = own.as_text(KEY, own.node[KEY])
    if named is None or content.data == b"":  # reported already
        return found
    written = named.value.strip()
    path, root = content.path, posixpath.normpath(written) if written else ""
    root = "" if root in (".", "pdp:!") else root
    if path is None:
        return _wrong(found, own, "this content is not a folder of the package", "", "remove  root:")
    if not package.is_folder(path):
        folder = posixpath.dirname(path)
        return _wrong(found, own, "the content is a file, not a folder", "", f"write  href: {short(folder or './')}/")
    if not written or (root and path != root and not path.startswith(f"{root}/")):
        return _wrong(found, own, "not a folder above href", "./", "")
    at = path[len(root) :].strip("/")
    if at and not re.fullmatch(_PLAIN, at):
        return _wrong(found, own, "the path from here to href can have letters, digits and  @+=,._-", "", "rename it")
    return replace(found, path=root, at=at)


def _wrong(content: Content, own: Fields, label: str, meant: str, help_: str) -> Content:
    span = own.node[KEY].span
    fixes: tuple[Fix, ...] = edits.value(span, meant, sure=False, write=f"root: {meant}") if meant else ()
    own.diagnostics.add(
        Diagnostic(
            "CAMP221",
            f"{own.owner} has a root that does not contain it",
            span,
            label,
            context=(own.place,),
            notes=("the root is a folder of the package above href, which is deployed with it",),
            help=help_,
            fixes=fixes,
        )
    )
    return content
