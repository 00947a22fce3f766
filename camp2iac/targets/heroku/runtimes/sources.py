"""Content at a URL: Heroku's build system downloads an archive over HTTPS, and does not support git.

The common hosts of repositories serve an archive of each revision at a known URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.kit import degraded
from camp2iac.topology.model import Component

#: Host to the URL of an archive, with the repository's path, the last part of the path, and a revision.
_ARCHIVES = {
    "github.com": "https://github.com/{path}/archive/{revision}.tar.gz",
    "gitlab.com": "https://gitlab.com/{path}/-/archive/{revision}/{name}-{revision}.tar.gz",
    "bitbucket.org": "https://bitbucket.org/{path}/get/{revision}.tar.gz",
    "codeberg.org": "https://codeberg.org/{path}/archive/{revision}.tar.gz",
}
_REPOSITORY = re.compile(
    r"(?:git\+)?(?:https|ssh|git)://(?:[^/@\s]+@)?(?P<host>[\w.-]+)(?::[0-9]+)?/"
    r"(?P<path>[\w.~-]+(?:/[\w.~-]+)+)/?(?:#(?P<revision>[\w./-]+))?"
)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_WHOLE = "Heroku downloads the archive itself: camp2iac cannot add a Procfile or the release of the language."


class BuildSource(Record, frozen=True):
    """The source of a ``heroku_build``.

    ``version``: the revision. ``checksum``: ``SHA256:...``. Empty if not known. ``fault``: CAMP448 if Heroku cannot
    download it.
    """

    url: str
    version: str = ""
    checksum: str = ""
    fault: Diagnostic | None = None

    @property
    def moves(self) -> bool:
        """Whether the revision is a branch or tag instead of a commit."""
        return bool(self.version) and not _COMMIT.fullmatch(self.version)


def of(component: Component) -> BuildSource:
    """The build source of a component whose content is a URL."""
    href = component.content.href.value if component.content.href else ""
    digest = component.content.extensions.get("sha256")
    repository = _REPOSITORY.fullmatch(href)
    if repository and (href.startswith(("git", "ssh")) or href.partition("#")[0].endswith(".git")):
        source = _archive(repository)
    else:
        checksum = f"SHA256:{digest.text.lower()}" if isinstance(digest, Scalar) else ""
        source = BuildSource(href, checksum=checksum) if href.startswith("https://") else None
    if source is not None:
        return source
    fault = Diagnostic(
        "CAMP448",
        f"Heroku cannot download the content of {component.name}: {href}",
        component.content.span,
        label="not the HTTPS URL of an archive",
        notes=(f"camp2iac knows the archives of repositories on {', '.join(_ARCHIVES)}",) if repository else (),
        help="write  href: https://...  with the URL of an archive, or put the content beside the plan",
    )
    return BuildSource(href, fault=fault)


def outcomes(component: Component, source: BuildSource) -> Iterator[LedgerEntry]:
    """The outcome of the content. None if Heroku cannot download it."""
    if source.fault is not None:
        return
    why = f" It builds {source.version} at the first apply and does not notice later commits." if source.moves else ""
    help_ = "Put the content beside the plan, or add a Procfile to the archive."
    pin = ("Name a commit with all 40 digits: another commit starts another build.",) if source.moves else ()
    how = f"built from its archive at {source.version[:12]}" if source.version else "built from the URL"
    yield degraded(component.statement, how, f"{_WHOLE}{why}", help_, *pin)


def _archive(repository: re.Match[str]) -> BuildSource | None:
    form = _ARCHIVES.get(repository["host"])
    if form is None:
        return None
    path, revision = repository["path"].removesuffix(".git"), repository["revision"] or "HEAD"
    return BuildSource(form.format(path=path, name=path.rpartition("/")[2], revision=revision), revision)
