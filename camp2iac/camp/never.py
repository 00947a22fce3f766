"""Files that are never content: those that tools leave behind, and those with the secrets of one computer.

Exception: if a repository tracks such a file, it is content.
"""

from __future__ import annotations

import re

from camp2iac.camp.ignore import Pattern

# Names of files and folders; docs/reading.md lists them.
_NAMES = (
    ".DS_Store",
    ".direnv",
    ".env",
    ".env.local",
    ".idea",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".terraform",
    ".tox",
    ".venv",
    ".vscode",
    "Thumbs.db",
    "__pycache__",
    "desktop.ini",
    "node_modules",
)
VERSION_CONTROL = (".bzr", ".git", ".hg", ".svn", "CVS")
_GIT = (".gitattributes", ".gitignore", ".gitmodules")  # they control git, also in a copy of the content
# and .camp2iac: schemas for editors, which  camp2iac init  writes
_FORGES = (
    ".camp2iac",
    ".forgejo",
    ".git-blame-ignore-revs",
    ".gitea",
    ".github",
    ".gitlab",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
)
_ENDINGS = ("*.py[co]", "*.pyc", "*.pyo", "*.swo", "*.swp", "*.tfplan", "*.tfstate", "*.tfstate.*", "*~")
_SPELT = frozenset((*_NAMES, *_ENDINGS))

CONTROL = frozenset((*VERSION_CONTROL, *_GIT))


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.sub(r"[.]", r"\\.", name) for name in names)


# Regular expressions (RE2) for paths. Terraform uses them to find added files.
JUNK = rf"(^|/)({_any(_NAMES)})(/|$)|\.(py[co]|sw[op]|tfplan|tfstate)$|\.tfstate\.|~$"
CONTROL_FILES = rf"(^|/)({_any((*VERSION_CONTROL, *_GIT))})(/|$)"
FORGES = rf"(^|/)({_any(_FORGES)})(/|$)"
_JUNK = re.compile(JUNK)


def is_junk(name: str) -> bool:
    """Whether a file or folder with this name is never content, unless a repository tracks it."""
    return _JUNK.search(name) is not None


def steers_a_forge(name: str) -> bool:
    """Whether a name in the package's root folder configures a forge, such as GitHub, or an editor."""
    return name in _FORGES


def known(pattern: Pattern, *, whole: bool) -> bool:
    """Whether everything that a pattern excludes is excluded anyway. ``whole``: for the package itself, where dot files
    are excluded too.
    """
    return pattern.negated or pattern.text in _SPELT or (whole and pattern.text.rpartition("/")[2][:1] == ".")
