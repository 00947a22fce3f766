"""Diagnostics for the files in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short

if TYPE_CHECKING:
    from camp2iac.camp.worktree import WorkTree


MOST_FILES = 100_000


def too_many(name: str) -> Diagnostic:
    """CAMP135 for a folder with too many files."""
    return Diagnostic(
        "CAMP135",
        f"{name} has more than {MOST_FILES:,} files and folders",
        help="write only the artifact's own folder after  href:,  or list other files in .gitignore",
    )


def too_much(message: str) -> Diagnostic:
    """CAMP135 for content that is too large."""
    return Diagnostic(
        "CAMP135",
        message,
        notes=("folders have the same limits as archives, because every plan must fit in a package",),
        help="remove what the application does not need, or write the URL of large content after  href:",
    )


def bad_name(path: str) -> Diagnostic:
    """CAMP132 for a name that cannot be written in text files."""
    return Diagnostic(
        "CAMP132",
        f"the name of a file has control or unreadable characters: {short(path)}",
        help="rename it, or list it in .gitignore",
    )


def bad_link(path: str, leads: str) -> Diagnostic:
    """CAMP133 for a link that cannot be followed; ``leads``: where it points."""
    return Diagnostic(
        "CAMP133",
        f"a link in the content leads {leads}: {short(path)}",
        notes=("a plan and its content must work as a package, without files outside it",),
        help="replace the link with the file itself, or list the link in .gitignore and run  git rm --cached  for it",
    )


def unreadable_path(path: str, error: OSError) -> Diagnostic:
    """CAMP138 for a file or folder that cannot be read."""
    return Diagnostic("CAMP138", f"{short(path)} cannot be read: {error.strerror or 'unknown error'}")


def git_silent(tree: WorkTree) -> Diagnostic:
    """CAMP139 if git cannot list the files."""
    instead = "camp2iac read only the .gitignore files, which do not show what git tracks"
    return Diagnostic(
        "CAMP139",
        "git could not list the files of the repository",
        notes=(
            short(tree.problem, 200),
            instead if tree.partial else "camp2iac read the index and the .gitignore files of the repository itself",
        ),
        help="install git or fix the repository, so that the output is the same everywhere",
    )


def no_submodule(path: str) -> Diagnostic:
    """CAMP142 for a submodule that is not checked out."""
    return Diagnostic(
        "CAMP142",
        f"the submodule {short(path)} is empty",
        help="run  git submodule update --init",
    )
