"""Content that is elsewhere: Heroku's build system fetches an archive by HTTPS, and knows no git.

The well-known hosts of repositories give an archive of any revision, whose address is known without asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.kit import degraded
from camp2iac.topology.model import Component

#: Host to the address of an archive: of the repository's path, its last part, and a revision.
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
_WHOLE = "Heroku fetches the archive itself: nothing can be added to it, no Procfile and no release of the language."


class BuildSource(Record, frozen=True):
    """What ``heroku_build`` is told.

    ``version``: the revision; ``checksum``: ``SHA256:...``; empty: not known. ``fault``: CAMP448 where Heroku cannot
    fetch it.
    """

    url: str
    version: str = ""
    checksum: str = ""
    fault: Diagnostic | None = None

    @property
    def moves(self) -> bool:
        """Whether the revision is a branch or tag, and not a commit."""
        return bool(self.version) and not _COMMIT.fullmatch(self.version)


def of(component: Component) -> BuildSource:
    """The source of the build of a component whose content is an address."""
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
        f"Heroku cannot fetch the content of {component.name}: {href}",
        component.content.span,
        label="it takes an archive by https",
        notes=(f"of repositories on {', '.join(_ARCHIVES)} the archive is known",) if repository else (),
        help="write  href: https://...  of an archive, or bring the content with the plan",
    )
    return BuildSource(href, fault=fault)


def outcomes(component: Component, source: BuildSource) -> Iterator[LedgerEntry]:
    """What becomes of the content; nothing where Heroku cannot fetch it."""
    if source.fault is not None:
        return
    why = f" It is {source.version} when it is first applied: later commits are not seen." if source.moves else ""
    remedy = Remedy("Bring the content with the plan, or a Procfile in the archive.")
    pin = (Remedy("Name a commit by its 40 digits: a new one is a new build."),) if source.moves else ()
    how = f"built from its archive at {source.version[:12]}" if source.version else "built from the address"
    yield degraded(component.statement, how, f"{_WHOLE}{why}", remedy, *pin)


def _archive(repository: re.Match[str]) -> BuildSource | None:
    form = _ARCHIVES.get(repository["host"])
    if form is None:
        return None
    path, revision = repository["path"].removesuffix(".git"), repository["revision"] or "HEAD"
    return BuildSource(form.format(path=path, name=path.rpartition("/")[2], revision=revision), revision)
