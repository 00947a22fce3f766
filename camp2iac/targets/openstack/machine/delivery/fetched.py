"""Content that the instance downloads itself, from a repository or over HTTP."""

from __future__ import annotations

import re

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput

_URL = re.compile(r"https?://[!#-&(-~]+")  # printable, without quotes
_REVISION = r"[A-Za-z0-9][A-Za-z0-9._/-]*"
_COMMIT = r"[0-9a-f]{40}"


class FetchedDelivery:
    """From the plan's URL. CAMP427: the plan has no digest for it."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if instances cannot use the address."""
        owner, content = request.owner, request.content
        where = content.href.value if content.href else ""
        digest = content.extensions.get("sha256")
        sha256 = digest.text.lower() if isinstance(digest, Scalar) else ""
        url, _, revision = where.removeprefix("git+").partition("#")
        if not _URL.fullmatch(url) or (revision and not re.fullmatch(_REVISION, revision)):
            _no_address(document.given, request, where)
            return None
        git = where.startswith("git+") or url.endswith(".git")
        if not (re.fullmatch(_COMMIT, revision) if git else sha256):
            _anything(document.given, request, url, git=git)
        document.install("git" if git else "curl", "ca-certificates")
        if git:
            return DeliveredContent("git", owner.folder, url=url, revision=revision)
        name = url.split("?")[0].rstrip("/").rpartition("/")[2] or "content"
        archive = bool(request.unpack and suffix(name))
        safe = re.sub(r"[^A-Za-z0-9._-]", "_", name)
        target = f"{owner.folder}.{suffix(name)}" if archive else owner.file or f"{owner.folder}/{safe}"
        return DeliveredContent(
            "archive" if archive else "file", target, names=(safe,), url=url, sha256=sha256, folder=owner.folder
        )


def _no_address(given: MachineInput, request: ContentRequest, where: str) -> None:
    content = request.content
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP425",
            f"an instance cannot download the content of {request.owner.title}: {where}",
            content.href.span if content.href else content.span,
            label="not an address that instances can use",
            help="write  href: https://...  of a file, an archive or a repository (https://.../NAME.git#REVISION)",
        )
    )


def _anything(given: MachineInput, request: ContentRequest, url: str, *, git: bool) -> None:
    content = request.content
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP427",
            f"the content of {request.owner.title} has no digest, so instances use any content at this address",
            content.href.span if content.href else content.span,
            severity=Severity.WARNING,
            help=f"write  href: {url}#COMMIT  with the 40 digits of the commit"
            if git
            else "write beside href  sha256: DIGEST",
        )
    )
