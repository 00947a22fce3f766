"""Content that the instance takes from the application's git repository (``releases: { from: git }``).

The instance clones the repository and takes the newest commit whose content has the digest in the module, whatever the
commit is. So the code and the output that names its digest can be one commit. ``scripts/repository.py`` does this.
"""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.camp.revision import RevisionError, revision
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.synth.cloudinit import Encoded, WriteFile
from camp2iac.synth.module import Ref, call, template
from camp2iac.targets.openstack.layout.releases import GitReleases
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, TrackedContent, suffix
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.targets.openstack.machine.halves import InstallContent

_SOURCE = "from the git repository"
ETC = "/etc/camp/repository"


class RepositoryDelivery:
    """A clone of the repository, which all contents of an instance share."""

    def __init__(self, releases: GitReleases) -> None:
        self._releases = releases

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic (CAMP430), if the content is not in the repository."""
        content, owner, package = request.content, request.owner, document.given.context.package
        path = content.path or ""
        try:
            found = revision(package, path)
        except RevisionError as error:
            document.given.context.diagnostics.add(
                Diagnostic(
                    "CAMP430",
                    f"{request.title} cannot come from the git repository: {error}",
                    content.href.span if content.href else content.span,
                    help=error.help,
                )
            )
            return None
        if found.spare:
            _warn(document, request, found.spare)
        _connect(document, self._releases)
        document.add_content(InstallContent(()))
        tracked = TrackedContent(found.path or ".", found.digest, found.left_out)
        if not (path and package.is_file(path)):
            inside = f"{path.rstrip('/')}/" if path else ""
            names = tuple(file.removeprefix(inside) for file in package.files(path))
            return DeliveredContent(
                "folder", owner.folder, names=names, folder=owner.folder, tracked=tracked, source=_SOURCE
            )
        name = path.rpartition("/")[2]
        if request.unpack and suffix(name):
            archive = f"{owner.folder}.{suffix(name)}"
            return DeliveredContent(
                "archive", archive, names=(name,), folder=owner.folder, tracked=tracked, source=_SOURCE
            )
        target = owner.file or f"{owner.folder}/{name}"
        return DeliveredContent("file", target, names=(name,), folder=owner.folder, tracked=tracked, source=_SOURCE)


def _warn(document: MachineDocument, request: ContentRequest, spare: Sequence[str]) -> None:
    """CAMP432: what the next commit can add."""
    content, rest, it = request.content, len(spare) - 2, "it" if len(spare) == 1 else "them"
    shown = listed([*map(short, spare[:2]), *([f"{rest} more"] if rest > 0 else [])])
    document.given.context.diagnostics.add(
        Diagnostic(
            "CAMP432",
            f"git neither tracks nor ignores {shown} in {request.title}",
            content.href.span if content.href else content.span,
            label=f"if you commit {it}, instances do not find this content",
            help=f"list {it} in .gitignore, or commit {it} and run  camp2iac synth  again",
        )
    )


def _connect(document: MachineDocument, releases: GitReleases) -> None:
    """What an instance needs to reach the repository."""
    document.download("git", "ca-certificates")
    document.share("repository")
    files = [WriteFile(ETC, f"url {releases.url}\nbranch {releases.branch}\n", comment="The application's repository")]
    if releases.ssh:
        # OpenSSH refuses a key without its last line break, which  $(cat FILE)  and many secret stores remove
        lines = call("replace", call("trimspace", Ref("var.repository_key")), "\r\n", "\n")
        key = document.variable("repository", "key", template(lines, "\n"), others=True)
        files += [
            WriteFile(f"{ETC}.key", Encoded(key), permissions="0600"),
            WriteFile(f"{ETC}.hosts", releases.known_hosts),
        ]
    elif releases.private:
        token = document.variable("repository", "token", Ref("var.repository_token"), others=True)
        credentials = template(f"username={releases.user}\npassword=", token, "\n")
        files.append(WriteFile(f"{ETC}.credentials", credentials, permissions="0600"))
    document.write(*files, once=True)
