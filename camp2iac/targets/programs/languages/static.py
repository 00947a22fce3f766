"""Static sites: the page that a web server serves at /."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.programs.builds import sites
from camp2iac.targets.programs.builds.node import NodeContent
from camp2iac.targets.programs.case import Case

_SERVED = re.compile(
    r"\.(html?|xhtml|css|m?js|json|xml|txt|svg|png|jpe?g|gif|webp|avif|ico|woff2?|pdf|wasm|mp[34]|webm|zip)$"
)


def check(case: Case) -> Iterator[Diagnostic]:
    """The folder that Apache serves, and an ``index.html``. CAMP217: a warning if the content has other pages."""
    files, href = case.files, case.component.content.href
    option = case.component.options.get("output")
    if sites.output(NodeContent(files), option.value.literal if option else None):
        return  # a build creates the pages
    if case.component.build is not None:
        yield sites.unknown(case.component)
        return
    yield from _root(case)
    if case.has_web or case.service.product.name != "static" or "index.html" in files or "index.htm" in files:
        return
    others = [folder for folder in files.folders("index.html") if folder]
    help_ = "add index.html, or name the folder with the pages"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    source = bool(files.what()[0])  # a web server must not serve the source code of an application
    served = not source and any(_SERVED.search(name.lower()) for name in files.names)
    yield case.missing(
        "has no index.html: requests to / fail",
        "this content has no index.html",
        help_,
        Severity.WARNING if served else None,
    )


def _root(case: Case) -> Iterator[Diagnostic]:
    """The document root that the plan names."""
    statement = case.component.options.get("root")
    root = (statement.value.literal or "").strip("/") if statement is not None else ""
    names = case.files.names
    if statement is None or not root or any(name.startswith(f"{root}/") for name in names):
        return
    folders = sorted({name.rpartition("/")[0] for name in names if "/" in name})
    best = nearest(root, folders) or next(iter(case.files.folders("index.html")), "")
    yield case.missing(
        f"has no folder {root}, which Apache serves",
        "the content has no such folder",
        f"write  org.apache.documentRoot: {best}" if best else "remove  org.apache.documentRoot",
        place=statement.value.span,
    )
