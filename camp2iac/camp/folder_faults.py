"""What can be wrong with the files of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short

if TYPE_CHECKING:
    from camp2iac.camp.worktree import WorkTree


MOST_FILES = 100_000


def too_many(name: str) -> Diagnostic:
    """CAMP135 for a folder in which too much lies."""
    return Diagnostic(
        "CAMP135",
        f"{name} holds too much to be a plan's folder",
        notes=(f"more than {MOST_FILES:,} files and folders were met",),
        help="name the artifact's own folder in  href:,  or list in .gitignore what does not belong to it",
    )


def too_much(message: str) -> Diagnostic:
    """CAMP135 for content that is too much."""
    return Diagnostic(
        "CAMP135",
        message,
        notes=("the bounds of archives hold for folders: a plan travels as a package",),
        help="take out what the application does not need, or give large content as a URL",
    )


def bad_name(path: str) -> Diagnostic:
    """CAMP132 for a name that no text can hold."""
    return Diagnostic(
        "CAMP132",
        f"a file has control characters or unreadable ones in its name: {short(path)}",
        help="rename it, or list it in .gitignore",
    )


def bad_link(path: str, leads: str) -> Diagnostic:
    """CAMP133 for a link that cannot be followed; ``leads``: where to."""
    return Diagnostic(
        "CAMP133",
        f"a link leads {leads}: {short(path)}",
        notes=("a plan travels as a package: what it names must come with it",),
        help="put the file itself in place of the link, or list the link in .gitignore (and  git rm --cached  it)",
    )


def unreadable_path(path: str, error: OSError) -> Diagnostic:
    """CAMP138 for what may not be read."""
    return Diagnostic("CAMP138", f"{short(path)} cannot be read: {error.strerror or 'an unknown reason'}")


def git_silent(tree: WorkTree) -> Diagnostic:
    """CAMP139 where git cannot be asked."""
    instead = "its .gitignore files are read instead, which do not tell what is tracked"
    return Diagnostic(
        "CAMP139",
        "git does not say which files the repository holds",
        notes=(
            short(tree.problem, 200),
            instead if tree.partial else "its index and .gitignore files are read instead, without it",
        ),
        help="install git where camp2iac runs, or mend the repository; else the output may differ from that of others",
    )


def no_submodule(path: str) -> Diagnostic:
    """CAMP142 for a submodule that was not fetched."""
    return Diagnostic(
        "CAMP142",
        f"the submodule {short(path)} is not there: its folder is empty",
        help="run  git submodule update --init",
    )
